import { setTimeout as wait } from 'node:timers/promises';
import { type Job as BullJob, Queue, QueueEvents, type QueueEventsListener, QueueEventsProducer, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { decodeTime } from 'ulid';
import { z } from 'zod';
import { type BatchImage, imageSchema } from '../core/batch/batch.js';
import type { ImageEvents } from '../core/batch/deps.js';
import {
  type DrawImageDeps,
  drawImage,
  failImage,
  findSaved,
  type ImageTask,
  imageTaskSchema,
  stoppedError,
} from '../core/batch/draw-image.js';
import { networkCodeOf } from '../core/check-result.js';
import { RequestError } from '../core/errors.js';
import { concurrencyOf, type LineOptions, pauseAfter } from './attempts.js';
import { createDrawingTimes } from './drawing-times.js';
import { type Line, type Lines, taskId, type WaitingImage } from './model-queues.js';
import { createRepeat } from './repeat.js';

/**
 * Milliseconds. An image of a process that was killed starts again elsewhere after at most a lock and a check. Locks are
 * renewed often, so that a process that is busy for some seconds keeps them.
 */
const times = {
  lock: 10_000,
  lockRenewal: 2_000,
  stalledCheck: 5_000,
  reconcile: 5_000,
  answer: 2_000,
  close: 5_000,
  retry: 5_000,
};
/** How often the process that draws an image may die before the image is given up. */
const maxStalled = 3;
/** Until then, a process that goes on with a batch finds the outcome of an image. In seconds. */
const keptSeconds = 600;
/** What BullMQ says of an image that is not, or no longer, this process's to draw. */
const forgotten =
  /^(?:Missing (?:key|lock) for job|Lock mismatch for job|could not renew lock for job)|is not in the active state/;
/** Of an image, if the bucket cannot say whether a process that died had saved it. */
const attempts = 12;
/** BullMQ takes no greater one. */
const maxPriority = 2 ** 21;
/**
 * Pauses a queue as BullMQ's own `rateLimit` does, but never shortens a pause or a window of the quota. The value says that
 * no more calls may start.
 */
const pauseLine = `
  local left = redis.call('PTTL', KEYS[1])
  redis.call('SET', KEYS[1], '9007199254740991', 'PX', math.max(left, tonumber(ARGV[1])))`;
/** How many events of a queue Redis keeps: BullMQ's own default. */
const keptEvents = 10_000;
/** An image that starts sooner has not waited. */
const atOnceMilliseconds = 500;

/** What Redis holds of an image. */
const dataSchema = z.object({
  task: imageTaskSchema,
  /** Once it was throttled: when its deadline began, how often it was since, and how often its process had died by then. */
  turn: z.object({ began: z.number(), retries: z.number(), stalls: z.number() }).optional(),
});
type Data = z.infer<typeof dataSchema>;

export interface BullLinesOptions {
  redis: Redis;
  workspaceId: string;
  /** undefined for a model that cannot be called. */
  limits(modelId: string): LineOptions | undefined;
}

/** A queue for each model in Redis, from which every process draws. */
export function createBullLines(deps: DrawImageDeps, { redis, workspaceId, limits }: BullLinesOptions): Lines {
  const opened: ReturnType<typeof openLine>[] = [];
  return {
    isShared: true,
    open(modelId) {
      const found = limits(modelId);
      if (!found) return undefined;
      const line = openLine(deps, redis, found, {
        prefix: `imagine-${workspaceId}`,
        name: modelId.replaceAll(':', '_'),
      });
      opened.push(line);
      return line.line;
    },
    async drain() {
      await Promise.all(opened.map(({ drain }) => drain()));
    },
    async close() {
      await Promise.all(opened.map(({ close }) => close()));
      redis.disconnect();
    },
  };
}

/** An image that this process wants, whichever process draws it. */
interface Wanted {
  task: ImageTask;
  isStopped: boolean;
  round: number;
  events: ImageEvents;
  addedAt: number;
  startedAt?: number | undefined;
  settle(image: BatchImage | undefined): void;
}

/** Beside BullMQ's own events. */
interface LineEvents extends QueueEventsListener {
  stopped(batch: { batchId: string }): void;
}

function openLine(deps: DrawImageDeps, redis: Redis, options: LineOptions, key: { prefix: string; name: string }) {
  const { log } = deps;
  const now = () => deps.now().getTime();
  const timeout = options.timeoutSeconds * 1000;
  const limiter = limiterOf(options);
  const { name, prefix } = key;
  const connection = { connection: redis, prefix };
  const keep = { age: keptSeconds };
  const queue = new Queue<Data>(name, {
    ...connection,
    defaultJobOptions: { removeOnComplete: keep, removeOnFail: keep, attempts, backoff: times.retry },
  });
  const events = new QueueEvents(name, connection);
  const producer = new QueueEventsProducer(name, connection);
  const worker = new Worker<Data>(name, (job, token) => track(job.id, token, draw(job)), {
    ...connection,
    limiter,
    concurrency: concurrencyOf(options),
    lockDuration: times.lock,
    lockRenewTime: times.lockRenewal,
    stalledInterval: times.stalledCheck,
    maxStalledCount: maxStalled,
    runRetryDelay: times.answer,
  });
  const wanted = new Map<string, Wanted>();
  /** Images that this process draws. */
  const drawing = new Set<{ id: string; lock: string; ended: Promise<unknown> }>();
  const drawingTimes = createDrawingTimes(now);
  let isDraining = false;

  /** Skips connection errors, which redis.ts logs once, and forgotten images, which are reconciled. */
  function logFailure(error: Error): void {
    const isExpected = redis.status !== 'ready' || networkCodeOf(error) || forgotten.test(error.message);
    if (!isExpected) log.warn('queue failed', { queue: name, error });
  }

  queue.on('error', logFailure);
  events.on('error', logFailure);
  producer.on('error', logFailure);
  worker.on('error', logFailure);
  worker.on('lockRenewalFailed', (ids) => void lockAgain(ids).catch(logFailure));
  worker.on('stalled', (id) => log.warn('image starts again, as the process that drew it died', { image: id }));
  events.on('active', ({ jobId }) => markStarted(jobId));
  events.on('progress', ({ jobId }) => wanted.get(jobId)?.events.onSaving());
  events.on('completed', ({ jobId, returnvalue }) => settle(jobId, { returnvalue }));
  events.on<LineEvents, 'stopped'>('stopped', ({ batchId }) => markStopped(batchId));
  events.on('failed', ({ jobId }) => void settleFailed(jobId).catch(logFailure)); // it is reconciled

  function track<Result>(id = '', token = '', image: Promise<Result>): Promise<Result> {
    const ended = image.catch(() => undefined).finally(() => drawing.delete(drawn));
    const drawn = { id, lock: token, ended };
    drawing.add(drawn);
    return image;
  }

  /** Locks expire while Redis is away. Taken again at once, unless another process has, no image is drawn twice. */
  async function lockAgain(ids: readonly string[]): Promise<void> {
    for (const { id, lock } of drawing) {
      if (ids.includes(id)) await redis.set(`${queue.toKey(id)}:lock`, lock, 'PX', times.lock, 'NX');
    }
  }

  const find = (task: ImageTask) => findSaved(deps, task.batch, { ...task, seed: task.request.seed });

  /** Of an image of this or another process. */
  async function draw(job: BullJob<Data>): Promise<BatchImage> {
    const { task, turn: last } = dataSchema.parse(job.data);
    const hasDied = job.stalledCounter > (last?.stalls ?? 0);
    const mayBeSaved = hasDied || task.isResumed;
    const saved = mayBeSaved ? await find(task) : undefined;
    if (saved) return saved;
    const turn = last && !hasDied ? last : { began: now(), retries: 0, stalls: job.stalledCounter };
    const deadline = turn.began + timeout;
    try {
      const signal = AbortSignal.timeout(Math.max(0, deadline - now()));
      const onSaving = () => void job.updateProgress('saving').catch(() => undefined);
      return await drawingTimes.measure(() => drawImage(deps, task, signal, onSaving));
    } catch (error) {
      const pause = pauseAfter(error, turn.retries);
      if (now() + pause >= deadline) return failImage(deps, task, error);
      await job.updateData({ task, turn: { ...turn, retries: turn.retries + 1 } });
      await redis.eval(pauseLine, 1, queue.toKey('limiter'), pause);
      throw Worker.RateLimitError();
    }
  }

  function markStarted(id: string): void {
    const image = wanted.get(id);
    if (!image || image.startedAt !== undefined) return;
    image.startedAt = now();
    if (image.startedAt - image.addedAt > atOnceMilliseconds) image.events.onStart();
  }

  /** By a click in any process. */
  function markStopped(batchId: string): void {
    for (const [id, image] of wanted) {
      if (image.task.batch.id !== batchId) continue;
      image.isStopped = true;
      void reconcile(id).catch(logFailure); // later again
    }
  }

  /** BullMQ or Redis failed, not the model: the image may be in the bucket all the same. */
  async function settleFailed(id: string, failure?: Error): Promise<void> {
    const image = wanted.get(id);
    const saved = image && (await find(image.task));
    settle(id, { returnvalue: saved }, failure);
  }

  function settle(id: string, { returnvalue }: { returnvalue?: unknown }, failure?: Error): void {
    const image = wanted.get(id);
    if (!image) return;
    const drawn = imageSchema.safeParse(returnvalue);
    const reason = failure ?? new Error('The queue lost the image.', { cause: drawn.error });
    image.settle(drawn.data ?? failImage(deps, image.task, reason));
    wanted.delete(id);
    void queue.remove(id).catch(logFailure); // otherwise it expires
  }

  async function put(id: string): Promise<void> {
    const image = wanted.get(id);
    if (!image) return;
    const { task, round, isStopped } = image;
    if (!isStopped) await queue.add('draw', { task }, { jobId: id, priority: Math.min(round, maxPriority) });
    await reconcile(id); // it may have been added before, by a process that died
  }

  /** Redis may have forgotten an image, or told of its end while this process was not connected. */
  async function reconcile(id: string): Promise<void> {
    const image = wanted.get(id);
    if (!image) return;
    const job = await queue.getJob(id);
    if (!job) return restore(id);
    if (job.finishedOn) return job.failedReason ? settleFailed(id) : settle(id, job);
    if (image.isStopped && (await giveUp(job))) return settleFailed(id, stoppedError());
    if (job.processedOn) markStarted(id);
  }

  /** False if it is under way. One that was throttled is not, and one whose process died may have been saved. */
  async function giveUp(job: BullJob<Data>): Promise<boolean> {
    return !(await job.isActive()) && (await queue.remove(job.id ?? '')) === 1;
  }

  /** Adds an image again. It may have been drawn while this process was cut off, so the bucket is asked first. */
  async function restore(id: string): Promise<void> {
    const image = wanted.get(id);
    if (!image) return;
    image.task = { ...image.task, isResumed: true };
    if (image.startedAt !== undefined) {
      const saved = await find(image.task);
      if (saved) return settle(id, { returnvalue: saved });
      if (now() < image.startedAt + timeout + times.lock) return; // the process that draws it may still live
      image.startedAt = undefined;
    }
    if (image.isStopped) return settleFailed(id, stoppedError());
    await put(id);
  }

  async function reconcileAll(): Promise<void> {
    if (redis.status !== 'ready') return;
    await Promise.all([...wanted.keys()].map(reconcile));
  }

  const reconciling = createRepeat({ name: 'queue check', gapMilliseconds: times.reconcile, work: reconcileAll, log });
  reconciling.start();

  /** A request cannot wait for a server that is away. */
  async function ask<Answer>(command: () => Promise<Answer>): Promise<Answer> {
    const unreachable = () => new RequestError({ kind: 'queue_unreachable' });
    if (redis.status !== 'ready') throw unreachable();
    const tooLate = wait(times.answer, undefined, { ref: false }).then(() => Promise.reject(unreachable()));
    return Promise.race([command(), tooLate]);
  }

  const line: Line = {
    requestsPerMinute: (limiter.max * options.windowMilliseconds) / limiter.duration, // what the bursts let start

    async waiting() {
      const [returned, flat] = await Promise.all([
        ask(() => redis.lrange(queue.toKey('wait'), 0, -1)), // of processes that died: they go first
        ask(() => redis.zrange(queue.toKey('prioritized'), 0, '-1', 'WITHSCORES')),
      ]);
      return [...returned.map((id) => readWaiting(id, 0)), ...readScored(flat)];
    },

    async wait(ahead) {
      const milliseconds = Math.max(0, await ask(() => queue.getRateLimitTtl(limiter.max)));
      if (ahead === 0 && milliseconds === 0) return undefined;
      return milliseconds + Math.floor(ahead / limiter.max) * limiter.duration;
    },

    stop(batchId) {
      void producer.publishEvent({ eventName: 'stopped', batchId }, keptEvents).catch(logFailure);
    },

    drawingTime: drawingTimes.median,

    async add(task, round, imageEvents) {
      const id = taskId(task);
      if (isDraining) return { image: Promise.resolve(undefined) };
      const image = new Promise<BatchImage | undefined>((resolve) => {
        const isStopped = task.isStopped ?? false;
        wanted.set(id, { task, isStopped, round, events: imageEvents, addedAt: now(), settle: resolve });
      });
      const putting = events.waitUntilReady().then(() => put(id));
      putting.catch((error: unknown) => log.warn('image not queued yet', { image: id, error })); // it is reconciled
      await Promise.race([putting.catch(() => undefined), image]);
      return { image };
    },
  };

  async function allDrawn(): Promise<void> {
    while (drawing.size > 0) await Promise.all([...drawing].map(({ ended }) => ended));
  }

  /** Closing can hang while the client reconnects. */
  async function whileRedisAnswers(steps: readonly Promise<unknown>[]): Promise<void> {
    const all = Promise.all(steps).catch((error: unknown) => log.warn('queue not closed', { queue: name, error }));
    await Promise.race([all, wait(times.close, undefined, { ref: false })]);
  }

  return {
    line,
    async drain() {
      isDraining = true;
      await worker.pause(true);
      await allDrawn();
      await whileRedisAnswers([worker.close(), reconciling.stop()]); // the worker tells Redis first what it drew
      await allDrawn(); // also one that was being fetched
      await whileRedisAnswers([reconcileAll()]);
      for (const image of wanted.values()) image.settle(undefined);
      wanted.clear();
    },
    async close() {
      await whileRedisAnswers([events.close(), producer.close(), queue.close()]);
    },
  };
}

/** @param id as `taskId` makes it */
function readWaiting(id: string, round: number): WaitingImage {
  const [userId = '', jobId = ''] = id.split('-');
  return { userId, round, since: decodeTime(jobId) };
}

/** Pairs of an ID and a score, which is the round and the order within it. */
function readScored(flat: readonly string[]): WaitingImage[] {
  return flat.flatMap((id, index) =>
    index % 2 === 0 ? readWaiting(id, Math.floor(Number(flat[index + 1]) / 2 ** 32)) : [],
  );
}

/**
 * BullMQ counts in windows that begin with their first call, so up to `max - 1` calls can come at the end of one, just
 * before the next. With bursts of four, never more than the quota and four fall into any minute.
 */
export function limiterOf({ requestsPerMinute, windowMilliseconds }: LineOptions): { max: number; duration: number } {
  const max = requestsPerMinute < 3 ? 3 : 4;
  const maxWindows = Math.floor((requestsPerMinute + 5) / max) - 1;
  const duration = Math.ceil(windowMilliseconds * Math.max(max / requestsPerMinute, 1 / maxWindows));
  return { max, duration };
}
