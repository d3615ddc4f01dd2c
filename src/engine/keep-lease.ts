import { setInterval as every } from 'node:timers/promises';
import type { MarkerStore, StoredMarker, WorkMarker } from '../core/batch/job.js';
import type { Log } from '../core/log.js';

export interface KeepLeaseOptions {
  markers: Pick<MarkerStore, 'replace'>;
  leaseMilliseconds: number;
  newLease(): WorkMarker['lease'];
  now(): Date;
  log: Log;
}

/** Renews a lease until it is stopped, one renewal at a time. */
export function keepLease({ markers, leaseMilliseconds, newLease, now, log }: KeepLeaseOptions, stored: StoredMarker) {
  const batch = stored.marker.batch.id;
  const stopped = new AbortController();
  let current: StoredMarker | undefined = stored;

  let turn: Promise<void> = Promise.resolve();

  /** One after another: of two at once the later would take the earlier for another process. */
  function renew(): Promise<void> {
    turn = turn.then(renewOnce);
    return turn;
  }

  async function renewOnce(): Promise<void> {
    if (!current) return;
    try {
      current = await markers.replace(current, { ...current.marker, lease: newLease() });
      if (!current) log.warn('another process took over', { batch });
    } catch (error) {
      log.warn('lease not renewed', { batch, error }); // it lasts for two turns more
    }
  }

  async function renewUntilStopped(): Promise<void> {
    const turns = every(leaseMilliseconds / 3, undefined, { signal: stopped.signal, ref: false });
    try {
      for await (const _ of turns) await renew();
    } catch (error) {
      if (!stopped.signal.aborted) throw error; // the way in which this timer says that it was stopped
    }
  }

  const isFresh = () => current !== undefined && Date.parse(current.marker.lease.expiresAt) > now().getTime();

  /**
   * A lease can end unnoticed, while the machine sleeps or the bucket is out of reach: then anybody may have taken it, and
   * only the bucket can say. Where it does not answer, nobody can have.
   */
  async function isHeld(): Promise<boolean> {
    if (current && !isFresh()) await renew();
    return current !== undefined;
  }

  const renewing = renewUntilStopped();
  return {
    isHeld,
    /** The marker as it last stood; undefined where it is another's by now. */
    async stop(): Promise<StoredMarker | undefined> {
      stopped.abort();
      await renewing;
      await isHeld();
      return current;
    },
  };
}
