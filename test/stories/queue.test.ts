import { expect, it, vi } from 'vitest';
import type { Workspace } from '../../sandbox/workspace/driver.js';
import { always, isFinished, lastLine, startProcessStory, startStory } from './story.js';

/** To read what a hundred people see takes a while. */
const rarely = { timeout: 50_000, interval: 500 };

/** A hundred people ask for this, all at once. */
async function askAll(workspace: Workspace, text: string) {
  const people = Array.from({ length: 100 }, (_, number) => workspace.addPerson({ name: `person${number}` }).id);
  const members = [...people, workspace.app.botUserId];
  const { id: channel } = workspace.addChannel({ name: 'everyone', kind: 'public', members });
  const answers = await Promise.all(people.map((user) => workspace.command({ user, channel, text })));
  const batches = () => workspace.messages(channel).filter(({ isEphemeral }) => !isEphemeral);
  const refusals = () =>
    people.flatMap((user) => workspace.messages(channel, { as: user }).filter(({ isEphemeral }) => isEphemeral));
  return { answers, batches, refusals };
}

it('a hundred commands at once are all acknowledged within a second, and all drawn', async () => {
  const { workspace, bedrock } = await startProcessStory({ workspace: { settings: { acknowledgementMs: 1000 } } });
  const { answers, batches } = await askAll(workspace, 'a red fox --n 1');
  expect(answers.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
  await vi.waitFor(() => expect(batches().filter(isFinished)).toHaveLength(100), rarely);
  expect(batches().flatMap(({ images }) => images)).toHaveLength(100);
  expect(bedrock.requests()).toHaveLength(100);
  expect(bedrock.maxInFlight()).toBeLessThanOrEqual(16);
});

it('a hundred commands at once beyond the quota wait with their place in the line, or are refused: none is lost', async () => {
  const { workspace, bedrock } = await startProcessStory({ settings: { BEDROCK_REQUESTS_PER_MINUTE: '24' } });
  const { answers, batches, refusals } = await askAll(workspace, 'a red fox in the snow');
  expect(answers.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
  await vi.waitFor(() => {
    expect(batches().filter(isFinished)).toHaveLength(6);
    expect(batches().length + refusals().length).toBe(100);
  }, rarely);
  const lines = batches()
    .filter((message) => !isFinished(message))
    .map((message) => lastLine(message).split(' · ')[0] ?? '');
  const waiting = lines.filter((line) => /^Waiting: \d+ images ahead of yours, about \d+ minutes$/.test(line));
  expect(waiting.length).toBeGreaterThan(40);
  // Some were told "Drawing" and then overtaken; everyone is told something.
  expect(lines.filter((line) => !/^(Waiting|Drawing 4 images)/.test(line))).toEqual([]);
  // Ten minutes of line are 240 images; how many of them have begun when the last one asks is a matter of luck.
  expect(refusals().length).toBeGreaterThanOrEqual(100 - (240 + 24) / 4);
  expect(refusals().length).toBeLessThanOrEqual(40);
  expect(refusals().map(({ text }) => text)).toSatisfy((texts: string[]) =>
    texts.every((text) => text.startsWith('Too many people are drawing right now: ')),
  );
  expect(bedrock.requests()).toHaveLength(24);
});

it('a person reads how long the line is, by the quota of the model', async () => {
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
