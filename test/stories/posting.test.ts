import { expect, it } from 'vitest';
import { startStory, textOf } from './story.js';

const isPost = ({ method }: { method: string }) => method === 'chat.postMessage';

it.each(['restricted_action', 'restricted_action_read_only_channel', 'is_archived'])(
  'where Slack says %s nothing is drawn, and the asker is told to ask elsewhere',
  async (error) => {
    const story = await startStory();
    story.workspace.faults.calls.add({ kind: 'error', error }, { when: isPost });
    await story.imagine('a red fox');
    const answer = await story.see('the answer', ({ isEphemeral }) => isEphemeral);
    expect(answer.text).toContain('Please ask in another channel.');
    await story.app.stop();
    expect(story.bedrock.requests()).toEqual([]);
    expect(story.workspace.messages(story.marketing)).toEqual([]);
  },
);

it.each(['answer_lost', 'reset'] as const)(
  'where the answer to a post is missing (%s) nothing is drawn or posted twice',
  async (kind) => {
    const story = await startStory();
    story.workspace.faults.calls.add({ kind }, { when: isPost });
    await story.imagine('a red fox');
    const answer = await story.see('the answer', ({ isEphemeral }) => isEphemeral);
    expect(answer.text).toContain('Slack did not say whether my message arrived');
    await story.app.stop();
    expect(story.bedrock.requests()).toEqual([]);
    expect(story.workspace.calls().filter(isPost)).toHaveLength(1);
  },
);

it('waits out a rate limit on a post, and posts once', async () => {
  const story = await startStory();
  story.workspace.faults.calls.add({ kind: 'rate_limited', retryAfterSeconds: 1 }, { when: isPost });
  await story.imagine('a red fox');
  const message = await story.see('the message', ({ isEphemeral }) => !isEphemeral);
  expect(textOf(message)).toContain('a red fox');
});
