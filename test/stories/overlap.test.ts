import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { RunningApp } from '../../sandbox/start-app.js';
import { drawn } from './restart-story.js';
import { always, countImages, fox, isFinished, jobKey, type Story, startProcessStory } from './story.js';

const preload = (code: string) => ({ preload: new URL(`data:text/javascript,${encodeURIComponent(code)}`) });

const onAnotherMachine = preload(`
  import os from 'node:os';
  import { syncBuiltinESMExports } from 'node:module';
  os.hostname = () => 'another-machine';
  syncBuiltinESMExports();
`);

/** A clock for processes, which is at once ahead by as much as it is told to be. */
async function createClock() {
  const folder = await mkdtemp(join(tmpdir(), 'imagine-clock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'ahead');
  const goAhead = (milliseconds: number) => writeFile(file, String(milliseconds));
  await goAhead(0);
  const options = preload(`
    import { readFileSync } from 'node:fs';
    const RealDate = Date;
    const now = () => RealDate.now() + Number(readFileSync(${JSON.stringify(file)}, 'utf8'));
    globalThis.Date = class extends RealDate {
      constructor(...parts) {
        if (parts.length === 0) super(now());
        else super(...parts);
      }
      static now() { return now(); }
    };
  `);
  return { options, goAhead };
}

/** Nothing of one batch was lost, drawn or posted twice. */
function expectOneOfEach(story: Story, times: readonly number[]): void {
  expect(story.records()).toMatchObject([
    { finishedAt: expect.any(String), images: [100, 101, 102, 103].map((seed) => ({ state: 'stored', seed })) },
  ]);
  expect(drawn(story)).toEqual(times);
  expect(story.posted().map((message) => [countImages(message), isFinished(message)])).toEqual([[4, true]]);
  expect(story.jobs()).toEqual([]);
}

/** When it said this in its log. */
function timeOf(app: RunningApp, event: string): number {
  const line = app
    .output()
    .split('\n')
    .find((text) => text.includes(`"msg":"${event}"`));
  return new Date(JSON.parse(line ?? '{}').time).getTime();
}

const processKeys = ({ keys }: Story) => keys(/\/processes\//);

it('an open batch goes on within two seconds of when a process is ready that starts right after the process was killed', async () => {
  const story = await startProcessStory();
  const { bedrock } = story;
  bedrock.faults.add({ kind: 'never' }, { times: 4 });
  await story.imagine(fox);
  await story.until(() => bedrock.inFlight() === 4);
  await story.app.kill();
  const started = Date.now();
  const app = await story.startProcess();
  const ready = timeOf(app, 'ready');
  await story.settled();
  expectOneOfEach(story, [2, 2, 2, 2]);
  expect(story.asked('GetObject', jobKey)).toHaveLength(1); // it claims at its first look
  const drawing = bedrock.requests().slice(4);
  const last = Math.max(...drawing.map(({ at }) => at.getTime()));
  expect(last - ready).toBeLessThan(Math.max(2000, 2 * (ready - started))); // on a busy machine, all takes longer
});

it.each([
  ['the same machine', 1, undefined],
  ['another machine', 2, onAnotherMachine],
])(
  'an old process that stops while a new one runs on %s finishes its batch, and the new one draws the next',
  async (_where, machines, options) => {
    const story = await startProcessStory();
    const { bedrock, workspace } = story;
    let goOn = () => {};
    const hold = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    story.planS3({ kind: 'held', until: hold }, 'PutObject', /\.png$/, always);
    await story.imagine(fox);
    await story.until(() => story.asked('PutObject', /\.png$/).length === 4);
    const [old] = processKeys(story);
    const app = await story.startProcess({}, options);
    await story.until(() => story.asked('GetObject', jobKey).length > 0); // it knows of the batch
    expect(new Set(processKeys(story).map((key) => key.split('/')[3])).size).toBe(machines);
    const stopped = story.app.stop();
    goOn();
    expect(await stopped).toBe(0);
    expectOneOfEach(story, [1, 1, 1, 1]);
    expect(processKeys(story)).toHaveLength(1);
    expect(processKeys(story)).not.toContain(old);
    expect(workspace.connections()).toBe(1);
    await story.imagine('a blue fox --seed 200');
    await story.until(() => story.posted().filter(isFinished).length === 2);
    expect(bedrock.requests()).toHaveLength(8);
    expect(app.output()).not.toContain('resuming an open job');
  },
);

it('an old process that is paused until a new one has drawn its batch pays for no further image and posts nothing', async () => {
  const clock = await createClock();
  const settings = { BEDROCK_REQUESTS_PER_MINUTE: '2' }; // two images wait for a minute
  const story = await startProcessStory({ settings }, clock.options);
  const { bedrock, workspace } = story;
  bedrock.faults.add({ kind: 'slow', milliseconds: 1000 }, { times: 2 });
  await story.imagine(fox);
  await story.until(() => bedrock.inFlight() === 2);
  story.app.pause();
  await story.until(() => bedrock.inFlight() === 0); // it has not read what it paid for
  story.passMinutes(2);
  await story.startProcess({ BEDROCK_REQUESTS_PER_MINUTE: '10000' });
  await story.until(() => story.posted().some(isFinished));
  await story.settled();
  expect(drawn(story).sort()).toEqual([1, 1, 2, 2]);
  const calls = workspace.calls().length;
  await clock.goAhead(120_000);
  story.app.resume();
  expect(await story.app.stop()).toBe(0);
  expectOneOfEach(story, drawn(story));
  expect(bedrock.requests()).toHaveLength(6);
  expect(
    workspace
      .calls()
      .slice(calls)
      .map(({ method }) => method),
  ).toEqual([]);
});
