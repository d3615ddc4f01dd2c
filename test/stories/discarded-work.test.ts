import { expect, it, vi } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { openWork, seeImages } from './faults/fault-case.js';
import { held, type RestartStory, startRestartStory } from './restart-story.js';
import { isFinished, isPicked, type Story, startStory, textOf } from './story.js';

const always = 1000;

/** A batch whose first image failed, with the app in its own process. */
async function startWithFailedImage(): Promise<{ story: RestartStory; message: SeenMessage }> {
  const story = await startRestartStory();
  story.bedrock.faults.add({ kind: 'inference error' }, { when: ({ seed }) => seed === 100 });
  await story.imagine();
  await story.until(() => story.posted().some(isFinished));
  await story.settled();
  const [message] = story.posted();
  if (!message) throw new Error('no message');
  return { story, message };
}

function press(story: RestartStory, { channel, ts: messageTs }: SeenMessage, actionId: string): Promise<unknown> {
  return story.workspace.click({ user: story.ana, channel, messageTs, actionId });
}

/** `/imagine show`: the batch in a new message there. */
async function show(
  story: RestartStory,
  channel: string,
  messages: () => readonly SeenMessage[],
): Promise<SeenMessage> {
  const count = messages().length;
  await story.workspace.command({ user: story.ana, channel, text: `show ${story.record()?.id}` });
  await story.until(() => messages().length > count);
  const message = messages().at(-1);
  if (!message) throw new Error('no message');
  return message;
}

/** Presses "Try again". Resolves while the image is being drawn. */
async function retry(story: RestartStory, message: SeenMessage): Promise<void> {
  const before = story.bedrock.requests().length;
  story.bedrock.faults.add(held);
  await press(story, message, 'retry_image_1');
  await story.until(() => story.bedrock.requests().length > before);
}

it('“Try again” on a private copy of a discarded batch goes on after a crash', async () => {
  const { story, message } = await startWithFailedImage();
  await press(story, message, 'discard');
  await story.until(() => story.posted().length === 0);
  const copies = () => story.privately(story.secret);
  await retry(story, await show(story, story.secret, copies));
  await story.restart();
  await story.settled();
  expect(story.record()?.images.map(({ state }) => state)).toEqual(['stored', 'stored', 'stored', 'stored']);
  expect(copies().filter(isFinished)).toMatchObject([{ images: { length: 4 } }]);
}, 60_000);

it('a batch that is discarded while “Try again” draws is not left pending by a crash', async () => {
  const { story, message } = await startWithFailedImage();
  const newer = await show(story, story.marketing, story.posted);
  await retry(story, message);
  await press(story, newer, 'discard');
  await story.until(() => story.record()?.discardedAt);
  await story.restart();
  await story.settled();
  expect(story.record()?.images[0]?.state).toBe('stored');
}, 60_000);

async function startWithImages(): Promise<{ story: Story; message: SeenMessage }> {
  const story = await startStory();
  await story.imagine('a red fox --seed 100');
  const message = await seeImages(story);
  await settled(story);
  return { story, message };
}

const settled = (story: Story) =>
  vi.waitFor(() => expect(openWork(story)).toEqual([]), { timeout: 15_000, interval: 20 });

/** Picks the second image of a message while Slack changes no messages. */
async function pickUnseen(story: Story, message: SeenMessage): Promise<void> {
  const { channel } = message;
  const refused = { kind: 'error', error: 'internal_error' } as const;
  story.workspace.faults.calls.add(refused, { times: always, when: ({ method }) => method === 'chat.update' });
  story.workspace.faults.responseUrls.add(
    { kind: 'http_500' },
    { when: ({ arguments: { blocks } }) => Boolean(blocks) },
  );
  await story.click(message, 2);
  await story.see('words', ({ text }) => text.startsWith('Your choice is saved.'), { channel });
  await vi.waitFor(() => expect(openWork(story)[0]).toContain('"failures":1'), { timeout: 10_000 });
  story.workspace.faults.calls.clear();
}

it('a pick in a message that could not be discarded is shown and kept at the next attempt', async () => {
  const { story, message } = await startWithImages();
  story.workspace.faults.calls.add(
    { kind: 'rate_limited', retryAfterSeconds: 300 },
    { when: ({ method }) => method === 'chat.delete' },
  );
  story.workspace.faults.responseUrls.add({ kind: 'http_500' });
  await story.press(message, 'discard');
  await story.see('words', ({ text }) => text.includes('press Discard again'));
  await pickUnseen(story, message);
  await story.nextTry();
  const picked = await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId));
  await settled(story);
  expect(picked.ts).toBe(message.ts);
  expect(story.records()[0]?.discardedAt).toBeUndefined();
});

it('a pick in a private copy of a discarded batch reaches the picker at the next attempt', async () => {
  const { story, message } = await startWithImages();
  const channel = story.secret;
  await story.press(message, 'discard');
  await story.workspace.waitFor(() => story.workspace.messages(story.marketing).length === 0);
  await story.imagine(`show ${story.records()[0]?.id}`, { channel });
  await pickUnseen(story, await story.see('the copy', isFinished, { channel }));
  await story.nextTry();
  await settled(story);
  const seen = [channel, story.marketing].flatMap((place) => story.workspace.messages(place, { as: story.ana }));
  expect(seen.filter(isPicked).map(textOf)).toEqual([expect.stringContaining('Image 2: a red fox')]);
});
