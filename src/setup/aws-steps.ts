import { chooseRegion, findAccount, findCredentials } from './account-step.js';
import { chooseBucket } from './bucket-step.js';
import { judgeDays } from './options.js';
import { fillPolicy } from './policy.js';
import type { Setup } from './setup.js';

/** Region, credentials, bucket, policy. */
export async function prepareAws(setup: Setup): Promise<void> {
  const { dialog } = setup;
  dialog.step('AWS: a private bucket of yours keeps the images; Bedrock draws them.');
  await chooseRegion(setup);
  const hasCredentials = await findCredentials(setup);
  await chooseDays(setup);
  await chooseBucket(setup, hasCredentials);
  await setup.save();
  await offerPolicy(setup);
}

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

async function offerPolicy(setup: Setup): Promise<void> {
  const { dialog, known, variables } = setup;
  const bucket = known('S3_BUCKET') ?? '';
  if (!(await dialog.confirm('Print the policy for the role or user that the app runs as?', true))) return;
  dialog.step('Give exactly these rights to the role or user that the app runs as:');
  const { policy, notes } = fillPolicy({ bucket, account: await findAccount(setup), variables: variables() });
  dialog.print(policy);
  dialog.tell(notes);
}
