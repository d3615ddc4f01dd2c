import type { BatchReference } from '../core/batch/batch.js';
import type {
  MarkerStore,
  OpenBatchWork,
  OpenWork,
  StoredMarker,
  Task,
  WorkMarker,
  WorkReference,
} from '../core/batch/job.js';
import type { Log } from '../core/log.js';
import { keepLease } from './keep-lease.js';

export interface LeaseOptions {
  markers: MarkerStore;
  /** This process, from its start to its end: after a restart it is another. */
  owner: string;
  /**
   * Renewed at every third of it. Long enough for two renewals to fail and for clocks of replicas to differ by seconds;
   * short, because it is what people wait after a crash.
   */
  leaseMilliseconds: number;
  /** Until work that failed is tried again. */
  retryMilliseconds: number;
  newId(): string;
  now(): Date;
  log: Log;
}

/** What became of an attempt to take up work. */
export type TakeUp = { kind: 'held'; work: OpenWork } | { kind: 'taken'; freeAt: Date } | { kind: 'gone' };

export interface Leases {
  open: OpenBatchWork;
  takeUp(reference: WorkReference): Promise<TakeUp>;
  /** True for what this process works on itself. */
  holds(reference: WorkReference): boolean;
}

/** Gives out work so that of all processes one at a time does it, and another can where that one is gone. */
export function createLeases(options: LeaseOptions): Leases {
  const { markers } = options;
  const held = new Set<string>();

  function hold(stored: StoredMarker, isTakenUp: boolean): OpenWork {
    const { id } = stored.marker;
    held.add(id);
    return holdWork(options, stored, isTakenUp, () => held.delete(id));
  }

  return {
    holds: ({ id }) => held.has(id),
    async open(batch, task, responseUrl) {
      return hold(await markers.create(newMarker(options, batch, task, responseUrl)), false);
    },
    async takeUp(reference) {
      const found = await markers.load(reference);
      if (!found) return { kind: 'gone' };
      if (found.marker.closedAt) return markers.remove(reference).then(() => ({ kind: 'gone' }));
      const freeAt = new Date(found.marker.lease.expiresAt);
      if (freeAt > options.now()) return { kind: 'taken', freeAt };
      const lease = newLease(options, options.leaseMilliseconds);
      const taken = await markers.replace(found, { ...found.marker, lease });
      return taken ? { kind: 'held', work: hold(taken, true) } : { kind: 'taken', freeAt: new Date(lease.expiresAt) };
    },
  };
}

function holdWork(options: LeaseOptions, stored: StoredMarker, isTakenUp: boolean, released: () => void): OpenWork {
  const { batch, task, responseUrl, failures } = stored.marker;
  const lease = keepLease({ ...options, newLease: () => newLease(options, options.leaseMilliseconds) }, stored);
  const release = async (end: (last: StoredMarker) => Promise<unknown>) => {
    const last = await lease.stop();
    await (last && end(last))?.catch((error: unknown) => tellMarkerStays(options, batch, error));
    released();
  };
  const close = () => release((last) => removeMarker(options, last));
  const leave = () => release((last) => options.markers.replace(last, failedOnce(options, last.marker)));
  return {
    batch,
    task,
    responseUrl,
    failures,
    isTakenUp,
    isHeld: lease.isHeld,
    close,
    leave,
    async carryOut(job) {
      try {
        await job();
      } catch (error) {
        await leave();
        throw error;
      }
      await close();
    },
  };
}

function newMarker(
  options: LeaseOptions,
  { workspaceId, channelId, id }: BatchReference,
  task: Task,
  responseUrl: string | undefined,
): WorkMarker {
  return {
    version: 1,
    workspaceId,
    id: options.newId(),
    batch: { workspaceId, channelId, id },
    task,
    ...(responseUrl !== undefined && { responseUrl }),
    failures: 0,
    lease: newLease(options, options.leaseMilliseconds),
  };
}

function newLease({ owner, now }: LeaseOptions, milliseconds: number): WorkMarker['lease'] {
  return { owner, expiresAt: new Date(now().getTime() + milliseconds).toISOString() };
}

function failedOnce(options: LeaseOptions, marker: WorkMarker): WorkMarker {
  return { ...marker, failures: marker.failures + 1, lease: newLease(options, options.retryMilliseconds) };
}

/** A marker that cannot be removed must at least not have its work done again and again. */
async function removeMarker({ markers, now }: LeaseOptions, { marker, etag }: StoredMarker): Promise<void> {
  try {
    await markers.remove(marker);
  } catch (error) {
    await markers.replace({ marker, etag }, { ...marker, closedAt: now().toISOString() });
    throw error;
  }
}

function tellMarkerStays({ log }: LeaseOptions, { id }: BatchReference, error: unknown): void {
  log.error('marker of open work not changed; the app needs s3:PutObject and s3:DeleteObject', { batch: id, error });
}
