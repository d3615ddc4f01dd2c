import type { S3Client } from '@aws-sdk/client-s3';
import { explainBucketError } from '../aws/check-bucket.js';
import { explainCredentials, isDenied } from '../aws/refusals.js';
import { createS3Client } from '../aws/s3-client.js';
import { judgeSetting } from '../config.js';
import { type CheckResult, fix, networkCodeOf, noConnection, note, ok } from '../core/check-result.js';
import { redact } from '../observability/log.js';
import { type BucketState, findBucket, planBucket } from './create-bucket.js';
import { judgeDays } from './options.js';
import { fillPolicy } from './policy.js';
import type { Setup } from './setup.js';

/** Region, credentials, bucket, policy. */
export async function prepareAws(setup: Setup): Promise<void> {
  const { dialog } = setup;
  dialog.step('AWS: a private bucket of yours keeps the images; Bedrock draws them.');
  await chooseRegion(setup);
  const account = await findCredentials(setup);
  await chooseDays(setup);
  await chooseBucket(setup, account.areThere);
  await offerPolicy(setup, account.id);
}

async function chooseRegion({ options, dialog, known, set }: Setup): Promise<void> {
  const found = options.region ?? known('AWS_REGION') ?? (await regionOfProfile());
  const judge = (region: string) => judgeSetting('AWS_REGION', region);
  const message = 'The Region of the bucket';
  const region = options.region ?? (await dialog.ask({ message, initial: found ?? 'us-west-2', judge }));
  set('AWS_REGION', region);
}

/** As the SDK finds it: in the environment, or in the profile. */
function regionOfProfile(): Promise<string | undefined> {
  return createS3Client({})
    .config.region()
    .catch(() => undefined);
}

function createClient({ known }: Setup): S3Client {
  const forcePathStyle = Boolean(known('AWS_ENDPOINT_URL_S3') ?? known('AWS_ENDPOINT_URL'));
  return createS3Client({ region: known('AWS_REGION') ?? 'us-west-2', forcePathStyle });
}

interface Account {
  areThere: boolean;
  id: string | undefined;
}

/** By the SDK's own chain: environment, profile, single sign-on, role. */
async function findCredentials(setup: Setup): Promise<Account> {
  const { dialog, options, set } = setup;
  for (;;) {
    const found = await createClient(setup)
      .config.credentials()
      .catch((error: unknown) => String(explainCredentials(error) ?? redact(String(error))));
    if (typeof found !== 'string') {
      dialog.tell([ok('credentials: the AWS SDK finds some on this machine')]);
      return { areThere: true, id: found.accountId };
    }
    dialog.tell([fix(found)]);
    if (!options.isAttended) return { areThere: false, id: undefined };
    const next = await dialog.choose('What next?', [
      { value: 'retry', label: 'Look again, after `aws configure` or `aws sso login` in another window' },
      { value: 'profile', label: 'Use a profile of ~/.aws/config' },
      { value: 'skip', label: 'Go on without: the app will run with a role somewhere else' },
    ]);
    if (next === 'skip') return { areThere: false, id: undefined };
    if (next === 'profile') set('AWS_PROFILE', await dialog.ask({ message: 'Its name', judge: judgeProfile }));
  }
}

const judgeProfile = (name: string) => (/^\S+$/.test(name) ? undefined : 'type the name of a profile');

/** Turns the tags on that the rule of the bucket looks for. */
async function chooseDays({ options, dialog, set, answers }: Setup): Promise<void> {
  const asks = options.asksForAll && options.isAttended && options.unpickedDays === undefined;
  const message = 'Delete images that were not chosen after some days?';
  answers.unpickedDays = options.unpickedDays;
  if (asks && (await dialog.confirm(message, false))) {
    answers.unpickedDays = Number(await dialog.ask({ message: 'How many?', initial: '90', judge: judgeDays }));
  }
  if (answers.unpickedDays !== undefined) set('TAG_IMAGES', 'on');
}

