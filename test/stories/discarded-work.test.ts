import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import {
  always,
  countImages,
  held,
  isFinished,
  isPicked,
  type Story,
  startWithImages,
  startWithThree,
  textOf,
} from './story.js';

async function discard(story: Story, message: SeenMessage): Promise<void> {
  await story.choose(message, 'discard');
  await story.until(() => story.posted().every(({ ts }) => ts !== message.ts));
}

/** `/imagine show`: the batch in a new message there. */
async function show(story: Story, channel: string, known: readonly SeenMessage[] = []): Promise<SeenMessage> {
  await story.imagine(`show ${story.records()[0]?.id}`, { channel });
  return story.seeNewBatch(known, { channel });
}

/** Chooses "Retry failed". Resolves while the image is being drawn. */
async function retry(story: Story, message: SeenMessage): Promise<void> {
  const before = story.bedrock.requests().length;
  story.bedrock.faults.add(held);
  await story.choose(message, 'retry_failed');
  await story.until(() => story.bedrock.requests().length > before);
}

it('“Retry failed” on a private copy of a discarded batch goes on after a crash', async () => {
  const { story, message } = await startWithThree();
  await discard(story, message);
  await retry(story, await show(story, story.secret));
  await story.restart(() => story.bedrock.inFlight() > 0);
  expect(story.records()[0]?.images.map(({ state }) => state)).toEqual(['stored', 'stored', 'stored', 'stored']);
  expect(story.privately(story.secret).filter(isFinished).map(countImages)).toEqual([4]);
});

it('a batch that is discarded while “Retry failed” draws is not left pending by a crash', async () => {
  const { story, message } = await startWithThree();
  const newer = await show(story, story.marketing, [message]);
  await retry(story, message);
  await discard(story, newer);
  await story.restart(() => story.records()[0]?.discardedAt);
  expect(story.records()[0]?.images[2]?.state).toBe('stored');
});

/** Picks the second image of a message while Slack changes no messages. */
async function pickUnseen(story: Story, message: SeenMessage, actionId = 'pick_image_2'): Promise<void> {
  story.planCalls('chat.update', { kind: 'error', error: 'internal_error' }, always);
  story.workspace.faults.responseUrls.add(
    { kind: 'http_500' },
    { when: ({ arguments: { blocks } }) => Boolean(blocks) },
  );
  await story.press(message, actionId);
  await story.seePrivately('Your choice is saved.', { channel: message.channel });
  await story.triedOnce();
  story.workspace.faults.calls.clear();
}

it('a pick in a message that could not be discarded is shown and kept at the next attempt', async () => {
  const { story, message } = await startWithImages();
  story.planCalls('chat.delete', { kind: 'rate_limited', retryAfterSeconds: 300 });
  story.workspace.faults.responseUrls.add({ kind: 'http_500' });
  await story.choose(message, 'discard');
  await story.seePrivately('Slack did not delete the message.');
  await pickUnseen(story, message);
  await story.nextTry();
  const picked = await story.seeKept();
  await story.settled();
  expect(picked.ts).toBe(message.ts);
  expect(story.records()[0]?.discardedAt).toBeUndefined();
});

it('a pick in a private copy of a discarded batch reaches the picker at the next attempt', async () => {
  const { story, message } = await startWithImages();
  await discard(story, message);
  const copy = await show(story, story.secret);
  await story.click(copy, 2);
  const isPreview = (seen: SeenMessage) => textOf(seen).includes('share_image_2');
  await pickUnseen(story, await story.see('the choice', isPreview, { channel: story.secret }), 'share_image_2');
  await story.nextTry();
  await story.settled();
  const seen = [story.secret, story.marketing].flatMap((place) => story.workspace.messages(place, { as: story.ana }));
  const picked = seen.filter((message) => isPicked(message) && !isPreview(message));
  expect(picked.map(textOf)).toEqual([expect.stringContaining('Image 2: a red fox')]);
});
