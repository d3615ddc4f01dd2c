import { expect, it, vi } from 'vitest';
import type { Workspace } from '../../sandbox/workspace/driver.js';
import { countImages, isFinished, lastLine, startProcessStory } from '../stories/story.js';

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
  expect(batches().map(countImages)).toEqual(Array(100).fill(1));
  expect(bedrock.requests()).toHaveLength(100);
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
  const waiting = lines.filter((line) => /^Waiting: \d+ images ahead of yours, about \d+ (?:minutes|s)$/.test(line));
  expect(waiting.length).toBeGreaterThan(25);
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
