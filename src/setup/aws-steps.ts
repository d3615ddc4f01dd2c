import { chooseRegion, findAccount, findCredentials } from './account-step.js';
import { chooseBucket } from './bucket-step.js';
import { judgeDays } from './options.js';
import { fillPolicy } from './policy.js';
import type { Setup } from './setup.js';

/** Region, credentials, bucket, policy. */
export async function prepareAws(setup: Setup): Promise<void> {
  const { dialog, known, saved } = setup;
  dialog.step('AWS: a private bucket of yours keeps the images; Bedrock draws them.');
  const before = saved('S3_BUCKET');
  await chooseRegion(setup);
  const hasCredentials = await findCredentials(setup);
  await chooseDays(setup);
  await chooseBucket(setup, hasCredentials);
  await setup.save();
  await offerPolicy(setup, known('S3_BUCKET') !== before);
}

/** Turns the tags on that the rule of the bucket looks for. */
async function chooseDays({ options, dialog, set, answers }: Setup): Promise<void> {
  const asks = options.asksForAll && options.isAttended && options.unpickedDays === undefined;
  answers.unpickedDays = options.unpickedDays;
  if (asks && (await dialog.confirm('Should the bucket delete images that were not chosen?', false))) {
    const question = { name: '--unpicked-days', message: 'After how many days?', initial: '90', judge: judgeDays };
    answers.unpickedDays = Number(await dialog.ask(question));
  }
  if (answers.unpickedDays !== undefined) set('TAG_IMAGES', 'on');
}

async function offerPolicy(setup: Setup, isNewBucket: boolean): Promise<void> {
  const { dialog, known, variables } = setup;
  const bucket = known('S3_BUCKET') ?? '';
  if (!(await dialog.confirm('Print the policy for the role or user that the app runs as?', isNewBucket))) return;
  dialog.step('Give exactly these rights to the role or user that the app runs as:');
  const { policy, notes } = fillPolicy({ bucket, account: await findAccount(setup), variables });
  dialog.print(policy);
  dialog.tell(notes);
}
