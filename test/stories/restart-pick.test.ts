import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { holdRecord, uploads } from './restart-story.js';
import {
  countImages,
  fox,
  held,
  isPicked,
  type Story,
  startProcessStory,
  startStory,
  startWithImages,
} from './story.js';

/** Ana picks the second image, but the app may be killed before it can acknowledge. */
const pick = (story: Story, message: SeenMessage) => void story.click(message, 2).catch(() => undefined);

it('still offers the images if the pick was not recorded when the process was killed', async () => {
  const { story, message } = await startWithImages();
  holdRecord(story, 1);
  pick(story, message);
  await story.restart(() => story.jobs().length === 1);
  expect(story.posted().map(countImages)).toEqual([4]);
  expect(story.records()[0]?.pick).toBeUndefined();
});

it.each([
  ['in this process', startStory],
  ['as a process', startProcessStory],
])('shows and keeps a pick that was recorded and not shown when the process was killed (%s)', async (_how, start) => {
  const { story, message } = await startWithImages({}, start);
  story.planCalls('chat.update', held);
  pick(story, message);
  await story.restart(() => story.records()[0]?.pick);
  const slackFileId = story.records()[0]?.pick?.slackFileId;
  expect(slackFileId).toMatch(/^F/);
  expect(story.posted().filter(isPicked)).toMatchObject([{ ts: message.ts, images: [{ fileId: slackFileId }] }]);
  expect(uploads(story)).toHaveLength(1);
});

it('posts no second file if the first was posted and not recorded when the process was killed', async () => {
  const { story, message } = await startWithImages();
  holdRecord(story, 3);
  pick(story, message);
  await story.restart(() => uploads(story).length === 1);
  expect(uploads(story)).toHaveLength(1);
  const [picked] = story.posted().filter(isPicked);
  expect(picked?.images).toMatchObject([{ altText: 'Image 2: a red fox' }]);
  expect(picked?.images[0]?.url).toContain('X-Amz-Expires=604800');
  expect(story.records()[0]?.pick).toMatchObject({ number: 2, uploadStartedAt: expect.any(String) });
});

it('shows a pick where it was clicked, in a channel where the bot may not post', async () => {
  const story = await startStory();
  const channel = story.secret;
  await story.imagine(fox, { channel });
  const message = await story.seeImages(4, { channel });
  await story.settled();
  story.workspace.faults.responseUrls.add(held);
  pick(story, message);
  await story.restart(() => story.records()[0]?.pick);
  expect(story.posted(channel).filter(isPicked)).toMatchObject([
    { ts: message.ts, images: [{ altText: 'Image 2: a red fox' }] },
  ]);
});

/** Pauses the app once it has sent this request, before it reads the answer. */
type PauseAt = (story: Story, pause: () => void) => void;

const atWrite =
  (nth: number): PauseAt =>
  ({ s3 }, pause) => {
    let count = 0;
    const when = ({ operation, key }: { operation: string; key: string }) => {
      if (operation === 'PutObject' && key.endsWith('/batch.json')) count += 1;
      if (count !== nth) return false;
      pause();
      return true;
    };
    s3.faults.add({ kind: 'slow', milliseconds: 0 }, { when });
  };

const atUpdate: PauseAt = ({ workspace }, pause) => {
  const when = ({ method }: { method: string }) => {
    if (method !== 'chat.update') return false;
    pause();
    return true;
  };
  workspace.faults.calls.add({ kind: 'slow', ms: 0 }, { when });
};

it.each([
  ['an app', 'recording the pick', startStory, atWrite(1)],
  ['a real process', 'recording the pick', startProcessStory, atWrite(1)],
  ['an app', 'showing the pick', startStory, atUpdate],
  ['an app', 'recording that it uploads', startStory, atWrite(2)],
] as const)('a pick is uploaded once by %s that pauses while %s', async (_who, _what, start, pauseAt) => {
  const { story, message } = await startWithImages({}, start);
  let isPaused = false;
  pauseAt(story, () => {
    story.app.pause();
    isPaused = true;
  });
  pick(story, message);
  await story.until(() => isPaused);
  await story.nextTry();
  await story.settled();
  story.app.resume();
  await story.app.stop();
  expect(uploads(story)).toHaveLength(1);
  const slackFileId = story.records()[0]?.pick?.slackFileId;
  expect(slackFileId).toMatch(/^F/);
  expect(story.posted().filter(isPicked)).toMatchObject([{ ts: message.ts, images: [{ fileId: slackFileId }] }]);
});
