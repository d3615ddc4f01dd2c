import type { JobRecords } from '../core/batch/deps.js';
import { type Job, JobLostError, type JobRecord, type JobReference, type OpenJob } from '../core/batch/job.js';
import type { Log } from '../core/log.js';
import type { Stored } from '../core/records.js';
import type { Presence } from './presence.js';

export interface JobOptions {
  records: JobRecords;
  presence: Presence;
  newId(): string;
  now(): Date;
  log: Log;
}

/** Between attempts of a job that failed; the last again and again. `maxAttempts` of them take about an hour. */
const retrySeconds = [5, 10, 20, 40, 60];

/** What is known of a job that was not claimed. */
interface Wait {
  owner: string | undefined;
  notBefore: number;
}

/** Hands out jobs so that only one process at a time works on each, and another one can if that process is dead. */
export function createJobs(options: JobOptions) {
  const { records, presence, newId, now } = options;
  const held = new Set<string>();
  const waits = new Map<string, Wait>();

  function hold(stored: Stored<JobRecord>, isResumed: boolean): Job {
    const { id } = stored.value;
    held.add(id);
    waits.delete(id);
    return holdJob(options, stored, isResumed, (retryAt) => {
      held.delete(id);
      if (retryAt !== undefined) waits.set(id, { owner: presence.id, notBefore: retryAt });
    });
  }

  const open: OpenJob = async ({ workspaceId, channelId, id: batchId }, task, responseUrl) => {
    const id = newId();
    const batch = { workspaceId, channelId, id: batchId };
    await presence.ensure();
    held.add(id); // before a look can find its record, and after the beat: a process that was idle has nothing to lose
    try {
      const record = { version: 1, workspaceId, id, batch, task, failures: 0, owner: presence.id } as const;
      return hold(await records.create(responseUrl === undefined ? record : { ...record, responseUrl }), false);
    } catch (error) {
      held.delete(id);
      throw error;
    }
  };

  const isFree = ({ owner, notBefore }: Wait, others: ReadonlySet<string>) =>
    notBefore <= now().getTime() && (owner === undefined || !others.has(owner));

  return {
    open,
    count: () => held.size,
    holds: ({ id }: JobReference) => held.has(id),

    /** Those of all open jobs that may be free. The others are held here, or known to wait for a time or a process. */
    candidates(open: readonly JobReference[], others: ReadonlySet<string>): JobReference[] {
      const ids = new Set(open.map(({ id }) => id));
      for (const id of waits.keys()) if (!ids.has(id)) waits.delete(id);
      return open.filter(({ id }) => {
        const wait = waits.get(id);
        return !held.has(id) && (!wait || isFree(wait, others));
      });
    },

    /** undefined if the job is gone. */
    async load(reference: JobReference): Promise<Stored<JobRecord> | undefined> {
      const found = await records.load(reference);
      if (!found?.value.closedAt) return found;
      await records.remove(reference);
      return undefined;
    },

    /**
     * @param found was loaded before the others were found to live: an owner that is not among them is dead
     * @returns undefined if the job is not free
     */
    async claim(found: Stored<JobRecord>, others: ReadonlySet<string>): Promise<Job | undefined> {
      const { lease, retryAt, ...record } = found.value;
      const wait = { owner: record.owner, notBefore: Date.parse(retryAt ?? lease?.expiresAt ?? '') || 0 };
      waits.set(record.id, wait);
      if (!isFree(wait, others)) return undefined;
      const hasDied = record.owner !== undefined && record.owner !== presence.id;
      const takeovers = (record.takeovers ?? 0) + (hasDied ? 1 : 0);
      const claimed = await records.replace(found, { ...record, owner: presence.id, takeovers });
      return claimed && hold(claimed, true);
    },

    /** Whether the time to retry a job that failed here has come since then. */
    hasRetrySince(time: number): boolean {
      const isDue = ({ owner, notBefore }: Wait) =>
        owner === presence.id && time < notBefore && notBefore <= now().getTime();
      return [...waits.values()].some(isDue);
    },
  };
}

/** @param onEnd called once the job is no longer held, with the time of the next attempt if there is one, in milliseconds */
function holdJob(
  { records, presence, now, log }: JobOptions,
  stored: Stored<JobRecord>,
  isResumed: boolean,
  onEnd: (retryAt?: number) => void,
): Job {
  const { id, batch, task, responseUrl, failures, takeovers = 0 } = stored.value;
  let current: Stored<JobRecord> | undefined = stored;
  let checking: Promise<void> | undefined;

  function lose(retryAt?: number): void {
    current = undefined;
    onEnd(retryAt);
  }

  async function check(): Promise<void> {
    try {
      await presence.beat();
      const found = await records.load(stored.value);
      if (found?.value.owner === presence.id) return;
      log.warn('another process claimed the job', { batch: batch.id });
      lose();
    } catch (error) {
      log.warn('job not checked', { batch: batch.id, error }); // while the bucket does not answer, hardly anyone can claim it
    }
  }

  async function isHeld(): Promise<boolean> {
    if (current && !presence.isTrusted()) {
      checking ??= check().finally(() => {
        checking = undefined;
      });
      await checking;
    }
    return current !== undefined;
  }

  async function end(write: (last: Stored<JobRecord>) => Promise<unknown>, retryAt?: number): Promise<void> {
    if (!(await isHeld()) || !current) return;
    await write(current).catch((error: unknown) => {
      const advice = 'job record not changed; the app needs s3:PutObject and s3:DeleteObject';
      log.error(advice, { batch: batch.id, error });
    });
    lose(retryAt);
  }

  const close = () =>
    end(async (last) => {
      try {
        await records.remove(last.value);
      } catch (error) {
        // It must at least not be done again and again.
        await records.replace(last, { ...last.value, closedAt: now().toISOString() });
        throw error;
      }
    });

  function release(): Promise<void> {
    const seconds = retrySeconds[failures] ?? retrySeconds.at(-1) ?? 0;
    const retryAt = now().getTime() + seconds * 1000;
    const changes = { failures: failures + 1, retryAt: new Date(retryAt).toISOString() };
    return end((last) => records.replace(last, { ...last.value, ...changes }), retryAt);
  }

  /** For any other process to claim at once. */
  const leave = () =>
    end((last) => {
      const { owner: _, ...record } = last.value;
      return records.replace(last, record);
    });

  return {
    id,
    batch,
    task,
    responseUrl,
    attempts: failures,
    takeovers,
    isResumed,
    isHeld,
    close,
    release,
    async run(work) {
      try {
        await work();
      } catch (error) {
        await (error instanceof JobLostError ? leave() : release());
        throw error;
      }
      await close();
    },
  };
}
