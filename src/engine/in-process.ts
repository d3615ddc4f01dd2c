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

interface InProcessOptions {
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
  const { workspaceId, jobs, leases, resume, gapMilliseconds, now, log } = options;
  const queue = new PQueue({ concurrency });
  /** IDs of jobs whose failure was reported: a broken record stays until an operator deletes it. */
  const failing = new Set<string>();

  function add(job: Job, work: () => Promise<void>): void {
    queue.add(work).catch((error: unknown) => log.error('job failed', { batch: job.batch.id, error }));
  }

  /** Resolves to when it is free, if another process holds it. */
  async function claim(reference: JobReference): Promise<Date | undefined> {
    try {
      const outcome = await leases.claim(reference);
      failing.delete(reference.id);
      if (outcome.kind === 'taken') return outcome.freeAt;
      if (outcome.kind === 'gone') return undefined;
      const { job } = outcome;
      log.info('resuming an open job', { batch: job.batch.id, attempts: job.attempts });
      add(job, () => resume(job));
    } catch (error) {
      if (!failing.has(reference.id)) log.warn('open job not resumed', { job: reference.id, error });
      failing.add(reference.id);
    }
    return undefined;
  }

  const { start, stop } = createRepeat({
    name: 'resuming open jobs',
    gapMilliseconds,
    log,
    async work(stopped) {
      let gap = gapMilliseconds;
      const notHere = (await jobs.list(workspaceId)).filter((reference) => !leases.holds(reference));
      for (const reference of notHere) {
        if (stopped.aborted) break; // there can be thousands
        const freeAt = await claim(reference);
        if (freeAt) gap = Math.min(gap, Math.max(minGapMilliseconds, freeAt.getTime() - now().getTime()));
      }
      return gap;
    },
  });

  return {
    add,
    start,
    /** No further job is resumed; those that run go on. */
    stop,
    /** Resolves once no job runs. */
    idle: () => queue.onIdle(),
  };
}

interface RepeatOptions {
  /** For the log, if it fails. */
  name: string;
  gapMilliseconds: number;
  /** Resolves to the gap until the next time, if that should be shorter. */
  work(stopped: AbortSignal): Promise<number | undefined>;
  log: Log;
}

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
