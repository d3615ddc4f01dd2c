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

export interface BatchWriter {
  readonly batch: Batch;
  change(change: (batch: Batch) => Batch): Promise<Batch>;
}

/** Changes to one record made one after another, so that four pictures ending together do not collide with each other. */
export function createBatchWriter(store: BatchStore, stored: StoredBatch): BatchWriter {
  let latest = stored;
  let earlier: Promise<unknown> = Promise.resolve();
  return {
    get batch() {
      return latest.batch;
    },
    change(change) {
      const written = earlier.then(async () => {
        latest = await store.change(latest, change);
        return latest.batch;
      });
      earlier = written.catch(() => undefined); // whoever asked for that change hears of it; the next one goes on
      return written;
    },
  };
}
