import type { Log } from '../log.js';
import type { PreferencesReference } from '../prompt/preferences.js';
import type { Batch, BatchReference } from './batch.js';
import { type BatchStore, type StoredBatch, UnreadableBatchError } from './batch-store.js';

/** A person of a workspace. */
export type Person = PreferencesReference;

/** Where batches are found without their whole address: by who asked for them, and by name. */
export interface BatchHistory {
  /** Entered once people were shown that the batch begins: what was refused before is nothing to look for. */
  enter(batch: Batch): Promise<void>;
  /** The last batches that this person asked for, anywhere in the workspace, newest first. */
  newest(person: Person, count: number): Promise<BatchReference[]>;
  /**
   * Every batch of the workspace with this name: hardly ever more than one.
   * @param name the whole id, or its last six characters, in any case
   */
  named(workspaceId: string, name: string): Promise<BatchReference[]>;
}

interface HistoryDependencies {
  batches: Pick<BatchStore, 'load'>;
  history: BatchHistory;
  log: Log;
}

export type ListOwnBatches = (person: Person) => Promise<Batch[]>;

const listedCount = 10;

/** A person's own last batches, newest first. */
export function createListOwnBatches(dependencies: HistoryDependencies): ListOwnBatches {
  return async (person) => {
    const references = await dependencies.history.newest(person, listedCount);
    const found = await Promise.all(references.map((reference) => loadReadable(dependencies, reference)));
    return found.flatMap((stored) => (stored?.batch.requesterId === person.userId ? stored.batch : []));
  };
}

/** Who asks for a batch by its name, and where. */
export interface NamedBatch extends Person {
  channelId: string;
  name: string;
}

/** The newest batch of that name that this person may see where they are; undefined where there is none. */
export async function findNamed(
  dependencies: HistoryDependencies,
  { workspaceId, name, ...asker }: NamedBatch,
): Promise<StoredBatch | undefined> {
  const references = await dependencies.history.named(workspaceId, name);
  const found = await Promise.all(references.map((reference) => loadReadable(dependencies, reference)));
  return found
    .filter((stored) => stored !== undefined)
    .filter(({ batch }) => maySee(batch, asker))
    .toSorted((one, other) => (one.batch.id < other.batch.id ? 1 : -1))[0];
}

/** One's own anywhere; others' only in the channel that they were made in, and not what was taken away there. */
function maySee(batch: Batch, { userId, channelId }: { userId: string; channelId: string }): boolean {
  return batch.requesterId === userId || (batch.channelId === channelId && !batch.discardedAt);
}

/** undefined for a record that has gone, or that cannot be understood: the others are still told. */
async function loadReadable(
  { batches, log }: HistoryDependencies,
  reference: BatchReference,
): Promise<StoredBatch | undefined> {
  try {
    return await batches.load(reference);
  } catch (error) {
    if (!(error instanceof UnreadableBatchError)) throw error;
    log.warn('record passed over', { batch: reference.id, error });
    return undefined;
  }
}
