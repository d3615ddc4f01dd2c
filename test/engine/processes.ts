import { ulid } from 'ulid';
import { createStores } from '../../src/aws/stores.js';
import type { Job, ProcessReference } from '../../src/core/batch/job.js';
import { createJobs } from '../../src/engine/jobs.js';
import { createPresence } from '../../src/engine/presence.js';
import { startBucket } from '../aws/bucket-server.js';
import { createRecordingLog } from '../core/recording-log.js';

export const workspaceId = 'T0WORK';

interface ProcessOptions extends Partial<Pick<ProcessReference, 'host' | 'pid'>> {
  /** Defaults to whether it holds a job. */
  isBusy?: () => boolean;
  isShared?: boolean;
  /** How far its clock is ahead of the bucket's, in milliseconds. */
  ahead?: number;
}

/** Processes on machines of their own that share a bucket and a clock, which does not move until it is told to. */
export async function startProcesses() {
  const start = Math.floor(Date.now() / 1000) * 1000; // the bucket tells whole seconds
  let passed = 0;
  const bucket = await startBucket({}, () => new Date(start + passed));
  // signs by the bucket's clock, else S3 would refuse it
  Object.defineProperty(bucket.client.config, 'systemClockOffset', { get: () => passed, set: () => undefined });
  const { jobs: records, heartbeats } = createStores(bucket);
  let hosts = 0;

  function startProcess({ isBusy, isShared = false, ahead = 0, ...place }: ProcessOptions = {}) {
    hosts += 1;
    const self = { workspaceId, id: ulid(), host: `00000000000000${10 + hosts}`, pid: process.pid, ...place };
    const log = createRecordingLog();
    const now = () => new Date(start + passed + ahead);
    const presence = createPresence({
      heartbeats,
      self,
      isBusy: isBusy ?? (() => jobs.count() > 0),
      isShared,
      now,
      log,
    });
    const jobs = createJobs({ records, presence, newId: ulid, now, log });
    return {
      self,
      presence,
      jobs,
      warnings: () => log.lines.filter(({ severity }) => severity === 'warn').map(({ event }) => event),
      /** As the engine does when it looks for open jobs. */
      async claim(job: Pick<Job, 'id'>): Promise<Job | undefined> {
        const found = await jobs.load({ workspaceId, id: job.id });
        const others = await presence.findOthers();
        return found && jobs.claim(found, others);
      },
    };
  }

  return {
    s3: bucket.s3,
    records,
    heartbeats,
    startProcess,
    now: () => start + passed,
    pass(seconds: number) {
      passed += seconds * 1000;
    },
    /** How often the records of jobs were read. */
    reads: () =>
      bucket.s3.requests().filter(({ operation, key }) => operation === 'GetObject' && key.includes('/open/')).length,
  };
}
