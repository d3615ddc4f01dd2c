const window = 60_000;

export interface QuotaUse {
  /** When calls of the last minute began, oldest first, in milliseconds. */
  starts: readonly number[];
  requestsPerMinute: number;
  now: number;
}

/**
 * How long until the call at this position in the line, counted from 1, is within the quota: it may begin a minute after
 * the call that stands a quota before it. Milliseconds.
 */
export function estimateWait(position: number, { starts, requestsPerMinute, now }: QuotaUse): number {
  const laps = Math.max(0, Math.ceil((position - requestsPerMinute) / requestsPerMinute));
  const inFirstLap = position - laps * requestsPerMinute;
  const before = starts[starts.length + inFirstLap - requestsPerMinute - 1];
  return laps * window + (before === undefined ? 0 : Math.max(0, before + window - now));
}
