import sharp from 'sharp';
import { expect } from 'vitest';
import type { SubmittedValues } from '../../sandbox/workspace/driver.js';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import type { Batch } from '../../src/core/batch/batch.js';
import { seeForm, submit } from './form.js';
import { actionsOf, batchIdOf, type Story, type StoryOptions, startStory, startWithImages } from './story.js';

/** Ana has chosen the second image of a red fox, of which Slack keeps a file. */
export async function startWithPicked(options?: Parameters<typeof startWithImages>[0]) {
  const { story, message } = await startWithImages(options);
  await story.click(message, 2);
  const picked = await story.seeKept();
  await story.settled();
  return { story, message: picked };
}

/** Chooses in the menu of an image. */
export async function choose(story: Story, message: SeenMessage, operation: string, user = story.ana): Promise<void> {
  const { channel, ts: messageTs } = message;
  const value = `${operation}:${batchIdOf(message)}`;
  await story.workspace.choose({ user, channel, messageTs, actionId: 'image_menu', value });
}

/** The same, and what it asks for in a form. */
export async function operate(story: Story, message: SeenMessage, operation: string, values: SubmittedValues = {}) {
  await choose(story, message, operation);
  await seeForm(story);
  expect(await submit(story, values)).toEqual({ outcome: 'cleared' });
}

/** The record of the newest batch, once its end is. */
export async function ended(story: Story, count = 2): Promise<Batch> {
  await story.until(() => story.records().length === count && story.records().at(-1)?.finishedAt);
  await story.settled();
  const batch = story.records().at(-1);
  if (!batch) throw new Error('there is no record');
  return batch;
}

/** The stored image of the newest batch, decoded. */
export async function storedImage({ s3, bucket, records }: Story, number = 1) {
  const batch = records().at(-1);
  const prefix = `${batch?.workspaceId}/${batch?.channelId}/${batch?.id}/${number}.`;
  const [found] = s3.objects(bucket).filter(({ key }) => key.startsWith(prefix));
  const bytes = s3.object(bucket, found?.key ?? '')?.bytes;
  return { key: found?.key.replace(/^.*\//, ''), ...(await sharp(bytes).metadata()) };
}

export const lastBody = ({ bedrock }: Story) => bedrock.requests().at(-1)?.body;

/** Ana has kept the second image for herself. */
export async function startWithPrivatePick(options: StoryOptions = {}) {
  const story = await startStory({ ...options, settings: { DEFAULT_VISIBILITY: 'private' } });
  await story.imagine('a red fox');
  const drawn = await story.see('private images', (seen) => seen.isEphemeral && actionsOf(seen).includes('more'));
  await story.click(drawn, 2);
  const shown = await story.see('the choice', (seen) => actionsOf(seen).includes('keep_private'));
  await story.press(shown, 'keep_private');
  const kept = await story.see(
    'the kept image',
    (seen) => seen.ts === drawn.ts && actionsOf(seen).includes('image_menu'),
  );
  await story.settled();
  return { story, kept };
}
