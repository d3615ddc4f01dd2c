import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { seeForm, submit } from './form.js';
import {
  always,
  countImages,
  denied,
  fox,
  isFinished,
  isPicked,
  recordKey,
  type Story,
  startStory,
  startWithImages,
  startWithThree,
  textOf,
} from './story.js';

const isUpdate = ({ method }: { method: string }) => method === 'chat.update';

it('images that are posted by a response_url are only in the thread if the answer to that post is lost', async () => {
  const story = await startStory();
  const channel = story.secret;
  const { ts } = story.workspace.post({ user: story.ben, channel, text: 'Our new garden opens in spring.' });
  await story.fromPost(ts, channel);
  await seeForm(story);
  story.workspace.faults.responseUrls.add(
    { kind: 'answer_lost' },
    { when: (call) => call.arguments.response_type === 'in_channel' },
  );
  await submit(story, { prompt: 'a red fox' });
  await story.see('four images', isFinished, { channel });
  await story.settled();
  expect(story.posted(channel).filter(isFinished)).toHaveLength(1);
});

it('a pick made through another process replaces an end that Slack took late', async () => {
  const story = await startStory();
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 4000 }, { times: 3 });
  await story.imagine(fox);
  await story.see('the first image', (message) => countImages(message) === 1);
  story.planCalls('chat.update', { kind: 'rate_limited', retryAfterSeconds: 1 });
  await story.until(() => story.workspace.calls().filter(isUpdate).length === 2);
  await story.changeRecord({ pick: { number: 1, pickedBy: story.ana, pickedAt: new Date().toISOString() } });
  await story.settled();
  expect(story.posted().map(isPicked)).toEqual([true]);
});

it('a user who discarded a batch is not told that its message was deleted', async () => {
  const story = await startStory();
  story.planCalls('chat.update', { kind: 'rate_limited', retryAfterSeconds: 1 });
  await story.imagine(fox);
  await story.until(() => story.workspace.calls().filter(isUpdate).length === 1);
  story.planCalls('chat.update', { kind: 'error', error: 'message_not_found' }, always);
  await story.changeRecord({ discardedAt: new Date().toISOString() });
  await story.settled();
  expect(story.privately()).toEqual([]);
});

it('a sentence reaches the user if Slack refuses every form of the images', async () => {
  const story = await startStory();
  story.planCalls('chat.update', { kind: 'error', error: 'channel_not_found' }, always);
  const hasBlocks = (call: { arguments: Record<string, unknown> }) => call.arguments.blocks !== undefined;
  const refused = { kind: 'error', error: 'invalid_blocks' } as const;
  story.bedrock.setLatency(500);
  await story.imagine(fox);
  await story.see('the announcement', ({ text }) => text.startsWith('Drawing'));
  for (const faults of [story.workspace.faults.calls, story.workspace.faults.responseUrls]) {
    faults.add(refused, { times: always, when: hasBlocks });
  }
  const told = await story.see('words', ({ text }) => text.startsWith('Slack would not show your images.'));
  expect(told.text).toContain('They are saved: /imagine show ');
});

/** `/imagine show`: what Ana alone sees. */
async function seeCopy(story: Story): Promise<SeenMessage> {
  await story.imagine(`show ${story.records()[0]?.id}`);
  return story.see('the copy', (seen) => seen.isEphemeral && countImages(seen) === 4);
}

it('“Share” posts nothing more if it is unknown whether its message arrived, and can be pressed again', async () => {
  const { story, message } = await startWithImages();
  const copy = await seeCopy(story);
  story.planCalls('chat.postMessage', { kind: 'answer_lost' });
  await story.press(copy, 'share_batch');
  const told = await story.seePrivately('Slack');
  expect(told.text).toContain('Slack did not confirm that my message arrived. If you do not see it,');
  expect(told.images).toEqual([]);
  const posted = story.posted().length;
  await story.press(copy, 'share_batch');
  await story.until(() => story.posted().length === posted + 1);
  await story.until(() => story.records()[0]?.destination?.kind === 'message');
  expect(message.ts).toBe(story.posted()[0]?.ts);
});

const ends = ['shows it already', 'cannot be updated now'];

