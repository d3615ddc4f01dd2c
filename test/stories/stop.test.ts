import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { counted } from './restart-story.js';
import { always, countImages, isFinished, lastLine, type Story, startStory, textOf } from './story.js';

const throttled = { kind: 'error', name: 'ThrottlingException' } as const;
/** One throttled call pauses the model for five seconds, unless the SDK calls again by itself. */
const oneAttempt = { settings: { AWS_MAX_ATTEMPTS: '1' } };
const atMost = (calls: number) => ({ settings: { BEDROCK_REQUESTS_PER_MINUTE: `${calls}` } });

const seeRunning = ({ see }: Story) => see('the button', (message) => textOf(message).includes('"action_id":"stop"'));
const seeStopped = ({ see }: Story, where = {}) =>
  see('the end', (message) => isFinished(message) && message.text.startsWith('Stopped'), where);
const reasons = ({ records }: Story) =>
  records()
    .at(-1)
    ?.images.map((image) => (image.state === 'failed' ? image.reason : image.state));

const isStopping = (call: object) => JSON.stringify(call).includes('Stopping: images');

/** Every image of a batch was throttled, and waits. */
async function startThrottled() {
  const story = await startStory(oneAttempt);
  let isThrottled = true;
  story.bedrock.faults.add(throttled, { times: always, when: () => isThrottled });
  await story.imagine('a red fox');
  const message = await seeRunning(story);
  await story.until(() => story.bedrock.requests().length === 4 && story.bedrock.inFlight() === 0);
  isThrottled = false;
  return { story, message };
}

it('a user stops a batch that waits, which costs nothing, gives its place to others, and can be asked for again', async () => {
  const story = await startStory(atMost(4));
  await story.imagine('a red fox');
  await story.seeImages();
  await story.imagine('a blue fox');
  await story.see('the queue', (message) => lastLine(message).startsWith('Waiting for the model'));
  await story.press(await seeRunning(story), 'stop');
  const message = await seeStopped(story);
  expect(textOf(message)).toContain('Stopped before anything was drawn. Nothing was charged. Again draws it.');
  for (const control of ['reroll', 'edit_prompt', 'details']) expect(textOf(message)).toContain(control);
  await story.settled();
  expect(reasons(story)).toEqual(Array(4).fill('stopped'));
  expect(counted(story, story.ana)).toEqual([4]);
  await story.imagine('a green fox --n 1');
  await story.see('the next one, first in line', (seen) => lastLine(seen).startsWith('Waiting for the model'));
  expect(story.bedrock.requests()).toHaveLength(4);
  story.app.kill(); // it would wait for the model
});

it('images that are being drawn when a batch is stopped still come, and only they count', async () => {
  const story = await startStory(atMost(2));
  story.bedrock.setLatency(2000);
  await story.imagine('a red fox');
  const running = await seeRunning(story);
  await story.until(() => story.bedrock.inFlight() === 2);
  await Promise.all([story.press(running, 'stop'), story.press(running, 'stop')]);
  const stopping = await story.see('that it stops', (message) => lastLine(message).startsWith('Stopping: images'));
  expect(textOf(stopping)).not.toContain('"action_id":"stop"');
  const message = await story.seeImages(2);
  await story.settled();
  expect(reasons(story)).toEqual(['stored', 'stored', 'stopped', 'stopped']);
  expect(counted(story, story.ana)).toEqual([2]);
  expect(story.bedrock.requests()).toHaveLength(2);
  await story.click(message, 2);
  await story.seePicked();
});

it('only the requester can stop a batch, and only while it runs', async () => {
  const story = await startStory();
  story.bedrock.setLatency(2000);
  await story.imagine('a red fox');
  const running = await seeRunning(story);
  await story.press(running, 'stop', story.ben);
  await story.seePrivately('can do that here', { user: story.ben });
  const message = await story.seeImages();
  await story.settled();
  await story.putOldButtons(message, ['stop']); // as on a screen that was not updated
  await story.press(message, 'stop');
  await story.seePrivately('has already ended');
  expect(story.records()[0]?.stoppedAt).toBeUndefined();
});

it('a batch that waits because the model throttled it is stopped at once', async () => {
  const { story, message } = await startThrottled();
  await story.press(message, 'stop');
  await seeStopped(story);
  await story.settled();
  expect(story.bedrock.requests()).toHaveLength(4);
});

it('a batch that another process stopped while its images waited is drawn no further', async () => {
  const { story } = await startThrottled();
  await story.changeRecord({ stoppedAt: new Date().toISOString() });
  await seeStopped(story);
  expect(story.bedrock.requests()).toHaveLength(4);
});

