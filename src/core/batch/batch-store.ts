import type { Log } from '../log.js';
import type { Batch, BatchReference } from './batch.js';

/** A record as it was last read or written; the etag says whether it still stands so. */
export interface StoredBatch {
  batch: Batch;
  etag: string;
}

/** Where records are kept. Two writers can never both win: each write names the version it replaces. */
export interface BatchStore {
  create(batch: Batch): Promise<StoredBatch>;
  /** Makes the batch to be found in another channel as well, which it is brought to. */
  addPlace(batch: BatchReference, channelId: string): Promise<void>;
  /** The record, from any place of the batch. undefined where there is no such record; throws `UnreadableBatchError` where there is one that cannot be understood. */
  load(reference: BatchReference): Promise<StoredBatch | undefined>;
  /**
   * Applies a pure change. Where another writer was first, the change is made again on top of theirs, so it may run more
   * than once. A change that answers its own input writes nothing.
   */
  change(stored: StoredBatch, change: (batch: Batch) => Batch): Promise<StoredBatch>;
}

/** A record that is there but is not one we understand: the person reads so, the operator finds the key in the log. */
export class UnreadableBatchError extends Error {
  override readonly name = 'UnreadableBatchError';
}

/** The batch as its record has it now, whoever wrote it; as it was given where that cannot be read. Never fails. */
export async function reloadBatch(
  { batches, log }: { batches: Pick<BatchStore, 'load'>; log: Log },
  batch: Batch,
): Promise<Batch> {
  try {
    return (await batches.load(batch))?.batch ?? batch;
  } catch (error) {
    log.warn('record not read again', { batch: batch.id, error });
    return batch;
  }
}

type Change = (batch: Batch) => Batch;

export interface BatchWriter {
  readonly batch: Batch;
  /** Resolves to the record once this change is written. Fails where that write fails, along with the others in it. */
  change(change: Change): Promise<Batch>;
}

/**
 * One write to one record at a time, so that four images ending together do not collide with each other. What is asked
 * for while a write is under way is gathered and goes into the next, in the order in which it was asked for.
 */
export function createBatchWriter(store: BatchStore, stored: StoredBatch): BatchWriter {
  let latest = stored;
  let isWriting = false;
  let underWay: Promise<unknown> = Promise.resolve();
  let gathered: { changes: Change[]; written: Promise<Batch> } | undefined;

  async function write(changes: readonly Change[]): Promise<Batch> {
    isWriting = true;
    try {
      latest = await store.change(latest, (batch) => changes.reduce((changed, change) => change(changed), batch));
      return latest.batch;
    } finally {
      isWriting = false;
    }
  }

  function begin(changes: readonly Change[]): Promise<Batch> {
    const written = write(changes);
    underWay = written.catch(() => undefined); // whoever asked for that write hears of it; the next one goes on
    return written;
  }

  function gather() {
    const changes: Change[] = [];
    const written = underWay.then(() => {
      gathered = undefined;
      return begin(changes);
    });
    return { changes, written };
  }

  return {
    get batch() {
      return latest.batch;
    },
    change(change) {
      if (!isWriting && !gathered) return begin([change]);
      gathered ??= gather();
      gathered.changes.push(change);
      return gathered.written;
    },
  };
}
