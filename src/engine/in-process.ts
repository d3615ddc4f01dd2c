import { setTimeout as wait } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { JobRecords } from '../core/batch/deps.js';
import type { Job, JobReference } from '../core/batch/job.js';
import type { Log } from '../core/log.js';
import type { Leases } from './leases.js';

/**
 * Jobs of this process at once. One that waits for its model costs little and must not hold up those of other models, so
 * this bounds only what the models' queues do not.
 */
const concurrency = 1000;

/** Leaves a lease time to expire. */
const minGapMilliseconds = 500;

export interface InProcessOptions {
  workspaceId: string;
  jobs: Pick<JobRecords, 'list'>;
  leases: Leases;
  /** Goes on with a job that no process holds. */
  resume(job: Job): Promise<void>;
  /** Between two looks for such jobs, at most. One request to list a handful of keys. */
  gapMilliseconds: number;
  now(): Date;
  log: Log;
}

/** Runs the jobs of this process, and resumes those whose process died or that failed and wait for another attempt. */
export function createInProcessEngine(options: InProcessOptions) {
  const { gapMilliseconds, resume, now, log } = options;
  const queue = new PQueue({ concurrency });
  const failing = new Set<string>();

  function add(job: Job, work: () => Promise<void>): void {
    queue.add(work).catch((error: unknown) => log.error('job failed', { batch: job.batch.id, error }));
  }

  const resuming = createRepeat({
    name: 'resuming open jobs',
    gapMilliseconds,
    log,
    async work(stopped) {
      const freeAt = await claimFree(options, failing, stopped, (job) => add(job, () => resume(job)));
      return freeAt && Math.max(minGapMilliseconds, freeAt.getTime() - now().getTime());
    },
  });

  return {
    add,
    start: resuming.start,
    /** No further job is resumed; those that run go on. */
    stop: resuming.stop,
    /** Resolves once no job runs. */
    idle: () => queue.onIdle(),
  };
}

/**
 * Resolves to when the first of the jobs held elsewhere is free.
 * @param failing IDs of records that were already reported: a broken one stays until an operator deletes it
 */
async function claimFree(
  { workspaceId, jobs, leases, log }: InProcessOptions,
  failing: Set<string>,
  stopped: AbortSignal,
  start: (job: Job) => void,
): Promise<Date | undefined> {
  let nextAt: Date | undefined;
  for (const reference of await jobs.list(workspaceId)) {
    if (stopped.aborted) return undefined; // there can be thousands
    if (leases.holds(reference)) continue;
    try {
      const claim = await leases.claim(reference);
      failing.delete(reference.id);
      if (claim.kind === 'held') {
        log.info('resuming an open job', { batch: claim.job.batch.id, attempts: claim.job.attempts });
        start(claim.job);
      } else if (claim.kind === 'taken' && (!nextAt || claim.freeAt < nextAt)) nextAt = claim.freeAt;
    } catch (error) {
      warnOnce(log, failing, reference, error);
    }
  }
  return nextAt;
}

function warnOnce(log: Log, failing: Set<string>, { id }: JobReference, error: unknown): void {
  if (failing.has(id)) return;
  failing.add(id);
  log.warn('open job not resumed', { job: id, error });
}

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
