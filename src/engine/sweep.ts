import { setTimeout as wait } from 'node:timers/promises';
import type { MarkerStore, OpenWork, WorkReference } from '../core/batch/job.js';
import type { Log } from '../core/log.js';
import type { Leases } from './leases.js';

export interface SweepOptions {
  workspaceId: string;
  markers: Pick<MarkerStore, 'list'>;
  leases: Leases;
  resume(work: OpenWork): void;
  /** Between two looks, at most: another process may have died. One request to list a handful of keys. */
  gapMilliseconds: number;
  now(): Date;
  log: Log;
}

export interface Sweep {
  /** Looks at once, and then again and again until it is stopped. */
  start(): void;
  stop(): Promise<void>;
}

/** So that a lease which has just ended is not missed by a blink. */
const minGapMilliseconds = 500;

/** Finds work that nobody holds: of a process that died, or that failed and waits for another try. */
export function createSweep(options: SweepOptions): Sweep {
  const { gapMilliseconds, now, log } = options;
  const stopped = new AbortController();
  const failing = new Set<string>();
  let looking: Promise<void> = Promise.resolve();

  async function lookUntilStopped(): Promise<void> {
    while (!stopped.signal.aborted) {
      const nextAt = await takeUpFree(options, failing, stopped.signal).catch((error: unknown) => {
        log.warn('open work not listed', { error });
        return undefined;
      });
      const untilFree = nextAt === undefined ? gapMilliseconds : nextAt.getTime() - now().getTime();
      const gap = Math.min(gapMilliseconds, Math.max(minGapMilliseconds, untilFree));
      await wait(gap, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined); // stopped
    }
  }

  return {
    start() {
      looking = lookUntilStopped();
    },
    async stop() {
      stopped.abort();
      await looking;
    },
  };
}

/**
 * When the first of those that are held elsewhere would be free.
 * @param failing ids of markers that are reported already: one that is broken stays until somebody deletes it
 */
async function takeUpFree(
  { workspaceId, markers, leases, resume, log }: SweepOptions,
  failing: Set<string>,
  stopped: AbortSignal,
): Promise<Date | undefined> {
  let nextAt: Date | undefined;
  for (const reference of await markers.list(workspaceId)) {
    if (stopped.aborted) return undefined; // there can be thousands, and this process is to end
    if (leases.holds(reference)) continue;
    try {
      const outcome = await leases.takeUp(reference);
      failing.delete(reference.id);
      if (outcome.kind === 'held') {
        log.info('taking up open work', { batch: outcome.work.batch.id, failures: outcome.work.failures });
        resume(outcome.work);
      } else if (outcome.kind === 'taken' && (!nextAt || outcome.freeAt < nextAt)) nextAt = outcome.freeAt;
    } catch (error) {
      warnOnce(log, failing, reference, error);
    }
  }
  return nextAt;
}

function warnOnce(log: Log, failing: Set<string>, { id }: WorkReference, error: unknown): void {
  if (failing.has(id)) return;
  failing.add(id);
  log.warn('open work not taken up', { work: id, error });
}
