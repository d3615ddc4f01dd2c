import { expect, it, vi } from 'vitest';
import { isFinished, lastLine, startStory } from './story.js';

it('a process that lost its batches to another while they waited for the model pays for no more of their images', async () => {
  const story = await startStory({ settings: { AWS_MAX_ATTEMPTS: '1' } }); // one throttled call pauses the model for five seconds
  const { bedrock, workspace } = story;
  let isThrottled = true;
  bedrock.faults.add({ kind: 'error', name: 'ThrottlingException' }, { times: 100, when: () => isThrottled });
  await story.imagine('a red fox --seed 100');
  await vi.waitFor(() => expect(bedrock.requests()).toHaveLength(4), { timeout: 15_000 });
  await story.imagine('a blue fox --seed 200');
  await story.see('the second batch waits', (message) => lastLine(message).startsWith('Waiting'));
  isThrottled = false;
  const before = bedrock.requests().length;
  await story.nextTry();
  await workspace.waitFor(() => workspace.messages(story.marketing).filter(isFinished).length === 2 && 'both', {
    describe: 'the other process finishes both batches',
    timeoutMs: 15_000,
  });
  await story.app.stop();
  const paidFor = bedrock.requests().slice(before);
  expect(paidFor.map(({ seed }) => seed).sort()).toEqual([100, 101, 102, 103, 200, 201, 202, 203]);
  expect(story.records().flatMap(({ images }) => images.map(({ state }) => state))).toEqual(Array(8).fill('stored'));
});
