import { expect, it } from 'vitest';
import { always, isFinished, lastLine, startStory } from './story.js';

it('a user reads how long the queue is, by the quota of the model', async () => {
  const story = await startStory({ settings: { BEDROCK_REQUESTS_PER_MINUTE: '4' } });
  const until = (beginning: string) => story.see(beginning, (message) => lastLine(message).startsWith(beginning));
  await story.imagine('a red fox in the snow');
  await story.seeImages();
  await story.imagine('a red fox in the snow');
  await until('Waiting for the model, about ');
  await story.imagine('a red fox in the snow');
  const line = lastLine(await until('Waiting: 4 images ahead of yours, about '));
  expect(line).toMatch(/, about (2 minutes|1\d0 s) · 1:1 · Stable Image Core · about \$0\.16$/); // 60 s and what is left of the first
  story.app.kill(); // it would wait for the model
});

it('a process that lost its batches to another while they waited for the model pays for no more of their images', async () => {
  const story = await startStory({ settings: { AWS_MAX_ATTEMPTS: '1' } }); // one throttled call pauses the model for five seconds
  const { bedrock } = story;
  let isThrottled = true;
  bedrock.faults.add({ kind: 'error', name: 'ThrottlingException' }, { times: always, when: () => isThrottled });
  await story.imagine('a red fox --seed 100');
  await story.until(() => bedrock.requests().length === 4);
  await story.imagine('a blue fox --seed 200');
  await story.see('the second batch waits', (message) => lastLine(message).startsWith('Waiting'));
  isThrottled = false;
  const before = bedrock.requests().length;
  await story.nextTry();
  await story.until(() => story.posted().filter(isFinished).length === 2); // by the other process
  await story.app.stop();
  const paidFor = bedrock.requests().slice(before);
  expect(paidFor.map(({ seed }) => seed).sort()).toEqual([100, 101, 102, 103, 200, 201, 202, 203]);
  expect(story.records().flatMap(({ images }) => images.map(({ state }) => state))).toEqual(Array(8).fill('stored'));
});
