import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../core/log.js';

export interface RepeatOptions {
  /** For the log, if it fails. */
  name: string;
  gapMilliseconds: number;
  /** Resolves to the gap until the next time, if that should be shorter. */
  work(stopped: AbortSignal): Promise<number | undefined>;
  log: Log;
}

export type Repeat = ReturnType<typeof createRepeat>;

/** Works at once, and then again and again until it is stopped. */
export function createRepeat({ name, gapMilliseconds, work, log }: RepeatOptions) {
  const stopped = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function repeat(): Promise<void> {
    while (!stopped.signal.aborted) {
      const gap = await work(stopped.signal).catch((error: unknown) => void log.warn(`${name} failed`, { error }));
      const milliseconds = Math.min(gap ?? gapMilliseconds, gapMilliseconds);
      await wait(milliseconds, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined); // stopped
    }
  }

  return {
    start() {
      running = repeat();
    },
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
