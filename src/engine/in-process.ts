import PQueue from 'p-queue';
import type { BatchImage } from '../core/batch/batch.js';
import type { ImageEvents } from '../core/batch/deps.js';
import { type DrawImageDeps, drawImage, failImage, type ImageTask, stoppedError } from '../core/batch/draw-image.js';
import { ImageModelError } from '../core/errors.js';
import { concurrencyOf, type LineOptions, pauseAfter } from './attempts.js';
import { createDrawingTimes } from './drawing-times.js';
import type { Line, Lines, WaitingImage } from './model-queues.js';

/** @param limits undefined for a model that cannot be called */
export function createInProcessLines(deps: DrawImageDeps, limits: (modelId: string) => LineOptions | undefined): Lines {
  let drain = () => {};
  const drained = new Promise<void>((resolve) => {
    drain = resolve;
  });
  return {
    isShared: false,
    open(modelId) {
      const found = limits(modelId);
      return found && createLine(deps, found, drained);
    },
    drain: async () => drain(),
    close: async () => undefined,
  };
}

/** p-queue itself ends an image whose deadline passes while it waits to be called again. */
function nameDeadline(error: unknown, deadline: AbortSignal | undefined): unknown {
  if (error instanceof ImageModelError || !deadline?.aborted) return error;
  return new ImageModelError('throttled', 'The deadline came before the model took calls again', { cause: error });
}

interface Place extends WaitingImage {
  batchId: string;
  /** Ends its wait. Not for an image that is under way: p-queue would give that up too. */
  stop: AbortController;
}

function eitherOf(one: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  return other ? AbortSignal.any([one, other]) : one;
}

/**
 * Keeps the calls of one model within its quota, each with its deadline. Throttling pauses the whole line, as the quota is
 * shared; the image that was throttled then goes first.
 * @param drained once no further image may start: the process stops
 */
function createLine(deps: DrawImageDeps, options: LineOptions, drained: Promise<void>): Line {
  const now = Date.now; // the clock that p-queue reads
  const { requestsPerMinute, timeoutSeconds, windowMilliseconds } = options;
  const concurrency = concurrencyOf(options);
  const queue = new PQueue({ concurrency, interval: windowMilliseconds, intervalCap: requestsPerMinute, strict: true });
  const waiting = new Set<Place>();
  const drawingTimes = createDrawingTimes(now);
  let starts: number[] = [];
  let isDrained = false;
  void drained.then(() => {
    isDrained = true;
  });
  let pausedUntil = 0;

  const recentStarts = () => starts.filter((start) => start > now() - windowMilliseconds);

  function pause(milliseconds: number): void {
    const until = now() + milliseconds;
    if (until <= pausedUntil) return;
    pausedUntil = until;
    queue.pause();
    setTimeout(() => {
      if (pausedUntil === until) queue.start();
    }, milliseconds);
  }

  /**
   * False if the image is left to another process.
   * @throws ImageModelError if the batch was stopped
   */
  async function mayCall(events: ImageEvents, hasBegun: boolean, isLate: boolean): Promise<boolean> {
    if (!(await events.isHeld()) || (isDrained && !hasBegun)) return false;
    if (isLate && (await events.isStopped())) throw stoppedError();
    if (isLate && !hasBegun) events.onStart();
    return true;
  }

  async function draw(task: ImageTask, place: Place, events: ImageEvents): Promise<BatchImage | undefined> {
    let hasWaited = false;
    /** From the first call on. */
    let turn: { deadline: number; signal: AbortSignal } | undefined;

    async function call(): Promise<BatchImage | undefined> {
      waiting.delete(place);
      starts = [...recentStarts(), now()];
      const isLate = hasWaited;
      if (!(await mayCall(events, turn !== undefined, isLate))) return undefined;
      const milliseconds = timeoutSeconds * 1000;
      turn ??= { deadline: now() + milliseconds, signal: AbortSignal.timeout(milliseconds) };
      const { signal } = turn;
      return drawingTimes.measure(() => drawImage(deps, task, signal, events.onSaving));
    }

    for (let retry = 0; ; retry += 1) {
      try {
        waiting.add(place);
        const signal = eitherOf(place.stop.signal, turn?.signal);
        const image = queue.add(call, { priority: retry > 0 ? 1 : -place.round, signal });
        hasWaited = true; // p-queue starts at once what it can
        return await Promise.race([image, drained.then(() => (turn ? image : undefined))]);
      } catch (error) {
        waiting.delete(place);
        const milliseconds = pauseAfter(error, retry);
        if (!turn || now() + milliseconds >= turn.deadline) throw nameDeadline(error, turn?.signal);
        pause(milliseconds);
      }
    }
  }

  return {
    requestsPerMinute,
    waiting: async () => [...waiting],

    async add(task, round, events) {
      const { userId, batch } = task;
      const place = { userId, round, since: deps.now().getTime(), batchId: batch.id, stop: new AbortController() };
      const drawn = task.isStopped ? Promise.reject(stoppedError()) : draw(task, place, events);
      const image = drawn.catch(async (error: unknown) => {
        if (await events.isHeld()) return failImage(deps, task, error);
        deps.log.info('image left to another process', { batch: task.batch.id, image: task.number });
        return undefined; // recorded as failed here, the image would be lost there
      });
      return { image };
    },

    stop(batchId) {
      for (const place of waiting) if (place.batchId === batchId) place.stop.abort(stoppedError());
    },

    drawingTime: drawingTimes.median,

    async wait(ahead) {
      const time = now();
      const quota = estimateWait(ahead + 1, recentStarts(), { requestsPerMinute, windowMilliseconds, now: time });
      const milliseconds = Math.max(quota, pausedUntil - time);
      const isFree = milliseconds <= 0 && queue.pending + ahead < concurrency;
      return isFree ? undefined : Math.max(0, milliseconds);
    },
  };
}

/**
 * Milliseconds until the call at this position in the queue, counted from 1, is within the quota: it may start a minute
 * after the call that is one quota ahead of it.
 * @param starts when the calls of the last minute started, oldest first, in milliseconds
 */
export function estimateWait(
  position: number,
  starts: readonly number[],
  {
    requestsPerMinute,
    windowMilliseconds,
    now,
  }: Pick<LineOptions, 'requestsPerMinute' | 'windowMilliseconds'> & { now: number },
): number {
  const laps = Math.max(0, Math.ceil((position - requestsPerMinute) / requestsPerMinute));
  const inFirstLap = position - laps * requestsPerMinute;
  const before = starts[starts.length + inFirstLap - requestsPerMinute - 1];
  return laps * windowMilliseconds + (before === undefined ? 0 : Math.max(0, before + windowMilliseconds - now));
}
