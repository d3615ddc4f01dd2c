import PQueue from 'p-queue';
import type { JobQueue } from '../core/job-queue.js';
import type { Log } from '../core/log.js';

/** Jobs of this process, a few at a time, in the order in which they came. */
export function createInProcessQueue({ concurrency, log }: { concurrency: number; log: Log }): JobQueue {
  const queue = new PQueue({ concurrency });
  return {
    add(name, job) {
      queue.add(job).catch((error: unknown) => log.error('job failed', { job: name, error }));
    },
    idle: () => queue.onIdle(),
  };
}
