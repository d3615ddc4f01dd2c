import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../core/log.js';

export interface RepeatOptions {
  /** For the log, if it fails. */
  name: string;
  gapMilliseconds: number;
  work(stopped: AbortSignal): Promise<void>;
  log: Log;
}

/** Does it at once, and again and again until it is stopped. */
export function createRepeat({ name, gapMilliseconds, work, log }: RepeatOptions) {
  const stopped = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function repeat(): Promise<void> {
    while (!stopped.signal.aborted) {
      await work(stopped.signal).catch((error: unknown) => log.warn(`${name} failed`, { error }));
      await wait(gapMilliseconds, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined); // stopped
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
