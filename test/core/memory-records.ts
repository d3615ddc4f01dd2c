import { batchKey, usageKey } from '../../src/aws/keys.js';
import type { Batch } from '../../src/core/batch/batch.js';
import type { BatchRecords, UsageRecords } from '../../src/core/batch/deps.js';
import { noUsage, type Usage } from '../../src/core/batch/usage.js';
import type { Stored } from '../../src/core/records.js';

export interface MemoryBatches extends BatchRecords {
  /** Writes as another process would. */
  put(batch: Batch): Stored<Batch>;
  read(reference: { id: string }): Batch | undefined;
}

/**
 * Records in memory, with etags as in a bucket: of two writers that read the same version, one has to try again.
 * @param beforeWrite may throw, as a bucket that cannot be written does, or put another version first
 */
export function createMemoryBatches(beforeWrite: (batch: Batch) => void = () => undefined): MemoryBatches {
  const records = new Map<string, Stored<Batch>>();
  let version = 0;

  function put(batch: Batch): Stored<Batch> {
    version += 1;
    const stored = { key: batchKey(batch), value: batch, etag: `"${version}"` };
    records.set(batch.id, stored);
    return stored;
  }

  return {
    put,
    load: async ({ id }) => records.get(id),
    addPlace: async () => undefined, // here the ID alone finds a record
    read: ({ id }) => records.get(id)?.value,
    async create(batch) {
      beforeWrite(batch);
      return put(batch);
    },
    async change(stored, change) {
      const changed = change(stored.value);
      if (changed === stored.value) return stored;
      await Promise.resolve(); // a request is under way, and others may be too
      beforeWrite(changed);
      const latest = records.get(stored.value.id);
      if (!latest) throw new Error('No such record.');
      return latest.etag === stored.etag ? put(changed) : this.change(latest, change);
    },
  };
}

/** Counters in memory, by their keys. */
export function createMemoryUsage(): UsageRecords & { counters: Map<string, Usage> } {
  const counters = new Map<string, Usage>();
  return {
    counters,
    load: async (reference) => counters.get(usageKey(reference)) ?? noUsage,
    async change(reference, change) {
      const before = counters.get(usageKey(reference)) ?? noUsage;
      const after = change(before);
      if (after !== before) counters.set(usageKey(reference), after);
      return after;
    },
  };
}
