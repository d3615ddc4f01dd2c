import { expect, it, vi } from 'vitest';
import { isFinished, type Story, startStory, textOf } from './story.js';

const isPost = ({ method }: { method: string }) => method === 'chat.postMessage';
const marker = ({ s3, bucket }: Story) =>
  s3
    .objects(bucket)
    .find(({ key }) => key.includes('/open/'))
    ?.bytes.toString();

it.each(['restricted_action', 'restricted_action_read_only_channel', 'is_archived'])(
  'if Slack says %s, nothing is drawn and the user is told to try another channel',
  async (error) => {
    const story = await startStory();
    story.workspace.faults.calls.add({ kind: 'error', error }, { when: isPost });
    await story.imagine('a red fox');
    const answer = await story.see('the answer', ({ isEphemeral }) => isEphemeral);
    expect(answer.text).toContain('Please try another channel.');
    await story.app.stop();
    expect(story.bedrock.requests()).toEqual([]);
    expect(story.workspace.messages(story.marketing)).toEqual([]);
  },
);

it.each(['answer_lost', 'reset'] as const)(
  'if the answer to a post is missing (%s), nothing is drawn, and nothing is posted twice',
  async (kind) => {
    const story = await startStory();
    story.workspace.faults.calls.add({ kind }, { when: isPost });
    await story.imagine('a red fox');
    const answer = await story.see('the answer', ({ isEphemeral }) => isEphemeral);
    expect(answer.text).toContain('Slack did not confirm that my message arrived');
    await story.app.stop();
    expect(story.bedrock.requests()).toEqual([]);
    expect(story.workspace.calls().filter(isPost)).toHaveLength(1);
  },
);

it.each([{ kind: 'error', error: 'restricted_action' }, { kind: 'answer_lost' }] as const)(
  'a batch that was never announced ($kind) is neither listed nor shown',
  async (fault) => {
    const story = await startStory();
    story.workspace.faults.calls.add(fault, { when: isPost });
    await story.imagine('a red fox');
    await story.see('the answer', ({ isEphemeral, text }) => isEphemeral && text.includes('nothing was drawn'));
    await story.imagine('history');
    await story.see('the history', ({ text }) => text.includes('You have not drawn any images yet.'));
    await story.imagine(`show ${story.records()[0]?.id.slice(-6)}`);
    await story.see('the answer', ({ text }) => text.includes('I cannot find batch'));
  },
);

it('waits out a rate limit on a post, and posts once', async () => {
  const story = await startStory();
  story.workspace.faults.calls.add({ kind: 'rate_limited', retryAfterSeconds: 1 }, { when: isPost });
  await story.imagine('a red fox');
  const message = await story.see('the message', ({ isEphemeral }) => !isEphemeral);
  expect(textOf(message)).toContain('a red fox');
});

it('images of a message that could not be recorded arrive privately and count once', async () => {
  const story = await startStory({ settings: { IMAGES_PER_USER_PER_DAY: '4' } });
  story.s3.faults.add(
    { kind: 'error', code: 'AccessDenied' },
    { when: ({ key }) => key.endsWith('/batch.json') && story.workspace.calls().some(isPost) },
  );
  await story.imagine('a red fox');
  await story.see('the message', ({ isEphemeral }) => !isEphemeral);
  await vi.waitFor(() => expect(marker(story)).toContain('"failures":1'));
  await story.imagine('a blue fox');
  await story.see('the day is spent', ({ text }) => text.includes('You have used up your 4 images of today.'));
  await story.nextTry();
  const images = await story.see('the images', isFinished);
  expect([images.isEphemeral, images.images.length]).toEqual([true, 4]);
  expect(story.bedrock.requests()).toHaveLength(4);
  expect(story.workspace.messages(story.marketing, { as: story.ana }).map(({ text }) => text)).not.toContainEqual(
    expect.stringContaining('went wrong'),
  );
});