it.each(ends)('a pick in a private copy is seen by everyone once if the batch’s own message %s', async (what) => {
  const { story } = await startWithImages();
  await story.click(await seeCopy(story), 2);
  const choice = await story.see('the choice', (seen) => textOf(seen).includes('share_image_2'));
  const isLater = what.includes('cannot be updated');
  if (isLater) story.planCalls('chat.update', { kind: 'error', error: 'internal_error' });
  await story.press(choice, 'share_image_2');
  if (isLater) {
    await story.triedOnce();
    await story.nextTry();
  }
  await story.seePicked({ user: story.ben });
  await story.settled();
  const seen = story.workspace.messages(story.marketing, { as: story.ana });
  expect(story.posted().filter(isPicked)).toHaveLength(1);
  expect(seen.filter(({ isEphemeral, images }) => isEphemeral && images.length > 0)).toHaveLength(isLater ? 1 : 0);
});

it('a click that is recorded is kept as a file though Slack takes no updates of the message for a while', async () => {
  const { story, message } = await startWithImages();
  story.planCalls('chat.update', { kind: 'rate_limited', retryAfterSeconds: 40 });
  await story.click(message, 2);
  await story.seePicked();
  await story.triedOnce();
  await story.nextTry();
  await story.seeKept();
  await story.settled();
  expect(story.posted().filter(isPicked)).toHaveLength(1);
});

it('a click that is recorded is not reported as failed if the waiting that follows “Retry failed” cannot be shown', async () => {
  const { story, message } = await startWithThree();
  story.planCalls('chat.update', { kind: 'error', error: 'internal_error' });
  await story.choose(message, 'retry_failed');
  await story.seeImages();
  expect(story.privately()).toEqual([]);
});

const isPost = ({ method }: { method: string }) => method === 'chat.postMessage';

const faults = [{ kind: 'error', error: 'restricted_action' }, { kind: 'answer_lost' }] as const;

it.each(faults)('a batch that was never announced ($kind) is neither drawn, listed nor shown', async (fault) => {
  const story = await startStory();
  story.planCalls('chat.postMessage', fault);
  await story.imagine('a red fox');
  await story.seePrivately('nothing was drawn');
  await story.imagine('history');
  await story.seePrivately('You have not drawn any images yet.');
  await story.imagine(`show ${story.records()[0]?.id.slice(-6)}`);
  await story.seePrivately('I cannot find batch');
  expect(story.bedrock.requests()).toEqual([]);
  expect(story.workspace.calls().filter(isPost)).toHaveLength(1);
});

it('images of a message that could not be recorded arrive privately and count once', async () => {
  const story = await startStory({ settings: { IMAGES_PER_USER_PER_DAY: '4' } });
  story.s3.faults.add(denied, { when: ({ key }) => recordKey.test(key) && story.workspace.calls().some(isPost) });
  await story.imagine('a red fox');
  await story.see('the message', ({ isEphemeral }) => !isEphemeral);
  await story.triedOnce();
  await story.imagine('a blue fox');
  await story.seePrivately('You have used up your 4 images of today.');
  await story.nextTry();
  const images = await story.see('the images', isFinished);
  expect([images.isEphemeral, countImages(images)]).toEqual([true, 4]);
  expect(story.bedrock.requests()).toHaveLength(4);
  expect(story.privately().filter(({ text }) => text.includes('went wrong'))).toEqual([]);
});

it('a message that may not be changed for long keeps no other batch, form or deletion waiting', async () => {
  const story = await startStory();
  const { workspace, marketing, random, ben } = story;
  const isUpdate = ({ method, arguments: { channel } }: { method: string; arguments: { channel?: unknown } }) =>
    method === 'chat.update' && channel === marketing;
  /** Longer than any test, and than the app waits for a single call. */
  const limited = { kind: 'rate_limited', retryAfterSeconds: 300 } as const;
  workspace.faults.calls.add(limited, { times: always, when: isUpdate });
  await story.imagine('a red fox in the snow');
  await story.until(() => workspace.calls().some((call) => isUpdate(call) && call.error === 'rate_limited'));
  const where = { user: ben, channel: random };
  await story.imagine('a blue fox in the snow', where);
  const images = await story.seeImages(4, where);
  await story.press(images, 'edit_prompt', ben);
  await seeForm(story, ben);
  await story.choose(images, 'discard', ben);
  await story.until(() => story.posted(random).length === 0);
  expect(story.posted().some(isFinished)).toBe(false);

  await story.triedOnce();
  workspace.faults.calls.clear();
  await story.nextTry();
  await story.seeImages();
  expect(story.bedrock.requests()).toHaveLength(8);
});
