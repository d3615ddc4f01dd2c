import type { BatchReference, Person } from '../ids.js';
import { type Stored, UnreadableRecordError } from '../records.js';
import { refresh } from './actions.js';
import type { Batch } from './batch.js';
import type { BatchDeps } from './deps.js';

type HistoryDeps = Pick<BatchDeps, 'batches' | 'history' | 'log'>;

const listedCount = 10;

/** A user's own last batches, newest first. */
export async function listOwnBatches(deps: HistoryDeps, person: Person): Promise<Batch[]> {
  const references = await deps.history.newest(person, listedCount);
  const found = await Promise.all(references.map((reference) => loadReadable(deps, reference)));
  return found.flatMap((stored) => (stored?.value.requesterId === person.userId ? stored.value : []));
}

/** Who asks for a batch by its ID, and where. */
export interface NamedBatch extends Person {
  channelId: string;
  name: string;
}

/**
 * `/imagine show`: posts a batch as a new message where it is asked for, with its links signed again. That message becomes
 * the batch's own. An older one stays as it is: its images may be all that others know, and its buttons still work. What
 * only the asker is shown does not change the batch.
 */
export async function showBatch(
  deps: HistoryDeps & Pick<BatchDeps, 'messages' | 'now'>,
  wanted: NamedBatch & { responseUrl: string },
): Promise<'shown' | 'not_found'> {
  const { batches, messages, now } = deps;
  const found = await findNamed(deps, wanted);
  if (!found) return 'not_found';
  const { channelId, responseUrl } = wanted;
  const at = now();
  if (channelId !== found.value.channelId) await batches.addPlace(found.value, channelId); // first, so that its buttons work at once
  const stored = await batches.change(found, (batch) => refresh(batch, at));
  const destination = await messages.repost(stored.value, channelId, responseUrl);
  if (destination) await batches.change(stored, ({ discardedAt: _, ...batch }) => ({ ...batch, destination }));
  return 'shown';
}

/** The newest batch of that name that this user may see in this conversation. */
async function findNamed(
  deps: HistoryDeps,
  { workspaceId, name, ...asker }: NamedBatch,
): Promise<Stored<Batch> | undefined> {
  const references = await deps.history.named(workspaceId, name);
  const found = await Promise.all(references.map((reference) => loadReadable(deps, reference)));
  return found
    .filter((stored) => stored !== undefined)
    .filter(({ value }) => maySee(value, asker))
    .toSorted((one, other) => (one.value.id < other.value.id ? 1 : -1))[0];
}

/** One's own anywhere; others' only in the channel they were made in, unless they were discarded there. */
function maySee(batch: Batch, { userId, channelId }: { userId: string; channelId: string }): boolean {
  return batch.requesterId === userId || (batch.channelId === channelId && !batch.discardedAt);
}

/** undefined for a record that is gone or unreadable: the others are still shown. */
async function loadReadable(
  { batches, log }: HistoryDeps,
  reference: BatchReference,
): Promise<Stored<Batch> | undefined> {
  try {
    return await batches.load(reference);
  } catch (error) {
    if (!(error instanceof UnreadableRecordError)) throw error;
    log.warn('unreadable record left out', { batch: reference.id, error });
    return undefined;
  }
}
