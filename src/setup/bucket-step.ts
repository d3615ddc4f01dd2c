import { isDenied } from '../aws/refusals.js';
import { judgeSetting } from '../config.js';
import { fix, ok } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import { askForProfile, askForRegion, createClient } from './account-step.js';
import { type BucketStep, planBucket } from './create-bucket.js';
import { explainBucket, findBucket, type Obstacle } from './find-bucket.js';
import type { Setup } from './setup.js';

/** Until S3 has the bucket, or the person goes on without. */
export async function chooseBucket(setup: Setup, canAsk: boolean): Promise<void> {
  const { options, dialog, known, set, random } = setup;
  const judge = (name: string) => judgeSetting('S3_BUCKET', name);
  let bucket = options.bucket;
  let initial = known('S3_BUCKET') ?? `imagine-${random()}`;
  for (;;) {
    bucket ??= await dialog.ask({ message: 'The bucket; it is created if it is not there', initial, judge });
    const obstacle = canAsk ? await settleBucket(setup, bucket) : undefined;
    const next = obstacle ? await askWhatNext(setup, obstacle) : 'keep';
    if (next === 'keep') return set('S3_BUCKET', bucket);
    if (next === 'rename') {
      bucket = undefined;
      initial = `imagine-${random()}`;
    }
  }
}

async function askWhatNext(setup: Setup, { problem, region }: Obstacle): Promise<'retry' | 'rename' | 'keep'> {
  const { dialog, options, known } = setup;
  dialog.tell([fix(problem)]);
  if (!options.isAttended) {
    throw new ConfigurationError(['.env: S3_BUCKET was not written. Correct this and run it again.']);
  }
  const next = await dialog.choose('What next?', [
    { value: 'retry', label: 'Try again' },
    { value: 'region', label: 'Another Region' },
    { value: 'rename', label: 'Another name' },
    { value: 'profile', label: 'Use a profile of ~/.aws/config' },
    { value: 'keep', label: 'Go on, and look at it later' },
  ]);
  if (next === 'region') await askForRegion(setup, region ?? known('AWS_REGION'));
  if (next === 'profile') await askForProfile(setup);
  return next === 'rename' || next === 'keep' ? next : 'retry';
}

/** Resolves to what keeps the bucket from being used. */
async function settleBucket(setup: Setup, bucket: string): Promise<Obstacle | undefined> {
  const { dialog, known, answers } = setup;
  const region = known('AWS_REGION') ?? '';
  const found = await findBucket(createClient(setup), bucket, region);
  if (typeof found !== 'string') return found;
  const steps = planBucket({ bucket, region, unpickedDays: answers.unpickedDays });
  if (found === 'missing') return createBucket(setup, { bucket, region, steps });
  dialog.tell([ok(`bucket: ${bucket} is there; its settings stay as they are`)]);
  const message = 'Print the commands that give it the settings of a new bucket?';
  if (await dialog.confirm(message, answers.unpickedDays !== undefined)) {
    dialog.step('These commands replace its policy and its lifecycle rules:');
    printCommands(setup, steps.slice(1));
  }
  return undefined;
}

interface Creation {
  bucket: string;
  region: string;
  steps: readonly BucketStep[];
}

/** What is not done in the end is printed for someone else to do. */
async function createBucket(setup: Setup, { bucket, region, steps }: Creation): Promise<Obstacle | undefined> {
  const { dialog, options } = setup;
  const left = [...steps];
  let goesOn = await dialog.confirm(`There is no bucket ${bucket}. Create it, private and encrypted?`, true);
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
  if (left.length === 0) dialog.tell([ok(`bucket: ${bucket} is created: private, encrypted, HTTPS only`)]);
  else dialog.step('Give these commands to your AWS administrator, or use deploy/cdk or deploy/terraform:');
  printCommands(setup, left);
  return undefined;
}

function printCommands({ dialog }: Setup, steps: readonly BucketStep[]): void {
  if (steps.length > 0) dialog.print(steps.map(({ command }) => command).join('\n'));
}
