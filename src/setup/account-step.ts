import { S3Client } from '@aws-sdk/client-s3';
import { explainCredentials } from '../aws/refusals.js';
import { createS3Client } from '../aws/s3-client.js';
import { judgeSetting } from '../config.js';
import { fix, note, ok } from '../core/check-result.js';
import { redact } from '../observability/log.js';
import type { Setup } from './setup.js';

export async function chooseRegion(setup: Setup): Promise<void> {
  const { options, known, set } = setup;
  if (options.flags.region) return set('AWS_REGION', options.flags.region);
  const fromProfile = () => createS3Client({}).config.region();
  await changeRegion(setup, known('AWS_REGION') ?? (await fromProfile().catch(() => undefined)));
}

export async function changeRegion({ dialog, set }: Setup, initial = 'us-west-2'): Promise<void> {
  const name = 'AWS_REGION';
  const judge = (region: string) => judgeSetting(name, region);
  set(name, await dialog.ask({ name, message: 'The Region of the bucket', initial, judge }));
}

/** A new one for each step, since the person may have signed in again. */
export function createClient({ known }: Setup): S3Client {
  const forcePathStyle = Boolean(known('AWS_ENDPOINT_URL_S3') ?? known('AWS_ENDPOINT_URL'));
  return createS3Client({ region: known('AWS_REGION') ?? 'us-west-2', forcePathStyle });
}

/** By the SDK's own chain: environment, profile, single sign-on, role. Without `ignoreCache`, it reads ~/.aws only once. */
function findIn({ known }: Setup, profile = known('AWS_PROFILE')) {
  const region = known('AWS_REGION') ?? 'us-west-2';
  const silent = () => undefined; // it would warn of access keys beside a profile
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  const options = { region, ...(profile && { profile }), ignoreCache: true, logger };
  return new S3Client(options).config.credentials();
}

/** Whether there are any. */
export async function findCredentials(setup: Setup): Promise<boolean> {
  const { dialog, options } = setup;
  for (;;) {
    const problem = await findIn(setup).then(
      () => undefined,
      (error: unknown) => explainCredentials(error) ?? redact(String(error)),
    );
    if (problem === undefined) {
      dialog.tell([ok('AWS credentials found')]);
      keepForApp(setup);
      return true;
    }
    dialog.tell([fix(problem)]);
    if (!options.isAttended) return false;
    const next = await dialog.choose('What next?', [
      { value: 'retry', label: 'Look again, after `aws configure` or `aws sso login` in another window' },
      { value: 'profile', label: 'Use a profile of ~/.aws/config' },
      { value: 'skip', label: 'Continue without credentials; the app will get a role where it runs' },
    ]);
    if (next === 'skip') return false;
    if (next === 'profile') await changeProfile(setup);
  }
}

/** If it gives credentials, it takes the place of access keys, which the SDK may put before it. */
export async function changeProfile(setup: Setup): Promise<void> {
  const { dialog, set } = setup;
  const name = 'AWS_PROFILE';
  const judge = (profile: string) => (/^\S+$/.test(profile) ? undefined : 'type the name of a profile');
  const profile = await dialog.ask({ name, message: 'Profile name', judge });
  try {
    await findIn(setup, profile);
  } catch {
    const advice = 'Check its name in ~/.aws/config.';
    return dialog.tell([fix(`credentials: the profile ${profile} was not found or gives none. ${advice}`)]);
  }
  set(name, profile);
  for (const key of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) set(key, '');
}

/** The number of the account, if the credentials tell it. */
export async function findAccount(setup: Setup): Promise<string | undefined> {
  return (await findIn(setup).catch(() => undefined))?.accountId;
}

/** What only this terminal has set, the app would not have when it starts. */
function keepForApp({ dialog, known, saved, set }: Setup): void {
  const profile = known('AWS_PROFILE');
  if (profile && !saved('AWS_PROFILE')) set('AWS_PROFILE', profile);
  if (profile || !known('AWS_ACCESS_KEY_ID') || saved('AWS_ACCESS_KEY_ID')) return;
  const advice = 'The app needs some too: set AWS_PROFILE in .env, or run the app with a role.';
  dialog.tell([note(`credentials: these are set in this terminal only. ${advice}`)]);
}
