import type { Log } from '../log.js';
import type { Batch, Destination } from './batch.js';
import type { BatchStore } from './batch-store.js';
import { refresh } from './click.js';
import { type BatchHistory, findNamed, type NamedBatch } from './history.js';

export interface ShowBatchDependencies {
  batches: BatchStore;
  history: BatchHistory;
  /**
   * Posts a batch as a new message of the bot's own; undefined where the bot may not, and only the asker was shown it, by
   * `responseUrl`.
   */
  repost(batch: Batch, channelId: string, responseUrl: string): Promise<Destination | undefined>;
  now(): Date;
  log: Log;
}

export type ShowBatch = (wanted: NamedBatch & { responseUrl: string }) => Promise<'shown' | 'not_found'>;

/**
 * `/imagine show`: a batch in a new message where it is asked for, with links signed anew. That message becomes the
 * batch's own. An older one is left as it is: its images may be all that others know, and its buttons still ask the
 * record. What only the asker is shown changes nothing of where the batch stands.
 */
export function createShowBatch(dependencies: ShowBatchDependencies): ShowBatch {
  const { batches, repost, now } = dependencies;
  return async (wanted) => {
    const found = await findNamed(dependencies, wanted);
    if (!found) return 'not_found';
    const { channelId, responseUrl } = wanted;
    const at = now();
    if (channelId !== found.batch.channelId) await batches.addPlace(found.batch, channelId); // first: its buttons work at once
    const stored = await batches.change(found, (batch) => refresh(batch, at));
    const destination = await repost(stored.batch, channelId, responseUrl);
    if (destination) await batches.change(stored, ({ discardedAt: _, ...batch }) => ({ ...batch, destination }));
    return 'shown';
  };
}
