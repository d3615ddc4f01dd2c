import type { JobRecords } from '../core/batch/deps.js';
import type { Job, JobRecord, JobReference, OpenJob } from '../core/batch/job.js';
import type { Log } from '../core/log.js';
import type { Stored } from '../core/records.js';

export interface LeaseOptions {
  jobs: JobRecords;
  /** This process, from its start to its end: after a restart it is another one. */
  owner: string;
  /**
   * Renewed at every third of it. Long enough for two renewals to fail and for clocks of replicas to differ by seconds;
   * short, because it is what users wait after a crash.
   */
  leaseMilliseconds: number;
  /** Until a failed job is tried again. */
  retryMilliseconds: number;
  newId(): string;
  now(): Date;
  log: Log;
}

/** `taken`: another process holds the job. */
export type Claim = { kind: 'held'; job: Job } | { kind: 'taken'; freeAt: Date } | { kind: 'gone' };

export type Leases = ReturnType<typeof createLeases>;

/** Hands out jobs so that only one process at a time works on each, and another one can if that process is gone. */
export function createLeases(options: LeaseOptions) {
  const { jobs, newId, now, leaseMilliseconds } = options;
  const held = new Set<string>();

  function hold(stored: Stored<JobRecord>, isResumed: boolean): Job {
    const { id } = stored.value;
    held.add(id);
    return holdJob(options, stored, isResumed, () => held.delete(id));
  }

  const open: OpenJob = async ({ workspaceId, channelId, id }, task, responseUrl) => {
    const batch = { workspaceId, channelId, id };
    const lease = newLease(options, leaseMilliseconds);
    const record = { version: 1, workspaceId, id: newId(), batch, task, failures: 0, lease } as const;
    return hold(await jobs.create(responseUrl === undefined ? record : { ...record, responseUrl }), false);
  };

  async function claim(reference: JobReference): Promise<Claim> {
    const found = await jobs.load(reference);
    if (!found) return { kind: 'gone' };
    if (found.value.closedAt) return jobs.remove(reference).then(() => ({ kind: 'gone' }));
    const freeAt = new Date(found.value.lease.expiresAt);
    if (freeAt > now()) return { kind: 'taken', freeAt };
    const lease = newLease(options, leaseMilliseconds);
    const claimed = await jobs.replace(found, { ...found.value, lease });
    if (claimed) return { kind: 'held', job: hold(claimed, true) };
    return { kind: 'taken', freeAt: new Date(lease.expiresAt) };
  }

  /** True for jobs that this process works on itself. */
  const holds = ({ id }: JobReference) => held.has(id);

  return { open, claim, holds };
}

function holdJob(options: LeaseOptions, stored: Stored<JobRecord>, isResumed: boolean, released: () => void): Job {
  const { jobs } = options;
  const { batch, task, responseUrl, failures } = stored.value;
  const lease = keepLease(options, stored);

  async function end(write: (last: Stored<JobRecord>) => Promise<unknown>): Promise<void> {
    const last = await lease.stop();
    await (last && write(last))?.catch((error: unknown) => {
      const advice = 'job record not changed; the app needs s3:PutObject and s3:DeleteObject';
      options.log.error(advice, { batch: batch.id, error });
    });
    released();
  }

  const close = () =>
    end(async (last) => {
      try {
        await jobs.remove(last.value);
      } catch (error) {
        // It must at least not be done again and again.
        await jobs.replace(last, { ...last.value, closedAt: options.now().toISOString() });
        throw error;
      }
    });

  const release = () =>
    end((last) => {
      const later = newLease(options, options.retryMilliseconds);
      return jobs.replace(last, { ...last.value, failures: failures + 1, lease: later });
    });

  return {
    batch,
    task,
    responseUrl,
    attempts: failures,
    isResumed,
    isHeld: lease.isHeld,
    close,
    release,
    async run(work) {
      try {
        await work();
      } catch (error) {
        await release();
        throw error;
      }
      await close();
    },
  };
}

/** Renews a lease until it is stopped. */
function keepLease(options: LeaseOptions, stored: Stored<JobRecord>) {
  const { jobs, leaseMilliseconds, now, log } = options;
  const { batch } = stored.value;
  let current: Stored<JobRecord> | undefined = stored;
  let renewal: Promise<void> | undefined;

  async function write(): Promise<void> {
    if (!current) return;
    try {
      current = await jobs.replace(current, { ...current.value, lease: newLease(options, leaseMilliseconds) });
      if (!current) log.warn('another process claimed the job', { batch: batch.id });
    } catch (error) {
      log.warn('lease not renewed', { batch: batch.id, error }); // there are two more tries before it expires
    }
  }

  /** One at a time: of two, the later would take the earlier for another process. */
  function renew(): Promise<void> {
    renewal ??= write().finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  const renewing = setInterval(renew, leaseMilliseconds / 3).unref();

  /**
   * A lease can expire unnoticed, while the machine sleeps or the bucket is out of reach: then another process may have
   * claimed the job, and only the bucket can say. While the bucket does not answer, no process can have.
   */
  async function isHeld(): Promise<boolean> {
    const isOver = () => current && Date.parse(current.value.lease.expiresAt) <= now().getTime();
    if (isOver()) await renew();
    if (isOver()) await renew(); // a renewal that took longer than the lease, or failed
    return current !== undefined;
  }

  return {
    isHeld,
    /** The last state of the record; undefined if another process has claimed it. */
    async stop(): Promise<Stored<JobRecord> | undefined> {
      clearInterval(renewing);
      await renewal;
      await isHeld();
      return current;
    },
  };
}

function newLease({ owner, now }: LeaseOptions, milliseconds: number): JobRecord['lease'] {
  return { owner, expiresAt: new Date(now().getTime() + milliseconds).toISOString() };
}
