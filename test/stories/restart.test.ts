import { expect, it } from 'vitest';
import { counted, drawn, holdRecord } from './restart-story.js';
import {
  always,
  countImages,
  fox,
  held,
  isFinished,
  jobKey,
  lastLine,
  recordKey,
  type Story,
  startProcessStory,
  startStory,
  startWithThree,
} from './story.js';

const historyKey = /\/(?:names|batches)\//;
const refusesUpdates = (story: Story) =>
  story.planCalls('chat.update', { kind: 'error', error: 'internal_error' }, always);

function expectNothing(story: Story): void {
  expect([story.records(), story.posted(), drawn(story)]).toEqual([[], [], [0, 0, 0, 0]]);
}

/** All images are recorded, and each was drawn so many times. */
function expectFinished(story: Story, times: readonly number[]): void {
  expect(story.records()).toMatchObject([
    {
      finishedAt: expect.any(String),
      images: [100, 101, 102, 103].map((seed) => ({ state: 'stored', seed, mediaType: 'image/png' })),
    },
  ]);
  expect(story.keys(/\.png$/)).toHaveLength(4);
  expect(drawn(story)).toEqual(times);
}

function expectOneMessage(story: Story): void {
  expect(story.posted().map((message) => [countImages(message), isFinished(message)])).toEqual([[4, true]]);
}

const imageCounts = (messages: Story['posted']) => messages().map(countImages);

it('a process that is killed before it wrote anything leaves nothing behind', async () => {
  const story = await startStory();
  story.planS3(held, 'PutObject', jobKey);
  await story.imagine(fox);
  await story.restart(() => story.asked('PutObject', jobKey).length === 1);
  expectNothing(story);
  expect(counted(story, story.ana)).toBeUndefined();
});

it('a process that is killed between counting a request and recording it has its images given back, and leaves nothing', async () => {
  const story = await startStory();
  holdRecord(story, 1);
  await story.imagine(fox);
  await story.restart(
    () =>
      counted(story, story.ana)?.length === 1 &&
      story.jobs().length === 1 &&
      story.asked('PutObject', recordKey).length === 1,
  );
  expectNothing(story);
  expect(counted(story, story.ana)).toEqual([]);
  await story.imagine(fox);
  await story.seeImages();
  expect(counted(story, story.ana)).toEqual([4]);
});

it('a process that is killed once the record is there, but not in the history, is followed by one that enters it', async () => {
  const story = await startStory();
  story.planS3(held, 'any', historyKey, 2);
  await story.imagine(fox);
  await story.restart(() => story.records().length === 1 && story.keys(historyKey).length === 0);
  expect(story.keys(historyKey)).toHaveLength(2);
});

it('a process that is killed once the record is there, but no message, is followed by one that answers in private', async () => {
  const story = await startStory();
  story.planCalls('chat.postMessage', held);
  await story.imagine(fox);
  await story.restart(() => story.records().length === 1);
  expectFinished(story, [1, 1, 1, 1]);
  expect([story.posted(), imageCounts(story.privately)]).toEqual([[], [4]]);
});

it('a process that is killed between its message and the record of it is followed by one that posts no second message', async () => {
  const story = await startStory();
  holdRecord(story, 2);
  await story.imagine(fox);
  await story.restart(() => story.posted().length === 1);
  expectFinished(story, [1, 1, 1, 1]);
  expect(story.posted().map(lastLine)).toEqual([expect.stringContaining('Drawing 4 images')]);
  expect(imageCounts(story.privately)).toEqual([4]);
});

it.each([
  [0, 'in this process', startStory],
  [2, 'in this process', startStory],
  [2, 'as a process', startProcessStory],
])('a process killed with %i images recorded has only the others drawn again (%s)', async (count, _how, start) => {
  const stored = ({ records }: Story) => records()[0]?.images.filter(({ state }) => state === 'stored');
  const story = await start();
  story.bedrock.faults.add({ kind: 'never' }, { times: 4, when: ({ seed = 0 }) => seed >= 100 + count });
  await story.imagine(fox);
  await story.restart(() => story.bedrock.requests().length === 4 && stored(story)?.length === count);
  const again = (index: number) => (index < count ? 1 : 2);
  expectFinished(story, [0, 1, 2, 3].map(again));
  expectOneMessage(story);
});

it('a process that is killed with its images stored but not recorded pays for none of them twice', async () => {
  const story = await startStory();
  holdRecord(story, 3);
  await story.imagine(fox);
  const arePending = () => story.records()[0]?.images.every(({ state }) => state === 'pending');
  await story.restart(() => story.keys(/\.png$/).length === 4 && arePending());
  expectFinished(story, [1, 1, 1, 1]);
  expectOneMessage(story);
});

