import PQueue from 'p-queue';
import type { Ticket } from '../core/batch/queue-position.js';
import { ImageModelError } from '../core/errors.js';
import type { GeneratedImage, ImageModel, ImageModelRequest } from '../core/image-model.js';
import type { Observe } from '../core/observation.js';
import { estimateWait } from './estimate-wait.js';

export interface ModelLimits {
  /** The account's quota for this model. */
  requestsPerMinute: number;
  /** One deadline for one image, saving and retries included; it starts when the image's turn comes. */
  timeoutSeconds: number;
  /** Milliseconds, as `Date.now`: p-queue reads that clock too. */
  now(): number;
  observe: Observe;
}

export type LimitedModel = ReturnType<typeof limitModel>;

/**
 * How many answers of one model may be under way at once. Each holds megabytes of base64, and no model's quota of today
 * needs more: 90 images a minute of some seconds each are a handful at a time.
 */
const concurrency = 16;

/**
 * How long a model is left alone after it throttled a call in spite of the SDK's own retries, which end within seconds.
 * Quotas are of a minute: all of these together outlast one, and fit the deadline of two minutes.
 */
const pauses: readonly number[] = [5_000, 10_000, 20_000, 40_000];

/** An image's turn, from its first call on. */
interface Turn {
  /** Milliseconds, by the clock of the limits. */
  deadline: number;
  signal: AbortSignal;
}

/** For what another call would not mend, longer than any deadline. */
function pauseAfter(error: unknown, retry: number): number {
  const isThrottled = error instanceof ImageModelError && error.reason === 'throttled';
  return (isThrottled ? pauses[retry] : undefined) ?? Number.POSITIVE_INFINITY;
}

/** p-queue itself ends an image whose deadline comes while it waits to be called again. */
function tellOfDeadline(error: unknown, turn: Turn | undefined): unknown {
  if (error instanceof ImageModelError || !turn?.signal.aborted) return error;
  return new ImageModelError('throttled', 'The deadline came before the model took calls again', { cause: error });
}

/**
 * Keeps calls of one model within its quota, first come first served, each with its deadline. Throttling stops the whole
 * line for a while, as the quota is everybody's; the call that met it is then made again, before the others.
 */
export function limitModel(model: ImageModel, { requestsPerMinute, timeoutSeconds, now, observe }: ModelLimits) {
  const queue = new PQueue({ concurrency, interval: 60_000, intervalCap: requestsPerMinute, strict: true });
  let starts: number[] = [];
  let pausedUntil = 0;

  function noteStart(): void {
    const time = now();
    starts = [...starts.filter((start) => start > time - 60_000), time];
  }

  function pause(milliseconds: number): void {
    const until = now() + milliseconds;
    if (until <= pausedUntil) return;
    pausedUntil = until;
    queue.pause();
    setTimeout(() => {
      if (pausedUntil === until) queue.start();
    }, milliseconds);
  }

  function begin(): Turn {
    const milliseconds = timeoutSeconds * 1000;
    return { deadline: now() + milliseconds, signal: AbortSignal.timeout(milliseconds) };
  }

  async function drawWithin(
    request: Omit<ImageModelRequest, 'abortSignal'>,
    beforeCall: (isFirst: boolean) => Promise<void>,
  ): Promise<GeneratedImage> {
    let turn: Turn | undefined;
    const call = async () => {
      noteStart();
      await beforeCall(!turn);
      turn ??= begin();
      const began = now();
      const image = await model.generateImage({ ...request, abortSignal: turn.signal });
      observe({ kind: 'step ended', step: 'drawing', milliseconds: now() - began });
      return image;
    };
    for (let retry = 0; ; retry += 1) {
      try {
        const image = await queue.add(call, { priority: Math.min(retry, 1), signal: turn?.signal });
        return { ...image, ...(turn && { deadline: turn.signal }) };
      } catch (error) {
        const milliseconds = pauseAfter(error, retry);
        if (!turn || now() + milliseconds >= turn.deadline) throw tellOfDeadline(error, turn);
        pause(milliseconds);
      }
    }
  }

  return {
    requestsPerMinute,

    /** Images that are here and not begun. */
    waiting: () => queue.size,

    draw(request: Omit<ImageModelRequest, 'abortSignal'>, { onTurn, isHeld }: Partial<Ticket> = {}) {
      let hasWaited = false;
      const drawn = drawWithin(request, async (isFirst) => {
        const isToldOfTurn = isFirst && hasWaited;
        if (isHeld && !(await isHeld())) throw new Error('Another process took over the batch.');
        if (isToldOfTurn) onTurn?.();
      });
      hasWaited = true; // p-queue begins at once what it can
      return drawn;
    },

    /** What an image has to expect that comes after so many others; undefined where it is begun at once. */
    place(ahead: number): { ahead: number; milliseconds: number } | undefined {
      const time = now();
      const recent = starts.filter((start) => start > time - 60_000);
      const quota = estimateWait(ahead + 1, { starts: recent, requestsPerMinute, now: time });
      const milliseconds = Math.max(quota, pausedUntil - time);
      const isFree = milliseconds <= 0 && queue.pending + ahead < concurrency;
      return isFree ? undefined : { ahead, milliseconds: Math.max(0, milliseconds) };
    },
  };
}
