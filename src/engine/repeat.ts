import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../core/log.js';

interface RepeatOptions {
  /** For the log, if it fails. */
  name: string;
  gapMilliseconds: number;
  work(stopped: AbortSignal): Promise<unknown>;
  log: Log;
}

/** Works at once, and then again and again until it is stopped. */
export function createRepeat({ name, gapMilliseconds, work, log }: RepeatOptions) {
  const stopped = new AbortController();
  const { signal } = stopped;
  let running: Promise<void> = Promise.resolve();

  async function repeat(): Promise<void> {
    while (!signal.aborted) {
      await work(signal).catch((error: unknown) => log.warn(`${name} failed`, { error }));
      await wait(gapMilliseconds, undefined, { signal, ref: false }).catch(() => undefined); // stopped
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
