import type { Batch, BatchReference } from '../../src/core/batch/batch.js';
import type { BatchStore, StoredBatch } from '../../src/core/batch/batch-store.js';

export interface MemoryBatchStore extends BatchStore {
  /** Writes as another process would. */
  put(batch: Batch): StoredBatch;
  read(reference: { id: string }): Batch | undefined;
}

/**
 * Records in memory, under etags like a bucket's: of two writers that read the same version, one has to try again.
 * @param beforeWrite may throw, as a bucket does that cannot be written, or put another version first
 */
export function createMemoryBatchStore(beforeWrite: (batch: Batch) => void = () => undefined): MemoryBatchStore {
  const records = new Map<string, StoredBatch>();
  let version = 0;

  function put(batch: Batch): StoredBatch {
    version += 1;
    const stored = { batch, etag: `"${version}"` };
    records.set(batch.id, stored);
    return stored;
  }

  async function load({ id }: BatchReference): Promise<StoredBatch | undefined> {
    return records.get(id);
  }

  return {
    put,
    load,
    addPlace: async () => undefined, // ids are all that finds a record here
    read: ({ id }) => records.get(id)?.batch,
    async create(batch) {
      beforeWrite(batch);
      return put(batch);
    },
    async change(stored, change) {
      const changed = change(stored.batch);
      if (changed === stored.batch) return stored;
      await Promise.resolve(); // a request is under way, and others may be too
      beforeWrite(changed);
      const latest = records.get(stored.batch.id);
      if (!latest) throw new Error('No such record.');
      return latest.etag === stored.etag ? put(changed) : this.change(latest, change);
    },
  };
}
