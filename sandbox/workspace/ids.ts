export interface Ids {
  /** `F00000001`, `F00000002`, …: of the form of Slack's own, and the same in every run. */
  next(prefix: string): string;
  /** A message timestamp, later than every one before. */
  timestamp(): string;
}

export function createIds(now: () => Date): Ids {
  let count = 0;
  let lastMicroseconds = 0;
  return {
    next(prefix) {
      count += 1;
      return prefix + count.toString(36).toUpperCase().padStart(8, '0');
    },
    timestamp() {
      lastMicroseconds = Math.max(now().getTime() * 1000, lastMicroseconds + 1);
      const digits = String(lastMicroseconds);
      return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    },
  };
}
