import type { BatchReference, Person } from '../ids.js';
import { type Stored, UnreadableRecordError } from '../records.js';
import { refresh } from './actions.js';
import { type Batch, isHiddenFrom } from './batch.js';
import type { BatchDeps } from './deps.js';

type HistoryDeps = Pick<BatchDeps, 'batches' | 'history' | 'log'>;

/** A user's own last batches, newest first. */
export async function listOwnBatches(deps: HistoryDeps, person: Person): Promise<Batch[]> {
  const found = await loadReadable(deps, await deps.history.newest(person, 10));
  return found.map(({ value }) => value).filter(({ requesterId }) => requesterId === person.userId);
}

/** The same batches, each below what it goes on from. The family of the newest comes first, each in the order of time. */
export function groupFamilies(newestFirst: readonly Batch[]): Batch[][] {
  const byId = new Map(newestFirst.map((batch) => [batch.id, batch]));
  /** The ID of the first, which may be none of these. */
  const originOf = ({ id, parent }: Batch): string => {
    const known = parent && byId.get(parent.id);
    return known && known.id < id ? originOf(known) : (parent?.id ?? id);
  };
  const families = new Map<string, Batch[]>();
  for (const batch of newestFirst) {
    const origin = originOf(batch);
    families.set(origin, [batch, ...(families.get(origin) ?? [])]);
  }
  return [...families.values()];
}

export interface NamedBatch extends Person {
  channelId: string;
  name: string;
  responseUrl: string;
}

/**
 * `/imagine show`: shows a batch to the asker alone, with its links signed again. If they share it, the new message becomes
 * the batch's own. An older one stays as it is: its images may be all that others know, and its buttons still work.
 */
export async function showBatch(
  deps: HistoryDeps & Pick<BatchDeps, 'messages' | 'now'>,
  wanted: NamedBatch,
): Promise<'shown' | 'not_found'> {
  const { batches, messages, now } = deps;
  const found = await findNamed(deps, wanted);
  if (!found) return 'not_found';
  const { channelId } = wanted;
  const at = now();
  if (channelId !== found.value.channelId) await batches.addPlace(found.value, channelId); // first, so that its buttons work at once
  const stored = await batches.change(found, (batch) => refresh(batch, at));
  await messages.showPrivately(stored.value, wanted);
  return 'shown';
}

/** The newest of that name that this user may see: one's own, and others' in their channel unless private or discarded. */
async function findNamed(
  deps: HistoryDeps,
  { workspaceId, name, userId, channelId }: NamedBatch,
): Promise<Stored<Batch> | undefined> {
  const found = await loadReadable(deps, await deps.history.named(workspaceId, name));
  return found
    .filter(({ value }) => !isHiddenFrom(value, userId))
    .filter(({ value }) => value.requesterId === userId || (value.channelId === channelId && !value.discardedAt))
    .toSorted((one, other) => (one.value.id < other.value.id ? 1 : -1))[0];
}

/** Without records that are gone or unreadable: the others are still shown. */
async function loadReadable(
  { batches, log }: HistoryDeps,
  references: readonly BatchReference[],
): Promise<Stored<Batch>[]> {
  const loading = references.map((reference) =>
    batches.load(reference).catch((error: unknown) => {
      if (!(error instanceof UnreadableRecordError)) throw error;
      log.warn('unreadable record left out', { batch: reference.id, error });
      return undefined;
    }),
  );
  return (await Promise.all(loading)).filter((stored) => stored !== undefined);
}
