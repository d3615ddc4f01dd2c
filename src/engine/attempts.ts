import { ImageModelError } from '../core/errors.js';

/** What images of every line need. */
export interface LineOptions {
  /** The account's quota for this model. */
  requestsPerMinute: number;
  /** The deadline of one image, with saving and retries; it begins when the image starts. */
  timeoutSeconds: number;
  /** For how long a call counts; shorter in tests. */
  windowMilliseconds: number;
}

/** A quota is for a minute. Calls arrive a little sooner or later after they start. */
export const quotaMilliseconds = 60_500;

/**
 * Calls under way at once, whatever the quota: each has a connection and a request body. Their answers, which are large,
 * share the memory that models/collect-answer.ts bounds.
 */
const maxCalls = 250;

/** As many calls as the quota lets start while the slowest call lasts, so that no quota goes unused for want of a call. */
export function concurrencyOf({ requestsPerMinute, timeoutSeconds, windowMilliseconds }: LineOptions): number {
  return Math.min(maxCalls, requestsPerMinute * Math.ceil((timeoutSeconds * 1000) / windowMilliseconds));
}

/**
 * Pauses after a model throttled a call in spite of the SDK's own retries, which end within seconds. Quotas are per
 * minute: together these outlast one, and fit into the deadline of two minutes.
 */
const pauses: readonly number[] = [5_000, 10_000, 20_000, 40_000];

/** Milliseconds; longer than any deadline if another call would not help. */
export function pauseAfter(error: unknown, retry: number): number {
  const isThrottled = error instanceof ImageModelError && error.reason === 'throttled';
  return (isThrottled ? pauses[retry] : undefined) ?? Number.POSITIVE_INFINITY;
}
