import { expect, it } from 'vitest';
import { held, type RestartStory, startRestartStory } from './restart-story.js';
import { isFinished, isPicked } from './story.js';

async function startWithImages() {
  const story = await startRestartStory();
  await story.imagine();
  await story.until(() => story.posted().some(isFinished));
  await story.settled();
  const [message] = story.posted();
  if (!message) throw new Error('no message');
  return { story, message };
}

const uploads = ({ workspace }: RestartStory) =>
  workspace.calls().filter(({ method, ok }) => method === 'files.completeUploadExternal' && ok);

/** The app stops at its nth write of the record from now on. */
function holdRecord({ s3 }: RestartStory, nth: number): void {
  let count = 0;
  s3.faults.add(held, {
    when({ operation, key }) {
      if (operation === 'PutObject' && key.endsWith('/batch.json')) count += 1;
      return count >= nth && key.endsWith('/batch.json');
    },
  });
}

it('still offers the images if the pick was not recorded when the process was killed', async () => {
  const { story, message } = await startWithImages();
  holdRecord(story, 1);
  await story.click(message, 2);
  await story.until(() => story.markers().length === 1);
  await story.restart();
  await story.settled();
  expect(story.posted().map(({ images }) => images.length)).toEqual([4]);
  expect(story.record()?.pick).toBeUndefined();
});

it('shows and keeps a pick that was recorded and not shown when the process was killed', async () => {
  const { story, message } = await startWithImages();
  story.workspace.faults.calls.add(held, { when: ({ method }) => method === 'chat.update' });
  await story.click(message, 2);
  await story.until(() => story.record()?.pick);
  await story.restart();
  await story.settled();
  const slackFileId = story.record()?.pick?.slackFileId;
  expect(slackFileId).toMatch(/^F/);
  const [picked] = story.posted().filter(isPicked);
  expect(picked).toMatchObject({ ts: message.ts, images: [{ fileId: slackFileId }] });
  expect(uploads(story)).toHaveLength(1);
});

it('posts no second file if the first was posted and not recorded when the process was killed', async () => {
  const { story, message } = await startWithImages();
  holdRecord(story, 3);
  await story.click(message, 2);
  await story.until(() => uploads(story).length === 1);
  await story.restart();
  await story.settled();
  expect(uploads(story)).toHaveLength(1);
  const [picked] = story.posted().filter(isPicked);
  expect(picked?.images).toMatchObject([{ altText: 'Image 2: a red fox' }]);
  expect(picked?.images[0]?.url).toContain('X-Amz-Expires=604800');
  expect(story.record()?.pick).toMatchObject({ number: 2, uploadStartedAt: expect.any(String) });
});

it('shows a pick where it was clicked, in a channel where the bot may not post', async () => {
  const story = await startRestartStory();
  const { secret } = story;
  await story.imagine(secret);
  await story.until(() => story.posted(secret).some(isFinished));
  await story.settled();
  const [message] = story.posted(secret).filter(isFinished);
  if (!message) throw new Error('no message');
  story.workspace.faults.responseUrls.add(held);
  await story.click(message, 2);
  await story.until(() => story.record()?.pick);
  await story.restart();
  await story.settled();
  const { ts } = message;
  expect(story.posted(secret).filter(isPicked)).toMatchObject([{ ts, images: [{ altText: 'Image 2: a red fox' }] }]);
});
