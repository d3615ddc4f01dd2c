import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRedisProblem, type RunningRedis, startRedis } from '../../sandbox/start-redis.js';
import { ImageModelError } from '../../src/core/errors.js';
import { concurrencyOf } from '../../src/engine/attempts.js';
import { limiterOf } from '../../src/engine/bullmq.js';
import { testContract } from './contract.js';
import { hang, modelId, startWorld, until } from './world.js';

const problem = findRedisProblem();

describe.skipIf(problem)(`the engine in Redis${problem ? `, skipped: ${problem}` : ''}`, () => {
  let redis: RunningRedis;
  const urlOf = () => redis.url;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  testContract(urlOf);

  test('has every process draw, within one quota for all', async () => {
    const world = await startWorld(urlOf(), { requestsPerMinute: 20, windowMilliseconds: 1500 });
    const engines = await Promise.all([world.startEngine(), world.startEngine(), world.startEngine()]);
    await Promise.all(engines.map((engine, index) => world.draw(engine, world.batchOf(`U0${index}`, index * 100, 16))));
    const starts = world.calls.map(({ at }) => at);
    const inMinuteOf = (start: number) => starts.filter((at) => at >= start && at < start + 1400).length;
    expect(Math.max(...starts.map(inMinuteOf))).toBeLessThanOrEqual(24);
    expect([new Set(world.seeds()).size, starts.length]).toEqual([48, 48]);
    expect(new Set(world.calls.map(({ engine }) => engine)).size).toBeGreaterThan(1);
  });

  test('keeps no image once it is drawn', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    await world.draw(engine, world.batchOf('U0ANA', 100));
    const keys = () => engine.redis?.keys(`imagine-${world.workspaceId}:*U0ANA*`);
    await until(async () => (await keys())?.length === 0);
  });

  test('draws no image again that a process saved before it was killed', async () => {
    const world = await startWorld(urlOf());
    const killed = await world.startEngine();
    world.answer(hang);
    const batch = world.batchOf('U0ANA', 100, 1);
    void world.draw(killed, batch);
    await until(() => world.calls.length === 1);
    killed.kill();
    await world.saveAs(batch);
    const engine = await world.startEngine();
    expect(await world.draw(engine, batch)).toMatchObject([{ state: 'stored', seed: 100 }]);
    expect(world.calls).toHaveLength(1);
  });

  test('draws nothing more of a stopped batch whose process was killed', async () => {
    const world = await startWorld(urlOf(), { requestsPerMinute: 4 });
    const killed = await world.startEngine();
    world.answer(hang);
    void world.draw(killed, world.batchOf('U0ANA', 100));
    await until(() => world.calls.length === 4);
    const batch = world.batchOf('U0BEN', 200);
    void world.draw(killed, batch);
    await until(async () => (await killed.queues.waiting())[0]?.count === 4);
    killed.kill();
    await world.saveAs(batch);
    const engine = await world.startEngine();
    const stopped = { ...batch, stoppedAt: '2026-11-20T10:00:05.000Z' };
    const drawn = await world.draw(engine, stopped, {}, { id: batch.id, isResumed: true });
    expect(drawn.map((image) => image?.state)).toEqual(['stored', 'failed', 'failed', 'failed']);
    expect(await engine.queues.waiting()).toMatchObject([{ count: 0 }]);
  });

  test('draws no image of a resumed job again that is in the bucket, if Redis does not know it any more', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    const batch = world.batchOf('U0ANA', 100, 1);
    await world.saveAs(batch);
    expect(await world.draw(engine, batch, {}, { id: batch.id, isResumed: true })).toMatchObject([
      { state: 'stored', seed: 100 },
    ]);
    expect(world.calls).toEqual([]);
  });

  test('adds again what Redis forgot, and draws no image twice that is under way', async () => {
    const world = await startWorld(urlOf(), { requestsPerMinute: 4, windowMilliseconds: 1500 });
    const engine = await world.startEngine();
    const finish = world.holdCalls();
    const drawn = world.draw(engine, world.batchOf('U0ANA', 100, 6));
    await until(() => world.calls.length === 4);
    await engine.redis?.flushall();
    finish();
    expect((await drawn).map((image) => image?.state)).toEqual(Array(6).fill('stored'));
    expect(world.seeds().sort()).toEqual([100, 101, 102, 103, 104, 105]);
  });

  test('pauses for a throttled call without shortening the quota’s window or a longer pause', async () => {
    const world = await startWorld(urlOf(), { requestsPerMinute: 4 });
    const engine = await world.startEngine();
    world.answer(async ({ seed }) => {
      if (seed < 102) throw new ImageModelError('throttled', 'ThrottlingException');
    });
    void world.draw(engine, world.batchOf('U0ANA', 100));
    const limiter = `imagine-${world.workspaceId}:${modelId.replace(':', '_')}:limiter`;
    await until(async () => (await engine.redis?.get(limiter)) === '9007199254740991'); // no more calls may start
    expect(await engine.redis?.pttl(limiter)).toBeGreaterThan(50_000);
  });

  test('draws no image twice that was under way while Redis was away for longer than a lock lasts', async () => {
    const world = await startWorld(urlOf());
    const [engine] = await Promise.all([world.startEngine(), world.startEngine()]);
    const finish = world.holdCalls();
    const drawn = world.draw(engine, world.batchOf('U0ANA', 100));
    await until(() => world.calls.length === 4);
    const locks = () => engine.redis?.keys(`imagine-${world.workspaceId}:*:lock`);
    await redis.process.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 11_000)); // locks expire by the server's own clock
    redis.process.kill('SIGCONT');
    await until(async () => (await locks())?.length === 4);
    finish();
    expect((await drawn).map((image) => image?.state)).toEqual(Array(4).fill('stored'));
    expect(world.calls).toHaveLength(4);
  });

  test('calls an image that the queue failed stored if it is in the bucket', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    world.answer(hang);
    const batch = world.batchOf('U0ANA', 100, 1);
    const drawn = world.draw(engine, batch);
    await until(() => world.calls.length === 1);
    await world.saveAs(batch);
    await engine.redis?.hset(`imagine-${world.workspaceId}:${modelId.replace(':', '_')}:U0ANA-${batch.id}-1`, {
      failedReason: 'READONLY',
      finishedOn: '1',
    });
    expect(await drawn).toMatchObject([{ state: 'stored', seed: 100 }]);
  });

  test('takes a line for full by what its bursts let start', async () => {
    const world = await startWorld(urlOf(), { requestsPerMinute: 10 });
    const engine = await world.startEngine();
    for (let batch = 0; batch < 20; batch += 1) await engine.queues.enqueue(world.batchOf(`U0${batch}`, 100));
    expect(await engine.queues.enqueue(world.batchOf('U0ANA', 100))).toMatchObject({ refusal: { waiting: 80 } });
  });

  test('refuses requests while Redis is away, and goes on with what waits once it is back', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    engine.cutRedis?.();
    await until(() => engine.redis?.status !== 'ready');
    await expect(engine.queues.enqueue(world.batchOf('U0ANA', 100))).rejects.toMatchObject({
      problem: { kind: 'queue_unreachable' },
    });
    const drawn = world.draw(engine, world.batchOf('U0BEN', 200));
    engine.joinRedis?.();
    expect((await drawn).map((image) => image?.state)).toEqual(Array(4).fill('stored'));
    expect(engine.log.lines.filter(({ event }) => event.startsWith('redis'))).toMatchObject([
      { severity: 'error', event: 'redis does not answer; images wait' },
      { severity: 'info', event: 'redis answers again' },
    ]);
  });

  test('leaves what waits to other processes when it stops, and finishes what it draws', async () => {
    const world = await startWorld(urlOf(), { requestsPerMinute: 4, windowMilliseconds: 1500 });
    const engine = await world.startEngine();
    const finish = world.holdCalls();
    const batch = world.batchOf('U0ANA', 100, 6);
    const left = world.draw(engine, batch);
    await until(() => world.calls.length === 4);
    const stopped = engine.stop();
    finish();
    await stopped;
    expect((await left).map((image) => image?.state)).toEqual([...Array(4).fill('stored'), undefined, undefined]);
    const other = await world.startEngine();
    await world.draw(other, { ...batch, images: batch.images.slice(4) });
    expect(world.calls.map(({ seed, engine: by }) => [seed, by])).toEqual([
      ...[100, 101, 102, 103].map((seed) => [seed, 1]),
      [104, 2],
      [105, 2],
    ]);
  });
});

