import { onTestFinished, vi } from 'vitest';
import { createImageStore } from '../../src/aws/image-store.js';
import { createStores } from '../../src/aws/stores.js';
import type { Batch } from '../../src/core/batch/batch.js';
import type { ImageEvents } from '../../src/core/batch/deps.js';
import { imageTask } from '../../src/core/batch/draw-image.js';
import type { Job, Task } from '../../src/core/batch/job.js';
import type { GenerateImage } from '../../src/core/image-model.js';
import type { Observation } from '../../src/core/log.js';
import { createBullLines } from '../../src/engine/bullmq.js';
import { createEngine, type Engine } from '../../src/engine/engine.js';
import { createInProcessLines } from '../../src/engine/in-process.js';
import { connectRedis } from '../../src/engine/redis.js';
import { createInputs } from '../../src/images/inputs.js';
import { startBucket } from '../aws/bucket-server.js';
import { exampleBatch, pendingImage } from '../core/example-batch.js';
import { createRecordingLog } from '../core/recording-log.js';
import { createWire } from '../stories/wire.js';
import { startCuttable } from './cuttable.js';

export const modelId = 'stability.stable-image-core-v1:1';

export interface Limits {
  requestsPerMinute: number;
  /** What counts as a minute. */
  windowMilliseconds: number;
  timeoutSeconds: number;
}

/** One call of the model. */
interface Call {
  seed: number;
  at: number;
  engine: number;
}

let worlds = 0;

/** A bucket, a model with a quota, and engines that share both; in Redis if there is one. */
export async function startWorld(redisUrl: string | undefined, differences: Partial<Limits> = {}) {
  worlds += 1;
  const workspaceId = `T0WORLD${process.pid}W${worlds}`;
  const limits = { requestsPerMinute: 1000, windowMilliseconds: 60_000, timeoutSeconds: 30, ...differences };
  let passed = 0;
  const now = () => new Date(Date.now() + passed);
  const bucket = await startBucket({}, now);
  const stores = createStores(bucket);
  const calls: Call[] = [];
  let answer: (call: Call) => Promise<void> = async () => undefined;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let engines = 0;
  let ids = 0;

  /** A ULID that tells its number. */
  const newId = () => {
    ids += 1;
    return `01JC${String(ids).padStart(22, '0')}`;
  };

  async function startEngine(resume: (job: Job, engine: Engine) => Promise<void> = async () => undefined) {
    engines += 1;
    const engineNumber = engines;
    const log = createRecordingLog();
    const observed: Observation[] = [];
    const wire = createWire();
    const observe = (observation: Observation) => void observed.push(observation);
    const draw: GenerateImage = async ({ seed, abortSignal }) => {
      const call = { seed, at: Date.now(), engine: engineNumber };
      calls.push(call);
      await Promise.race([
        answer(call),
        ended,
        new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(abortSignal.reason))),
      ]);
      return { bytes: Uint8Array.of(1, 2, 3), mediaType: 'image/png', seed };
    };
    const images = createImageStore({ ...bucket, signingClient: bucket.client });
    const drawing = {
      images,
      inputs: createInputs(images),
      imageModel: () => draw,
      observe,
      now,
      log,
    };
    const limitsOf = (id: string) => (id === modelId ? limits : undefined);
    const way = redisUrl === undefined ? undefined : await startCuttable(redisUrl);
    const redis = way && (await connectRedis(way.url, log));
    const engine: Engine = await wire.run(async () =>
      createEngine({
        workspaceId,
        jobs: stores.jobs,
        heartbeats: stores.heartbeats,
        lines: redis
          ? createBullLines(drawing, { redis, workspaceId, limits: limitsOf })
          : createInProcessLines(drawing, limitsOf),
        modelIds: [modelId],
        resume: (job) => resume(job, engine),
        newId,
        observe,
        now,
        log,
      }),
    );
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= engine.stop().then(engine.finish);
      return stopped;
    };
    onTestFinished(async () => {
      join();
      end();
      await stop();
    });
    await wire.run(async () => engine.start());
    /** As by SIGKILL: it asks for nothing more, and reads no further answer. */
    function kill(): void {
      wire.cut();
      way?.cut();
    }
    function join(): void {
      wire.join();
      way?.join();
    }
    return { ...engine, log, observed, stop, kill, redis, cutRedis: way?.cut, joinRedis: way?.join };
  }

  /** So many images of this user, each drawn by its own seed from this one on. */
  const batchOf = (userId: string, firstSeed: number, count = 4): Batch =>
    exampleBatch({
      id: newId(),
      workspaceId,
      requesterId: userId,
      images: Array.from({ length: count }, (_, index) => ({
        ...pendingImage(index + 1),
        modelId,
        seed: firstSeed + index,
      })),
    });

  /** Draws the images of a batch as a job would. */
  function draw(
    { queues }: Pick<Engine, 'queues'>,
    batch: Batch,
    events: Partial<ImageEvents> = {},
    { id, isResumed }: { id: string; isResumed: boolean } = { id: batch.id, isResumed: false },
  ) {
    const task: Task = { kind: 'draw', seeds: batch.images.map(({ seed }) => seed) };
    const silent = { onStart: () => undefined, onSaving: () => undefined };
    const all = { ...silent, isHeld: async () => true, isStopped: async () => false, ...events };
    return Promise.all(batch.images.map((image) => queues.draw(imageTask(batch, image, { id, task, isResumed }), all)));
  }

  return {
    ...stores,
    s3: bucket.s3,
    workspaceId,
    limits,
    calls,
    startEngine,
    batchOf,
    draw,
    newId,
    seeds: () => calls.map(({ seed }) => seed),
    /** Saves the first image of a batch, as a process does that is killed before it can tell. */
    saveAs: (batch: Batch) =>
      createImageStore({ ...bucket, signingClient: bucket.client }).save(
        batch,
        { number: 1, mediaType: 'image/png', askedSeed: batch.images[0]?.seed ?? 0, seed: batch.images[0]?.seed ?? 0 },
        Uint8Array.of(1, 2, 3),
        { deadline: AbortSignal.timeout(1000), onRetry: () => undefined },
      ),
    /** The model answers no call from now on, until the function that this returns is called. */
    holdCalls(): () => void {
      let finish = () => {};
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      answer = async () => finished;
      return () => finish();
    },
    /** What the model does from now on. */
    answer(how: (call: Call) => Promise<void>) {
      answer = how;
    },
    /** The clock of the engines and the bucket goes on. Redis has its own. */
    pass(milliseconds: number) {
      passed += milliseconds;
    },
    now: () => now().getTime(),
    jobRecords: () =>
      bucket.s3
        .objects(bucket.bucket)
        .filter(({ key }) => key.includes('/open/'))
        .map(({ bytes }): unknown => JSON.parse(bytes.toString())),
  };
}

/** Waits for this. */
export async function until(isSo: () => unknown): Promise<void> {
  await vi.waitUntil(isSo, { timeout: 40_000, interval: 10 });
}

/** Never answers. */
export const hang = () => new Promise<void>(() => undefined);
