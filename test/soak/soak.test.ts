import { expect, it, vi } from 'vitest';
import { imageKey } from '../../src/aws/keys.js';
import { isStored } from '../../src/core/batch/batch.js';
import { jobKey } from '../stories/story.js';
import { soakFaults } from './soak-faults.js';
import { type Soak, startSoak } from './start-soak.js';

/** Two faults in each: 60 for 300 batches. */
const rounds = 30;
const batchesInRound = 10;
const faultsInRound = 2;
const killsIn: readonly number[] = [5, 10];
const dropIn = 12;
/** What is kept once is there by then: compiled code, buffers for the largest answer that there is. */
const firstLooks: readonly number[] = [14, 15, 16, 17, 18];
const lastLooks: readonly number[] = [26, 27, 28, 29, 30];
/** Far beyond noise: the buffers that a burst of answers needs come and go. */
const maxGrowth = 150_000_000;

const settled = { timeout: 150_000, interval: 500 };

const image = /\.png$/;

/** What was unfinished when the app was killed, and the images that were in the bucket by then. */
interface Kill {
  prompts: readonly string[];
  stored: readonly string[];
}

/** Kills the app in the middle of the round's images, and starts it again. */
async function playKill(soak: Soak): Promise<Kill> {
  const before = soak.drawn().length;
  soak.bedrock.setLatency(300); // so that some images are there, and others under way
  const asked = soak.ask(batchesInRound);
  await vi.waitFor(() => expect(soak.drawn().length).toBeGreaterThan(before + 8), { timeout: 10_000, interval: 5 });
  await soak.kill();
  await asked;
  const kill = { prompts: soak.waiting().map(({ prompt }) => prompt), stored: soak.keys(image) };
  expect(kill.prompts).not.toEqual([]);
  await soak.start();
  return kill;
}

/** Goes on when all have their answer but those who met a fault: their batch may be tried again a minute later. */
async function playRound(soak: Soak, drops: boolean): Promise<void> {
  const before = soak.waiting().length + soak.unmet();
  await soak.ask(batchesInRound);
  if (drops) await soak.drop();
  const isThrough = () => expect(soak.waiting().length).toBeLessThanOrEqual(before + faultsInRound);
  await vi.waitFor(isThrough, { timeout: 30_000, interval: 50 });
}

async function play(soak: Soak): Promise<{ kills: Kill[]; growth: number }> {
  const kills: Kill[] = [];
  const memory = new Map<number, number>();
  for (let round = 1; round <= rounds; round += 1) {
    for (let fault = 0; fault < faultsInRound; fault += 1) {
      soakFaults[(round * faultsInRound + fault) % soakFaults.length]?.(soak);
    }
    if (killsIn.includes(round)) kills.push(await playKill(soak));
    else await playRound(soak, round === dropIn);
    soak.bedrock.setLatency(30);
    if ([...firstLooks, ...lastLooks].includes(round)) memory.set(round, await soak.memory());
  }
  const least = (looks: readonly number[]) => Math.min(...looks.map((round) => memory.get(round) ?? Number.NaN));
  return { kills, growth: least(lastLooks) - least(firstLooks) };
}

/** Only a call that was under way at a kill may be made again: never one whose image was in the bucket. */
function expectNothingDrawnTwice(soak: Soak, kills: readonly Kill[]): void {
  const batches = new Map(soak.records().map((batch) => [batch.prompt, batch]));
  for (const { prompt, seed } of soak.drawn().filter(({ times }) => times > 1)) {
    const image = batches.get(prompt)?.images.find((each) => each.seed === seed);
    const kill = kills.find(({ prompts }) => prompts.includes(prompt));
    expect(kill, prompt).toBeDefined();
    expect(kill?.stored.filter((key) => key.endsWith(`${batches.get(prompt)?.id}/${image?.number}.png`))).toEqual([]);
  }
}

it('300 batches with 60 faults, two kills and a dropped socket all end, and the app does not grow', async () => {
  const soak = await startSoak();
  await soak.start();
  const { kills, growth } = await play(soak);
  await vi.waitFor(() => expect(soak.keys(jobKey)).toEqual([]), settled); // seldom: the stand-ins share this process
  const recorded = new Set(soak.records().map(({ prompt }) => prompt));
  expect(soak.waiting().filter(({ prompt }) => recorded.has(prompt))).toEqual([]);

  // A command that was acknowledged and killed before anything of it was written is the one thing that is lost without a trace.
  const lost = soak.waiting().map(({ prompt }) => prompt);
  expect(lost.filter((prompt) => !kills.some(({ prompts }) => prompts.includes(prompt)))).toEqual([]);
  expect(soak.drawn().filter(({ prompt }) => lost.includes(prompt))).toEqual([]);

  const posts = soak.askers.map(({ channel }) => soak.workspace.messages(channel).length);
  expect(Math.max(...posts)).toBe(1);

  const stored = soak
    .records()
    .flatMap((batch) => batch.images.filter(isStored).map((image) => imageKey(batch, image)));
  expect(soak.keys(image).toSorted()).toEqual(stored.toSorted());
  expect(stored.length).toBeGreaterThan(1000);

  expectNothingDrawnTwice(soak, kills);
  expect(growth).toBeLessThan(maxGrowth);
}, 300_000);