async function chooseBucket(setup: Setup, canAsk: boolean): Promise<void> {
  const { options, dialog, known, set, random } = setup;
  const judge = (bucket: string) => judgeSetting('S3_BUCKET', bucket);
  let initial = options.bucket ?? known('S3_BUCKET') ?? `imagine-${random()}`;
  let isGiven = options.bucket !== undefined;
  for (;;) {
    const message = 'The bucket; it is created if it is not there';
    const bucket = isGiven ? initial : await dialog.ask({ message, initial, judge });
    const isFine = !canAsk || (await settleBucket(setup, bucket));
    if (isFine || !options.isAttended || !(await dialog.confirm('Take another name?', true))) {
      return set('S3_BUCKET', bucket);
    }
    initial = `imagine-${random()}`;
    isGiven = false;
  }
}

/** Whether the bucket is there in the end. */
async function settleBucket(setup: Setup, bucket: string): Promise<boolean> {
  const { dialog, known, answers } = setup;
  const client = createClient(setup);
  const found = await findBucket(client, bucket).catch((error: unknown) => explain(error, bucket));
  if (typeof found !== 'string') {
    dialog.tell([found]);
    return false;
  }
  if (found === 'missing') return createBucket(setup, client, bucket);
  dialog.tell([stateSentences[found](bucket, known('AWS_REGION') ?? '')]);
  if (found === 'there' && answers.unpickedDays !== undefined) {
    dialog.step('Its lifecycle rules stay as they are, too. This command replaces them:');
    const steps = planBucket({ bucket, region: known('AWS_REGION') ?? '', unpickedDays: answers.unpickedDays });
    dialog.print(steps.at(-1)?.command ?? '');
  }
  return found === 'there';
}

const stateSentences: Record<Exclude<BucketState, 'missing'>, (bucket: string, region: string) => CheckResult> = {
  there: (bucket) => ok(`bucket: ${bucket} is there; its settings stay as they are`),
  not_ours: (bucket) =>
    fix(`bucket: ${bucket} is another account's, or these credentials lack s3:ListBucket on it. Take another name.`),
  elsewhere: (bucket, region) => fix(`bucket: ${bucket} is not in ${region}. Set the Region to the bucket's.`),
};

function explain(error: unknown, bucket: string): CheckResult {
  const code = networkCodeOf(error);
  const said = explainCredentials(error) ?? (code ? noConnection('S3', code) : explainBucketError(error, bucket));
  return fix(said ?? `bucket: S3 refused this (${redact(String(error))}).`);
}

async function createBucket(setup: Setup, client: S3Client, bucket: string): Promise<boolean> {
  const { dialog, known, answers } = setup;
  const region = known('AWS_REGION') ?? '';
  const steps = planBucket({ bucket, region, unpickedDays: answers.unpickedDays });
  const handOn = (left: typeof steps) => {
    dialog.step('Hand these commands to your AWS administrator, or use deploy/cdk or deploy/terraform:');
    dialog.print(left.map(({ command }) => command).join('\n'));
  };
  const isWanted = await dialog.confirm(`There is no bucket ${bucket}. Create it, private and encrypted?`, true);
  if (!isWanted) {
    handOn(steps);
    return true;
  }
  for (const [index, { action, run }] of steps.entries()) {
    try {
      await run(client);
    } catch (error) {
      if (error instanceof Error && error.name === 'BucketAlreadyExists') {
        dialog.tell([fix(`bucket: the name ${bucket} is taken by another account. Take another name.`)]);
        return false;
      }
      dialog.tell([isDenied(error) ? fix(`bucket: these credentials lack ${action}.`) : explain(error, bucket)]);
      handOn(steps.slice(index));
      return true; // the name may be right
    }
  }
  dialog.tell([ok(`bucket: ${bucket} is created, private and encrypted, by HTTPS only`)]);
  return true;
}

async function offerPolicy({ dialog, known, variables }: Setup, account: string | undefined): Promise<void> {
  const bucket = known('S3_BUCKET') ?? '';
  if (!(await dialog.confirm('Print the policy for the role or user that the app runs as?', true))) return;
  dialog.step('Give exactly these rights to the role or user that the app runs as:');
  dialog.print(fillPolicy({ bucket, account, variables: variables() }));
  if (account === undefined) dialog.tell([note('policy: put the number of your account in place of YOUR-ACCOUNT.')]);
}
