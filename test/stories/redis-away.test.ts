import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { findRedisProblem, startRedis } from '../../sandbox/start-redis.js';
import { freePort } from './free-port.js';
import { countImages, fox, isFinished, recordKey, startProcessStory } from './story.js';

const problem = findRedisProblem();
const seldom = { timeout: 40_000, interval: 200 };

/** What it has logged of Redis and its queues, and of what it did not expect. */
const troublesOf = (output: string): string[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): { msg: string } => JSON.parse(line))
    .flatMap(({ msg }) => (/^(?:redis|queue|unhandled)/.test(msg) ? msg : []));

describe.skipIf(problem)(`Redis goes away${problem ? `, skipped: ${problem}` : ''}`, () => {
  it('and comes back empty: a request made meanwhile costs nothing, and what waited is drawn, none of it twice', {
    timeout: 120_000,
  }, async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const port = await freePort();
    const settings = { REDIS_URL: redis.url, BEDROCK_REQUESTS_PER_MINUTE: '120', HEALTH_PORT: `${port}` };
    const story = await startProcessStory({ settings, bedrock: { latencyMs: 3000 } });
    const other = await story.startProcess({ HEALTH_PORT: '' });
    const { bedrock, workspace, s3, bucket } = story;
    const readiness = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
      return `${answer.status} ${await answer.text()}`;
    };
    const waitUntilReady = (text: string) => vi.waitFor(async () => expect(await readiness()).toBe(text), seldom);
    const seeds = () => bedrock.requests().map(({ seed = 0 }) => seed);
    const saved = () => story.keys(/\/\d\.png$/);
    await story.until(() => workspace.connections() === 2);

    await Promise.all(Array.from({ length: 4 }, () => story.imagine('a red fox')));
    await story.until(() => seeds().length >= 8 && saved().length >= 4); // one burst is done, one under way for a while
    await redis.stop('SIGKILL');
    await waitUntilReady('503 redis: the server cannot be reached\n');
    await story.imagine(fox, { user: story.ben });
    await story.seePrivately('I cannot start new images right now, so nothing was drawn.', { user: story.ben });
    const [counted = ''] = story.keys(new RegExp(`/usage/.*${story.ben}`));
    expect(JSON.parse(s3.object(bucket, counted)?.bytes.toString() ?? '')).toMatchObject({ batches: {} });
    await story.until(() => bedrock.inFlight() === 0); // what is drawn is saved without Redis
    const back = await startRedis({ port: redis.port });
    onTestFinished(() => back.stop());
    await waitUntilReady('200 ok\n');
    await vi.waitUntil(() => story.jobs().length === 0, seldom);

    const posted = story.posted();
    expect(posted.filter(isFinished).map(countImages)).toEqual([4, 4, 4, 4]);
    expect([posted.length, story.keys(recordKey).length]).toEqual([4, 4]);
    expect([seeds().length, new Set(seeds()).size]).toEqual([16, 16]);
    for (const app of [story.app, other]) {
      expect(troublesOf(app.output())).toEqual(['redis does not answer; images wait', 'redis answers again']);
      expect(await app.stop()).toBe(0);
    }
  });
});
