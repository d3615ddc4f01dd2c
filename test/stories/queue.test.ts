import { expect, it } from 'vitest';
import { always, isFinished, lastLine, type Story, startStory } from './story.js';

const isWaiting = (message: Parameters<typeof lastLine>[0]) => lastLine(message).startsWith('Waiting');
const throttled = { kind: 'error', name: 'ThrottlingException' } as const;
/** One throttled call pauses the model for five seconds, unless the SDK calls again by itself. */
const settings = { AWS_MAX_ATTEMPTS: '1' };

/** Who asked for the batches whose messages are finished. */
function finishedFor({ posted, records }: Story): string[] {
  const finished = posted()
    .filter(isFinished)
    .map(({ ts }) => ts);
  return records()
    .filter(({ destination }) => destination?.kind === 'message' && finished.includes(destination.ts))
    .map(({ requesterId }) => requesterId)
    .sort();
}

it('a user reads how long the queue is, by the quota of the model', async () => {
  const story = await startStory({ settings: { BEDROCK_REQUESTS_PER_MINUTE: '4' } });
  const until = (beginning: string) => story.see(beginning, (message) => lastLine(message).startsWith(beginning));
  await story.imagine('a red fox in the snow');
  await story.seeImages();
  await story.imagine('a red fox in the snow');
  await until('Waiting for the model, about ');
  await story.imagine('a red fox in the snow');
  const line = lastLine(await until('Waiting: 4 images ahead of yours, about '));
  expect(line).toMatch(/, about ([23] minutes|1\d0 s) · Stable Image Core$/); // 60 s and what is left of the first
  story.app.kill(); // it would wait for the model
});

it('a process that lost its batches to another while they waited for the model pays for no more of their images', async () => {
  const story = await startStory({ settings });
  const { bedrock } = story;
  let isThrottled = true;
  bedrock.faults.add(throttled, { times: always, when: () => isThrottled });
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

it('a user with twelve images that wait does not hold up a user with four, who reads the true position', async () => {
  // what is throttled counts: after the pause, the quota is left for that image and the next nine
  const story = await startStory({ settings: { ...settings, BEDROCK_REQUESTS_PER_MINUTE: '11' } });
  const { bedrock, ana, ben } = story;
  bedrock.faults.add(throttled);
  await story.imagine('a red fox --n 1 --seed 100');
  await story.until(() => bedrock.requests().length === 1 && bedrock.inFlight() === 0);
  for (const seed of [200, 300, 400]) await story.imagine(`a red fox --seed ${seed}`);
  await story.until(() => story.posted().filter(isWaiting).length === 3);
  await story.imagine('a blue fox --seed 500', { user: ben });
  await story.see('the position', (message) => lastLine(message).startsWith('Waiting: 1 image ahead of yours, about '));
  await story.until(() => bedrock.requests().length === 11);
  const seeds = bedrock.requests().map(({ seed }) => seed);
  const after = [100, ...[200, 201, 202, 203], 300, ...[500, 501, 502, 503]];
  expect([seeds[0], ...seeds.slice(1).sort()]).toEqual([100, ...after]);
  await story.until(() => finishedFor(story).length === 3);
  expect(finishedFor(story)).toEqual([ana, ana, ben]);
  expect(story.posted().filter((message) => !isFinished(message))).toHaveLength(2);
  story.app.kill(); // it would wait for the model
});

it('images of twenty batches are drawn all at once if the quota allows it', async () => {
  const { bedrock, ...story } = await startStory();
  bedrock.setLatency(5000); // enough for all to begin on a busy machine
  await Promise.all(Array.from({ length: 20 }, () => story.imagine('a red fox')));
  await story.until(() => story.posted().filter(isFinished).length === 20);
  expect(bedrock.requests()).toHaveLength(80);
  expect(bedrock.maxInFlight()).toBe(80);
});

it('a model that takes longer than a minute is called as often as its quota allows', async () => {
  const { bedrock, app, ...story } = await startStory({ settings: { BEDROCK_REQUESTS_PER_MINUTE: '30' } });
  bedrock.faults.add({ kind: 'never' }, { times: always });
  await Promise.all(Array.from({ length: 8 }, () => story.imagine('a red fox')));
  await story.until(() => story.posted().length === 8 && bedrock.inFlight() === 30);
  app.kill(); // it would wait for the model
});
