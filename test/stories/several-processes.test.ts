import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RunningApp } from '../../sandbox/start-app.js';
import { findRedisProblem, startRedis } from '../../sandbox/start-redis.js';
import { quotaMilliseconds } from '../../src/engine/attempts.js';
import { limiterOf } from '../../src/engine/bullmq.js';
import { countImages, isFinished, jobKey, type Story, type StoryOptions, startProcessStory, textOf } from './story.js';

const problem = findRedisProblem();

/** To look at everything that there is takes a while. */
const seldom = { timeout: 50_000, interval: 250 };

/** Loaded before an app, which then seems to run on a machine of this name: only silence tells others that it is dead. */
const onMachine = (name: string) => ({
  preload: new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { syncBuiltinESMExports } from 'node:module';
      import os from 'node:os';
      os.hostname = () => '${name}';
      syncBuiltinESMExports();`)}`,
  ),
});

/** Three processes, each on a machine of its own, over one bucket and one Redis. */
async function startThree({ settings, ...options }: StoryOptions) {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const shared = { ...options, settings: { REDIS_URL: redis.url, ...settings } };
  const { app: first, ...story } = await startProcessStory(shared, onMachine('one'));
  const others = [story.startProcess({}, onMachine('two')), story.startProcess({}, onMachine('three'))] as const;
  const [second, third] = await Promise.all(others);
  await story.until(() => story.workspace.connections() === 3);
  return { ...story, first, second, third };
}

/** What people see and do in a channel of a dozen of them, who ask by turns. */
function inviteCrowd({
  workspace,
  imagine,
  posted,
  privately,
}: Pick<Story, 'workspace' | 'imagine' | 'posted' | 'privately'>) {
  const people = Array.from({ length: 12 }, (_, number) => workspace.addPerson({ name: `person${number}` }).id);
  const members = [...people, workspace.app.botUserId];
  const { id: channel } = workspace.addChannel({ name: 'everyone', kind: 'public', members });
  const askOne = (prompt: string, index: number) =>
    imagine(prompt, { channel, user: people[index % people.length] ?? '' });
  return {
    ask: (prompts: readonly string[]) => Promise.all(prompts.map(askOne)),
    posted: () => posted(channel),
    privately: () => people.flatMap((user) => privately(channel, user)),
  };
}

/** Batches that it went on with, with the time. */
const resumedBy = (app: RunningApp): Map<string, number> =>
  new Map(
    app
      .output()
      .split('\n')
      .filter((line) => line.includes('"msg":"resuming an open job"'))
      .map((line): { time: string; batch: string } => JSON.parse(line))
      .map(({ time, batch }) => [batch, Date.parse(time)]),
  );

describe.skipIf(problem)(`several processes on one Redis${problem ? `, skipped: ${problem}` : ''}`, () => {
  it('finish 60 batches within one quota, though one of them is killed and one is stopped in the middle', {
    timeout: 120_000,
  }, async () => {
    const requestsPerMinute = 960;
    const settings = { BEDROCK_REQUESTS_PER_MINUTE: `${requestsPerMinute}` };
    const story = await startThree({ settings, bedrock: { latencyMs: 1000 } });
    const { bedrock, first, second, third } = story;
    const crowd = inviteCrowd(story);
    const prompts = Array.from({ length: 60 }, (_, number) => `a fox with the number ${number + 10}`);
    const asked = () => bedrock.requests().map(({ seed = 0 }) => seed);
    const stored = () =>
      story.records().flatMap(({ images }) => images.flatMap(({ state, seed }) => (state === 'stored' ? seed : [])));

    const askedAt = Date.now();
    await crowd.ask(prompts.slice(0, 40));
    await vi.waitUntil(() => story.records().filter(({ destination }) => destination).length === 40, seldom); // shown
    await story.until(() => asked().length >= 60);
    const killedAt = Date.now();
    await first.kill();
    const [dead] = story.keys(new RegExp(`/processes/.+/${first.process.pid}$`)).map((key) => key.split('/')[2]);
    const orphans = story.jobs().flatMap(({ owner, batch }) => (owner === dead ? batch.id : []));
    const atKill = new Set(stored());
    const underWay = asked().filter((seed) => !atKill.has(seed));
    await story.until(() => story.workspace.connections() === 2);
    await crowd.ask(prompts.slice(40));
    await story.until(() => asked().length >= 140);
    expect(await second.stop()).toBe(0);
    await vi.waitUntil(() => story.keys(jobKey).length === 0, seldom);

    // every batch ends with its four images, and is seen once
    const posted = crowd.posted();
    expect(posted.map(countImages)).toEqual(prompts.map(() => 4));
    expect(posted.filter((message) => !isFinished(message))).toEqual([]);
    const seen = posted.map((message) => /a fox with the number \d+/.exec(textOf(message))?.[0]);
    expect(seen.toSorted()).toEqual(prompts);
    expect(crowd.privately()).toEqual([]);

    // no image is paid for twice, apart from calls under way at the kill
    const twice = asked().filter((seed, index, all) => all.indexOf(seed) < index);
    const abandoned = bedrock.abandoned().map(({ seed = 0 }) => seed);
    expect(underWay, `${second.output()}${third.output()}`).toEqual(expect.arrayContaining(twice));
    expect(twice).toEqual(expect.arrayContaining(abandoned));
    expect(asked().length).toBe(240 + new Set(twice).size);

    // what the killed process had begun goes on within 20 seconds
    const resumed = new Map([...resumedBy(third), ...resumedBy(second)]);
    expect(orphans.length).toBeGreaterThan(0);
    expect([...resumed.keys()]).toEqual(expect.arrayContaining(orphans));
    const waits = orphans.map((id) => (resumed.get(id) ?? Number.POSITIVE_INFINITY) - killedAt);
    expect(Math.max(...waits)).toBeLessThan(20_000);

    // calls may come later than the quota lets them start, never sooner
    const { max, duration } = limiterOf({
      requestsPerMinute,
      windowMilliseconds: quotaMilliseconds,
      timeoutSeconds: 120,
    });
    const allowedAt = (time: number) => max * (Math.floor((time - askedAt) / duration) + 1);
    const times = bedrock.requests().map(({ at }) => at.getTime());
    expect(times.filter((at, index) => index >= allowedAt(at))).toEqual([]);
  });
});
