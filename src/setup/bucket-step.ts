import { isDenied } from '../aws/refusals.js';
import { judgeSetting } from '../config.js';
import { fix, note, ok } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import { changeProfile, changeRegion, createClient } from './account-step.js';
import { explainBucket, findBucket, type Obstacle } from './find-bucket.js';
import { type BucketStep, planBucket } from './plan-bucket.js';
import type { Setup } from './setup.js';

/** Until S3 has the bucket, or the person goes on without. */
export async function chooseBucket(setup: Setup, canAsk: boolean): Promise<void> {
  const { options, dialog, known, set, random } = setup;
  const name = 'S3_BUCKET';
  const judge = (bucket: string) => judgeSetting(name, bucket);
  const ask = (initial: string) =>
    dialog.ask({ name, message: 'Bucket name (created if there is none)', initial, judge });
  const inventName = () => `imagine-${random()}`;
  set(name, options.flags.bucket ?? (await ask(known(name) ?? inventName())));
  for (;;) {
    await setup.confirmChanges(); // before a bucket is created that .env may not name
    const obstacle = canAsk ? await settleBucket(setup) : undefined;
    const next = obstacle ? await passObstacle(setup, obstacle) : 'keep';
    if (next === 'keep') return;
    if (next === 'rename') set(name, await ask(inventName()));
  }
}

/** By a choice of the person's. @throws ConfigurationError with `--yes` */
async function passObstacle(setup: Setup, { problem, region }: Obstacle): Promise<'retry' | 'rename' | 'keep'> {
  const { dialog, options, known } = setup;
  dialog.tell([fix(problem)]);
  if (!options.isAttended) throw new ConfigurationError(['.env: S3_BUCKET was not written.']);
  const next = await dialog.choose('What next?', [
    { value: 'retry', label: 'Try again' },
    { value: 'region', label: 'Another Region' },
    { value: 'rename', label: 'Another name' },
    { value: 'profile', label: 'Use a profile of ~/.aws/config' },
    { value: 'keep', label: 'Continue, and fix this later' },
  ]);
  if (next === 'region') await changeRegion(setup, region ?? known('AWS_REGION'));
  if (next === 'profile') await changeProfile(setup);
  return next === 'rename' || next === 'keep' ? next : 'retry';
}

const bucketOf = ({ known }: Setup) => ({ bucket: known('S3_BUCKET') ?? '', region: known('AWS_REGION') ?? '' });

/** Resolves to what keeps the bucket from being used. */
async function settleBucket(setup: Setup): Promise<Obstacle | undefined> {
  const { dialog, answers } = setup;
  const { bucket, region } = bucketOf(setup);
  const found = await findBucket(createClient(setup), bucket, region);
  if (typeof found !== 'string') return found;
  const steps = planBucket({ bucket, region, unpickedDays: answers.unpickedDays });
  if (found === 'missing') {
    const message = `There is no bucket ${bucket}. Create it, private and encrypted?`;
    return applySteps(setup, steps, await dialog.confirm(message, true));
  }
  dialog.tell([ok(`bucket: ${bucket} is there`)]);
  const keep = { value: 'keep', label: 'Leave its settings as they are' } as const;
  const put = { value: 'put', label: 'Replace its settings, policy and rules by those of a new bucket' } as const;
  const print = { value: 'print', label: 'Print the commands that do so' } as const;
  const choices = answers.unpickedDays === undefined ? ([keep, put, print] as const) : ([print, put, keep] as const);
  const next = await dialog.choose('Its settings?', choices);
  return next === 'keep' ? undefined : applySteps(setup, steps.slice(1), next === 'put');
}

/** What is not done in the end is printed for someone else to do. */
async function applySteps(setup: Setup, steps: BucketStep[], isWanted: boolean): Promise<Obstacle | undefined> {
  const { dialog, options } = setup;
  const { bucket, region } = bucketOf(setup);
  const left = [...steps];
  let goesOn = isWanted;
  while (goesOn && left[0]) {
    const [{ action, run }] = left;
    try {
      await run(createClient(setup));
      left.shift();
    } catch (error) {
      const obstacle = explainBucket(error, bucket, region);
      if (error instanceof Error && error.name === 'BucketAlreadyExists') return obstacle;
      dialog.tell([fix(isDenied(error) ? `bucket: these credentials lack ${action}.` : obstacle.problem)]);
      goesOn = options.isAttended && (await dialog.confirm('Try this step again?', true));
    }
  }
  if (left.length > 0) printCommands(setup, left);
  else dialog.tell([ok(`bucket: ${bucket} is ready: private, encrypted, HTTPS only`)]);
  return undefined;
}

function printCommands({ dialog, answers }: Setup, steps: readonly BucketStep[]): void {
  dialog.step('For you or your AWS administrator to run, unless you use deploy/cdk or deploy/terraform:');
  dialog.print(steps.map(({ command }) => command).join('\n'));
  const advice = 'images that were not chosen are deleted only after the last of these commands has run.';
  if (answers.unpickedDays !== undefined) dialog.tell([note(`lifecycle: ${advice}`)]);
}
