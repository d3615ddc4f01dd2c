import { expect, test } from 'vitest';
import type { BatchImage } from '../../src/core/batch/batch.js';
import type { Job } from '../../src/core/batch/job.js';
import { ImageModelError } from '../../src/core/errors.js';
import type { Engine } from '../../src/engine/engine.js';
import { exampleBatch } from '../core/example-batch.js';
import { hang, type Limits, modelId, startWorld, until } from './world.js';

/** Refuses what is not seen after the minute in which the burst came. */
const burst: Partial<Limits> = { requestsPerMinute: 4, windowMilliseconds: 1000 };

/** What both engines do. @param urlOf where Redis is, for the engine that uses it */
export function testContract(urlOf: () => string | undefined): void {
  test('draws and saves an image, and says what is stored', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    const [image] = await world.draw(engine, world.batchOf('U0ANA', 100, 1));
    expect(image).toMatchObject({ number: 1, seed: 100, state: 'stored', mediaType: 'image/png', byteLength: 3 });
    expect(world.s3.objects('images').filter(({ key }) => key.endsWith('/1.png'))).toHaveLength(1);
  });

  test('draws once what is added twice', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    const batch = world.batchOf('U0ANA', 100);
    const [one, other] = await Promise.all([world.draw(engine, batch), world.draw(engine, batch)]);
    expect(one).toEqual(other);
    expect(world.seeds().sort()).toEqual([100, 101, 102, 103]);
  });

  test('runs a job, and leaves nothing of it behind', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    const job = await engine.openJob(exampleBatch({ workspaceId: world.workspaceId }), { kind: 'pick' }, undefined);
    expect(world.jobRecords()).toMatchObject([{ id: job.id, failures: 0, task: { kind: 'pick' } }]);
    engine.add(job, async () => undefined);
    await until(() => world.jobRecords().length === 0);
  });

  test('tries a job that fails again, after 5, 10, 20, 40 and then every 60 seconds', async () => {
    const world = await startWorld(urlOf());
    let attempts = 0;
    const fail = async () => {
      attempts += 1;
      throw new Error('Slack does not answer');
    };
    const engine = await world.startEngine(fail);
    engine.add(
      await engine.openJob(exampleBatch({ workspaceId: world.workspaceId }), { kind: 'pick' }, undefined),
      fail,
    );
    const failures = () => world.jobRecords().map((record) => (record as { failures: number }).failures);
    for (const [index, seconds] of [5, 10, 20, 40, 60, 60].entries()) {
      await until(() => failures()[0] === index + 1);
      const [{ retryAt }] = world.jobRecords() as [{ retryAt: string }];
      const wait = Date.parse(retryAt) - world.now();
      expect(wait / 1000).toBeGreaterThan(seconds - 1);
      expect(wait / 1000).toBeLessThanOrEqual(seconds);
      world.pass(wait);
    }
    await until(() => attempts === 7);
  });

  test('never passes the quota of a minute by more than a burst of four', async () => {
    const world = await startWorld(urlOf(), { requestsPerMinute: 20, windowMilliseconds: 1500 });
    const engine = await world.startEngine();
    await Promise.all([1, 2, 3, 4, 5].map((user) => world.draw(engine, world.batchOf(`U0${user}`, user * 100, 12))));
    const starts = world.calls.map(({ at }) => at).sort((one, other) => one - other);
    expect(starts).toHaveLength(60);
    const inMinuteOf = (start: number) => starts.filter((at) => at >= start && at < start + 1400).length;
    expect(Math.max(...starts.map(inMinuteOf))).toBeLessThanOrEqual(24);
  });

  test('draws for each user in turn', async () => {
    const world = await startWorld(urlOf(), burst);
    const engine = await world.startEngine();
    const first = world.draw(engine, world.batchOf('U0ANA', 100, 12));
    await until(() => world.calls.length === 4);
    await world.draw(engine, world.batchOf('U0BEN', 200, 4));
    await first;
    expect(world.seeds().slice(4)).toEqual([104, 200, 105, 201, 106, 202, 107, 203, 108, 109, 110, 111]);
  });

  test('tells the true position of a batch, and about how long it waits', async () => {
    const world = await startWorld(urlOf(), { requestsPerMinute: 4, windowMilliseconds: 60_000 });
    const engine = await world.startEngine();
    const [ana, other, ben] = [
      world.batchOf('U0ANA', 100),
      world.batchOf('U0ANA', 104, 8),
      world.batchOf('U0BEN', 200),
    ];
    expect(await engine.queues.enqueue(ana)).toEqual({ position: undefined });
    void world.draw(engine, ana);
    await until(() => world.calls.length === 4);
    expect(await engine.queues.enqueue(other)).toMatchObject({ position: { ahead: 0 } });
    const { position } = (await engine.queues.enqueue(ben)) as { position: { ahead: number; milliseconds: number } };
    expect(position.ahead).toBe(1); // each user's first
    expect(position.milliseconds).toBeGreaterThan(50_000);
    expect(position.milliseconds).toBeLessThanOrEqual(60_000);
    expect(await engine.queues.waiting()).toMatchObject([{ modelId, count: 12 }]);
  });

  test('pauses the line of a model that throttles a call, which then goes first', async () => {
    const world = await startWorld(urlOf(), burst);
    const engine = await world.startEngine();
    let isThrottled = true;
    world.answer(async ({ seed }) => {
      if (seed === 100 && isThrottled) throw new ImageModelError('throttled', 'ThrottlingException');
    });
    const first = world.draw(engine, world.batchOf('U0ANA', 100, 1));
    await until(() => world.calls.length === 1);
    isThrottled = false;
    const [began] = world.calls;
    const others = world.draw(engine, world.batchOf('U0BEN', 200, 2));
    expect(await Promise.all([first, others])).toMatchObject([[{ state: 'stored' }], [{ state: 'stored' }, {}]]);
    expect(world.seeds()).toEqual([100, 100, 200, 201]);
    expect((world.calls[1]?.at ?? 0) - (began?.at ?? 0)).toBeGreaterThan(4_900);
  });

  test('gives up an image if a pause would pass its deadline', async () => {
    const world = await startWorld(urlOf(), { timeoutSeconds: 4 });
    const engine = await world.startEngine();
    world.answer(() => Promise.reject(new ImageModelError('throttled', 'ThrottlingException')));
    const drawn = await world.draw(engine, world.batchOf('U0ANA', 100, 1));
    expect(drawn).toMatchObject([{ state: 'failed', reason: 'throttled', seed: 100 }]);
    expect(world.calls).toHaveLength(1);
  });

  test('ends an image that takes longer than its deadline', async () => {
    const world = await startWorld(urlOf(), { timeoutSeconds: 1 });
    const engine = await world.startEngine();
    world.answer(hang);
    const drawn = await world.draw(engine, world.batchOf('U0ANA', 100, 1));
    expect(drawn).toMatchObject([{ state: 'failed', seed: 100 }]);
  });

  test('refuses what would wait longer than ten minutes, and takes it once there is room', async () => {
    const world = await startWorld(urlOf(), { requestsPerMinute: 1 });
    const engine = await world.startEngine();
    const [one, two, three] = [world.batchOf('U0ANA', 100), world.batchOf('U0BEN', 200), world.batchOf('U0CAT', 300)];
    await engine.queues.enqueue(one);
    await engine.queues.enqueue(two);
    expect(await engine.queues.enqueue(three)).toMatchObject({ refusal: { kind: 'line_full', waiting: 8 } });
    engine.queues.release(one.id);
    expect(await engine.queues.enqueue(three)).toMatchObject({ position: { ahead: 1 } });
  });

  test('fails an image whose model cannot be called', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    const batch = world.batchOf('U0ANA', 100, 1);
    const gone = { ...batch, images: batch.images.map((image) => ({ ...image, modelId: 'gone' })) };
    expect(await engine.queues.enqueue(gone)).toEqual({ position: undefined });
    expect(await world.draw(engine, gone)).toMatchObject([{ state: 'failed', reason: 'retired' }]);
  });

  test('reports the start of an image that waited, and of no other', async () => {
    const world = await startWorld(urlOf(), burst);
    const engine = await world.startEngine();
    const told: string[] = [];
    const first = world.draw(engine, world.batchOf('U0ANA', 100), { onStart: () => told.push('first') });
    await until(() => world.calls.length === 4);
    await world.draw(engine, world.batchOf('U0BEN', 200, 1), { onStart: () => told.push('second') });
    await first;
    expect(told).toEqual(['second']);
  });

  const outcomes = (images: readonly (BatchImage | undefined)[]) =>
    images.map((image) => (image?.state === 'failed' ? image.reason : image?.state));
  const stoppedAt = '2026-11-20T10:00:05.000Z';

  test('draws no image of a stopped batch that has not begun, and gives its place to others at once', async () => {
    const world = await startWorld(urlOf(), { requestsPerMinute: 4 });
    const engine = await world.startEngine();
    const finish = world.holdCalls();
    const [ana, ben, cat] = [world.batchOf('U0ANA', 100, 6), world.batchOf('U0BEN', 200), world.batchOf('U0CAT', 300)];
    const drawn = world.draw(engine, ana);
    await until(() => world.calls.length === 4);
    void world.draw(engine, ben);
    await until(async () => (await engine.queues.waiting())[0]?.count === 6);
    engine.queues.stop(ana);
    await until(async () => (await engine.queues.waiting())[0]?.count === 4);
    expect(await engine.queues.enqueue(cat)).toMatchObject({ position: { ahead: 1 } }); // ben's first
    finish();
    expect(outcomes(await drawn)).toEqual([...Array(4).fill('stored'), 'stopped', 'stopped']);
    expect(world.calls).toHaveLength(4);
    const ended = engine.observed.flatMap((seen) => (seen.kind === 'image ended' ? seen.outcome : []));
    expect(ended.sort()).toEqual([...Array(2).fill('stopped'), ...Array(4).fill('stored')].sort());
  });

  test('learns that another process stopped a batch', async () => {
    const world = await startWorld(urlOf(), burst);
    const [engine, other] = await Promise.all([world.startEngine(), world.startEngine()]);
    const finish = world.holdCalls();
    const batch = world.batchOf('U0ANA', 100, 6);
    let isStopped = false;
    const drawn = world.draw(engine, batch, { isStopped: async () => isStopped });
    await until(() => world.calls.length === 4);
    isStopped = true; // in the record
    other.queues.stop(batch);
    await new Promise((resolve) => setTimeout(resolve, 200));
    finish();
    expect(outcomes(await drawn)).toEqual([...Array(4).fill('stored'), 'stopped', 'stopped']);
    expect(world.calls).toHaveLength(4);
  });

  test('stops an image that waits to be tried again, without waiting for the pause to end', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    world.answer(() => Promise.reject(new ImageModelError('throttled', 'ThrottlingException')));
    const batch = world.batchOf('U0ANA', 100, 1);
    const drawn = world.draw(engine, batch);
    await until(async () => (await engine.queues.waiting())[0]?.count === 1 && world.calls.length === 1);
    const began = Date.now();
    engine.queues.stop(batch);
    expect(outcomes(await drawn)).toEqual(['stopped']);
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(world.calls).toHaveLength(1);
  });

  test('draws nothing of a batch that was stopped after it was announced, or before it is resumed', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    const announced = world.batchOf('U0ANA', 100, 1);
    await engine.queues.enqueue(announced);
    engine.queues.stop(announced);
    const resumed = { ...world.batchOf('U0BEN', 200, 1), stoppedAt };
    const all = [world.draw(engine, announced), world.draw(engine, resumed, {}, { id: resumed.id, isResumed: true })];
    expect((await Promise.all(all)).map(outcomes)).toEqual([['stopped'], ['stopped']]);
    expect(world.calls).toEqual([]);
  });

  test('estimates how long an image takes once it has drawn one', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    world.answer(() => new Promise((resolve) => setTimeout(resolve, 200)));
    const batch = world.batchOf('U0ANA', 100, 1);
    expect(engine.queues.drawingTime(batch)).toBeUndefined();
    await world.draw(engine, batch);
    expect(engine.queues.drawingTime(batch)).toBeGreaterThanOrEqual(199);
    expect(engine.queues.drawingTime({ images: batch.images.map((image) => ({ ...image, modelId: 'gone' })) })).toBe(
      undefined,
    );
  });

  test('goes on with the job of a process that was killed, and draws what that one had not saved', async () => {
    const world = await startWorld(urlOf());
    const batch = world.batchOf('U0ANA', 100);
    let drawn: unknown;
    const resume = async (job: Job, engine: Engine) => {
      drawn = await world.draw(engine, batch, {}, job);
    };
    const killed = await world.startEngine();
    world.answer(hang);
    const job = await killed.openJob(batch, { kind: 'draw', seeds: [] }, 'https://hooks.slack.test/commands/1');
    killed.add(job, async () => void (await world.draw(killed, batch, { isHeld: job.isHeld }, job)));
    await until(() => world.calls.length === 4);
    killed.kill();
    world.answer(async () => undefined);
    world.pass(60_000);
    await world.startEngine(resume);
    await until(() => world.jobRecords().length === 0);
    expect(drawn).toMatchObject([100, 101, 102, 103].map((seed) => ({ seed, state: 'stored' })));
    expect(
      world.calls
        .slice(4)
        .map(({ seed, engine }) => [seed, engine])
        .sort(),
    ).toEqual([100, 101, 102, 103].map((seed) => [seed, 2]));
  });

  test('leaves a job to its process as long as that process lives', async () => {
    const world = await startWorld(urlOf());
    const first = await world.startEngine();
    const job = await first.openJob(exampleBatch({ workspaceId: world.workspaceId }), { kind: 'pick' }, undefined);
    let resumed = 0;
    const second = await world.startEngine(async () => {
      resumed += 1;
    });
    await until(
      () =>
        world.s3.requests().filter(({ operation, key }) => operation === 'GetObject' && key.includes('/open/')).length >
        0,
    );
    expect(await job.isHeld()).toBe(true);
    await job.close();
    await second.stop();
    expect(resumed).toBe(0);
  });

  test('finishes what is drawn when it stops', async () => {
    const world = await startWorld(urlOf());
    const engine = await world.startEngine();
    let finish = () => {};
    world.answer(() => new Promise((resolve) => (finish = resolve)));
    const drawn = world.draw(engine, world.batchOf('U0ANA', 100, 1));
    await until(() => world.calls.length === 1);
    const stopped = engine.stop();
    finish();
    expect(await drawn).toMatchObject([{ state: 'stored' }]);
    await stopped;
    expect(world.s3.objects('images').filter(({ key }) => key.includes('/processes/'))).toEqual([]);
  });

  test('starts no further image once it stops, and leaves those that wait at once', async () => {
    const world = await startWorld(urlOf(), burst);
    const engine = await world.startEngine();
    const finish = world.holdCalls();
    const drawn = world.draw(engine, world.batchOf('U0ANA', 100, 6));
    await until(() => world.calls.length === 4);
    const stopped = engine.stop();
    finish();
    expect((await drawn).map((image) => image?.state)).toEqual([...Array(4).fill('stored'), undefined, undefined]);
    await stopped;
    expect(world.calls).toHaveLength(4);
  });
}