it('a process that is killed before the final update has its message finished', async () => {
  const story = await startStory();
  story.planCalls('chat.update', held, always);
  await story.imagine(fox);
  await story.restart(() => story.records()[0]?.finishedAt);
  expectFinished(story, [1, 1, 1, 1]);
  expectOneMessage(story);
});

it('“Retry failed” in a process that was killed has the image drawn that it was drawing, and it alone', async () => {
  const { story, message } = await startWithThree();
  story.bedrock.faults.add({ kind: 'never' });
  await story.choose(message, 'retry_failed');
  await story.restart(() => story.bedrock.requests().length === 5);
  expectOneMessage(story);
  const asked = story.bedrock.requests().map(({ seed }) => seed);
  expect(asked).toHaveLength(6);
  expect(asked[5]).toBe(asked[4]);
  expect(story.records()[0]?.images[2]).toMatchObject({ state: 'stored', seed: asked[5] });
});

it('“Retry failed” in a process that was killed has an image given back that was counted and not recorded', async () => {
  const { story, message } = await startWithThree();
  expect(counted(story, story.ana)).toEqual([3]);
  holdRecord(story, 1);
  await story.choose(message, 'retry_failed');
  await story.restart(() => counted(story, story.ana)?.length === 2);
  expect(counted(story, story.ana)).toEqual([3]);
  expect(story.bedrock.requests()).toHaveLength(4);
});

it('“Retry failed” in a process that was killed has nothing counted before it wrote a job record', async () => {
  const { story, message } = await startWithThree();
  const before = story.asked('PutObject', jobKey).length;
  story.planS3(held, 'PutObject', jobKey);
  await story.choose(message, 'retry_failed');
  await story.restart(() => story.asked('PutObject', jobKey).length > before);
  expect(counted(story, story.ana)).toEqual([3]);
});

it('a process that is killed while it draws where the bot may not post has the images posted once all are there', async () => {
  const story = await startStory();
  story.bedrock.faults.add({ kind: 'never' }, { times: 4 });
  await story.imagine(fox, { channel: story.secret });
  await story.restart(() => story.bedrock.requests().length === 4);
  expectFinished(story, [2, 2, 2, 2]);
  expect(story.posted(story.secret).filter(isFinished)).toHaveLength(1);
  expect(story.records()[0]?.destination).toEqual({ kind: 'response_url' });
});

it('a process that is killed after it posted images where the bot may not post has them posted no second time', async () => {
  const story = await startStory();
  story.workspace.faults.responseUrls.add(held, { when: (call) => call.arguments.response_type === 'in_channel' });
  await story.imagine(fox, { channel: story.secret });
  await story.restart(() => story.records()[0]?.finishedAt);
  expectFinished(story, [1, 1, 1, 1]);
  expect(story.posted(story.secret)).toEqual([]);
  expect(story.privately(story.secret).filter(isFinished)).toHaveLength(1);
  expect(story.records()[0]?.destination).toEqual({ kind: 'response_url', isPrivate: true });
});

it('an unfinished batch is resumed by one of two processes that start at once', async () => {
  const story = await startStory();
  story.bedrock.faults.add({ kind: 'never' }, { times: 4 });
  await story.imagine(fox);
  await story.until(() => story.bedrock.requests().length === 4);
  await story.kill();
  story.bedrock.setLatency(500);
  await Promise.all([story.nextTry(), story.startApp()]);
  await story.settled();
  expectFinished(story, [2, 2, 2, 2]);
  expectOneMessage(story);
});

it('a batch that is being drawn is left alone by a process that starts meanwhile', async () => {
  const story = await startStory();
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 1000 }, { times: 4 });
  await story.imagine(fox);
  await story.until(() => story.bedrock.requests().length === 4);
  const owners = () => story.jobs().map(({ owner }) => owner);
  const before = owners();
  await story.startApp();
  await story.until(() => story.asked('GetObject', jobKey).length > 0);
  expect([before.length, owners()]).toEqual([1, before]);
  await story.settled();
  expectFinished(story, [1, 1, 1, 1]);
});

it('a batch whose end Slack would not show stays open, and is shown after a restart', async () => {
  const story = await startStory();
  refusesUpdates(story);
  await story.imagine(fox);
  await story.restart(() => story.jobs()[0]?.failures === 1);
  expectFinished(story, [1, 1, 1, 1]);
  expectOneMessage(story);
});

it('a batch whose end could not be shown for an hour is told to the requester in a direct message', async () => {
  const story = await startStory();
  refusesUpdates(story);
  await story.imagine(fox);
  await story.triedOnce();
  await story.kill();
  const [{ responseUrl: _, ...job } = { id: '' }] = story.jobs();
  await story.put(story.keys(jobKey)[0] ?? '', JSON.stringify({ ...job, failures: 60 }));
  refusesUpdates(story);
  await story.nextTry();
  await story.settled();
  const direct = story.workspace.messages(story.workspace.channels.app.id, { as: story.ana });
  expect(direct.map(countImages)).toEqual([4]);
});