test.each([
  [30, 120, 60],
  [90, 120, 180],
  [90, 60, 90],
  [960, 120, 250],
])(
  'with %i calls a minute and a deadline of %i seconds, %i calls can be under way',
  (requestsPerMinute, timeoutSeconds, calls) => {
    expect(concurrencyOf({ requestsPerMinute, timeoutSeconds, windowMilliseconds: 60_000 })).toBe(calls);
  },
);

test('whenever calls come, no minute has more than the quota and four of them', () => {
  const times = fc.record({
    requestsPerMinute: fc.integer({ min: 1, max: 40 }),
    gaps: fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 30, maxLength: 80 }),
  });
  fc.assert(
    fc.property(times, ({ requestsPerMinute, gaps }) => {
      const { max, duration } = limiterOf({ requestsPerMinute, windowMilliseconds: 60_000, timeoutSeconds: 120 });
      expect(max / duration).toBeLessThanOrEqual(requestsPerMinute / 60_000);
      const starts: number[] = [];
      let window = { begins: Number.NEGATIVE_INFINITY, calls: 0 };
      let time = 0;
      for (const gap of gaps) {
        time += gap;
        if (time < window.begins + duration && window.calls === max) time = window.begins + duration;
        if (time >= window.begins + duration) window = { begins: time, calls: 0 };
        window.calls += 1;
        starts.push(time);
      }
      const inMinuteOf = (start: number) => starts.filter((at) => at >= start && at < start + 60_000).length;
      expect(Math.max(...starts.map(inMinuteOf))).toBeLessThanOrEqual(requestsPerMinute + 4);
    }),
  );
});
