import PQueue from 'p-queue';
import type { DrawRequest, QueuedImage, QueuePosition } from '../core/batch/deps.js';
import { ImageModelError } from '../core/errors.js';
import type { GeneratedImage, GenerateImage } from '../core/image-model.js';
import type { Observe } from '../core/log.js';

export interface ModelLimits {
  /** The account's quota for this model. */
  requestsPerMinute: number;
  /** The deadline of one image, with saving and retries; it begins when the image starts. */
  timeoutSeconds: number;
  /** Milliseconds, as `Date.now`: p-queue reads that clock too. */
  now(): number;
  observe: Observe;
}

export type LimitedModel = ReturnType<typeof limitModel>;

/**
 * Answers of one model under way at once. Each holds megabytes of base64, and no model's quota needs more: 90 images a
 * minute of some seconds each are a handful at a time.
 */
const concurrency = 16;

/** A quota is for a minute. */
const window = 60_000;

/**
 * Pauses after a model throttled a call in spite of the SDK's own retries, which end within seconds. Quotas are per
 * minute: together these outlast one, and fit into the deadline of two minutes.
 */
const pauses: readonly number[] = [5_000, 10_000, 20_000, 40_000];

/** Longer than any deadline if another call would not help. */
function pauseAfter(error: unknown, retry: number): number {
  const isThrottled = error instanceof ImageModelError && error.reason === 'throttled';
  return (isThrottled ? pauses[retry] : undefined) ?? Number.POSITIVE_INFINITY;
}

/** p-queue itself ends an image whose deadline passes while it waits to be called again. */
function nameDeadline(error: unknown, deadline: AbortSignal | undefined): unknown {
  if (error instanceof ImageModelError || !deadline?.aborted) return error;
  return new ImageModelError('throttled', 'The deadline came before the model took calls again', { cause: error });
}

/**
 * Keeps the calls of one model within its quota, first come, first served, each with its deadline. Throttling pauses the
 * whole queue, as the quota is shared; the call that was throttled then goes first.
 */
export function limitModel(
  generateImage: GenerateImage,
  { requestsPerMinute, timeoutSeconds, now, observe }: ModelLimits,
) {
  const queue = new PQueue({ concurrency, interval: window, intervalCap: requestsPerMinute, strict: true });
  let starts: number[] = [];
  let pausedUntil = 0;

  const recentStarts = () => starts.filter((start) => start > now() - window);

  function pause(milliseconds: number): void {
    const until = now() + milliseconds;
    if (until <= pausedUntil) return;
    pausedUntil = until;
    queue.pause();
    setTimeout(() => {
      if (pausedUntil === until) queue.start();
    }, milliseconds);
  }

  return {
    requestsPerMinute,

    /** Images that have not started. */
    waiting: () => queue.size,

    async draw(request: DrawRequest, { onStart, isHeld }: Partial<QueuedImage> = {}): Promise<GeneratedImage> {
      let hasWaited = false;
      /** From the first call on. */
      let turn: { deadline: number; signal: AbortSignal } | undefined;

      async function call(): Promise<GeneratedImage> {
        starts = [...recentStarts(), now()];
        const isLate = !turn && hasWaited;
        if (isHeld && !(await isHeld())) throw new Error('Another process claimed the batch.');
        if (isLate) onStart?.();
        const milliseconds = timeoutSeconds * 1000;
        const began = now();
        turn ??= { deadline: began + milliseconds, signal: AbortSignal.timeout(milliseconds) };
        const image = await generateImage({ ...request, abortSignal: turn.signal });
        observe({ kind: 'step ended', step: 'drawing', milliseconds: now() - began });
        return { ...image, deadline: turn.signal };
      }

      for (let retry = 0; ; retry += 1) {
        try {
          const image = queue.add(call, { priority: Math.min(retry, 1), signal: turn?.signal });
          hasWaited = true; // p-queue starts at once what it can
          return await image;
        } catch (error) {
          const milliseconds = pauseAfter(error, retry);
          if (!turn || now() + milliseconds >= turn.deadline) throw nameDeadline(error, turn?.signal);
          pause(milliseconds);
        }
      }
    },

    /** The wait of an image behind so many others; undefined if it starts at once. */
    position(ahead: number): QueuePosition | undefined {
      const time = now();
      const quota = estimateWait(ahead + 1, recentStarts(), requestsPerMinute, time);
      const milliseconds = Math.max(quota, pausedUntil - time);
      const isFree = milliseconds <= 0 && queue.pending + ahead < concurrency;
      return isFree ? undefined : { ahead, milliseconds: Math.max(0, milliseconds) };
    },
  };
}

/**
 * Milliseconds until the call at this position in the queue, counted from 1, is within the quota: it may start a minute
 * after the call that is one quota ahead of it.
 * @param starts when the calls of the last minute started, oldest first, in milliseconds
 */
export function estimateWait(position: number, starts: readonly number[], requestsPerMinute: number, now: number) {
  const laps = Math.max(0, Math.ceil((position - requestsPerMinute) / requestsPerMinute));
  const inFirstLap = position - laps * requestsPerMinute;
  const before = starts[starts.length + inFirstLap - requestsPerMinute - 1];
  return laps * window + (before === undefined ? 0 : Math.max(0, before + window - now));
}
