import type { S3Client } from '@aws-sdk/client-s3';
import { explainCredentials } from '../aws/refusals.js';
import { createS3Client } from '../aws/s3-client.js';
import { judgeSetting } from '../config.js';
import { fix, note, ok } from '../core/check-result.js';
import { redact } from '../observability/log.js';
import type { Setup } from './setup.js';

export async function chooseRegion(setup: Setup): Promise<void> {
  const { options, known, set } = setup;
  if (options.region) set('AWS_REGION', options.region);
  else await askForRegion(setup, known('AWS_REGION') ?? (await regionOfProfile()));
}

export async function askForRegion({ dialog, set }: Setup, initial = 'us-west-2'): Promise<void> {
  const judge = (region: string) => judgeSetting('AWS_REGION', region);
  set('AWS_REGION', await dialog.ask({ message: 'The Region of the bucket', initial, judge }));
}

/** As the SDK finds it: in the environment, or in the profile. */
function regionOfProfile(): Promise<string | undefined> {
  return createS3Client({})
    .config.region()
    .catch(() => undefined);
}

/** A new one for each step, since the person may have signed in again. */
export function createClient({ known }: Setup): S3Client {
  const forcePathStyle = Boolean(known('AWS_ENDPOINT_URL_S3') ?? known('AWS_ENDPOINT_URL'));
  return createS3Client({ region: known('AWS_REGION') ?? 'us-west-2', forcePathStyle });
}

/** Whether there are any, by the SDK's own chain: environment, profile, single sign-on, role. */
export async function findCredentials(setup: Setup): Promise<boolean> {
  const { dialog, options } = setup;
  for (;;) {
    const found = await createClient(setup)
      .config.credentials()
      .catch((error: unknown) => String(explainCredentials(error) ?? redact(String(error))));
    if (typeof found !== 'string') {
      dialog.tell([ok('AWS credentials found')]);
      keepForApp(setup);
      return true;
    }
    dialog.tell([fix(found)]);
    if (!options.isAttended) return false;
    const next = await dialog.choose('What next?', [
      { value: 'retry', label: 'Look again, after `aws configure` or `aws sso login` in another window' },
      { value: 'profile', label: 'Use a profile of ~/.aws/config' },
      { value: 'skip', label: 'Continue without credentials; the app will get a role where it runs' },
    ]);
    if (next === 'skip') return false;
    if (next === 'profile') await askForProfile(setup);
  }
}

/** It takes the place of access keys, which the SDK may put before it. */
export async function askForProfile({ dialog, set }: Setup): Promise<void> {
  const judge = (name: string) => (/^\S+$/.test(name) ? undefined : 'type the name of a profile');
  set('AWS_PROFILE', await dialog.ask({ message: 'Profile name', judge }));
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) set(name, '');
}

/** The number of the account, if the credentials tell it. */
export async function findAccount(setup: Setup): Promise<string | undefined> {
  const found = await createClient(setup)
    .config.credentials()
    .catch(() => undefined);
  return found?.accountId;
}

/** What only this terminal has set, the app would not have when it starts. */
function keepForApp({ dialog, known, isSaved, set }: Setup): void {
  const profile = known('AWS_PROFILE');
  if (profile && !isSaved('AWS_PROFILE')) set('AWS_PROFILE', profile);
  if (profile || !known('AWS_ACCESS_KEY_ID') || isSaved('AWS_ACCESS_KEY_ID')) return;
  const advice = 'The app needs some too: set AWS_PROFILE in .env, or run the app with a role.';
  dialog.tell([note(`credentials: these are set in this terminal only. ${advice}`)]);
}