it('a batch that was stopped is not drawn after a restart', async () => {
  const { story } = await startThrottled();
  await story.kill();
  await story.changeRecord({ stoppedAt: new Date().toISOString() });
  await story.nextTry();
  await seeStopped(story);
  await story.settled();
  expect(story.bedrock.requests()).toHaveLength(4);
  expect(counted(story, story.ana)).toEqual([]);
});

it('“Retry failed” can be stopped, and then asked for again', async () => {
  const story = await startStory(oneAttempt);
  story.failImage(3);
  await story.imagine('a red fox');
  const message = await story.seeImages(3);
  await story.settled();
  story.bedrock.faults.add(throttled);
  await story.choose(message, 'retry_failed');
  await story.press(await seeRunning(story), 'stop');
  await story.until(() => reasons(story)?.[2] === 'stopped');
  await story.settled();
  expect(counted(story, story.ana)).toEqual([3]);
  await story.choose(await story.seeImages(3), 'retry_failed');
  await story.seeImages(4);
  await story.settled();
  expect(counted(story, story.ana)).toEqual([3, 1]);
});

it.each([
  ['where the app may not post', 'secret', ''],
  ['in private', 'marketing', ' --private'],
] as const)(
  '%s, a batch that was stopped before anything was drawn leaves nothing in the channel',
  async (_where, place, flag) => {
    const story = await startStory(atMost(4));
    await story.imagine('a red fox', { channel: story.random });
    await story.see('the first images', isFinished, { channel: story.random });
    const channel = story[place];
    await story.imagine(`a blue fox${flag}`, { channel });
    await story.press(await story.seePrivately('come below', { channel }), 'stop');
    await seeStopped(story, { channel });
    await story.settled();
    await story.seePrivately('Stopping: images already being drawn will still arrive.', { channel }); // in place of the note
    expect(story.privately(channel)).toHaveLength(2);
    expect(story.posted(channel)).toEqual([]);
  },
);

it('a private message that “Again” replaced shows the end, even if “Stopping” comes to Slack after it', async () => {
  const story = await startStory(atMost(4));
  await story.imagine('a red fox --private');
  const message = await story.see('private images', (seen) => seen.isEphemeral && isFinished(seen));
  await story.press(message, 'reroll');
  const isRunning = (seen: SeenMessage) => seen.ts === message.ts && textOf(seen).includes('"action_id":"stop"');
  const running = await story.see('the button', isRunning);
  story.workspace.faults.responseUrls.add(
    { kind: 'slow', ms: 1000 },
    { when: (call) => JSON.stringify(call.arguments).includes('Stopping: images') },
  );
  await story.press(running, 'stop');
  await story.see('the end', (seen) => seen.ts === message.ts && seen.text.startsWith('Stopped') && isFinished(seen));
  await story.until(() => story.workspace.calls().filter(isStopping).length === 1);
  await story.settled();
  await story.see('the end again', (seen) => seen.ts === message.ts && isFinished(seen));
});

it('“Stop” in a running batch that was shown again shows the whole sheet there', async () => {
  const story = await startStory(oneAttempt);
  story.bedrock.faults.add(throttled, { times: always });
  await story.imagine('a red fox', { channel: story.secret });
  await story.until(() => story.bedrock.requests().length === 4);
  await story.imagine(`show ${story.records()[0]?.id}`, { channel: story.secret });
  const isRecalled = ({ isEphemeral, images }: SeenMessage) => isEphemeral && images.length === 1;
  const recalled = await story.see('the sheet', isRecalled, { channel: story.secret });
  await story.press(recalled, 'stop');
  const isStoppingThere = (seen: SeenMessage) => seen.ts === recalled.ts && lastLine(seen).startsWith('Stopping');
  expect((await story.see('that it stops', isStoppingThere, { channel: story.secret })).images).toHaveLength(1);
});

it('the progress line says how long drawing takes once the model was timed', async () => {
  const story = await startStory();
  await story.imagine('a red fox');
  expect(lastLine(await seeRunning(story))).toBe('Drawing 4 images · Stable Image Core');
  const first = await story.seeImages();
  story.bedrock.setLatency(2000);
  await story.imagine('a blue fox');
  const second = await story.see('the next batch', ({ ts }) => ts !== first.ts);
  expect(lastLine(second)).toBe('Drawing 4 images, about 10 s · Stable Image Core');
  expect(countImages(first)).toBe(4);
});
