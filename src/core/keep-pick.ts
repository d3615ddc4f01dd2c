import type { Batch } from './batch.js';
import type { BatchStore, StoredBatch } from './batch-store.js';
import type { ClickPlace } from './click.js';
import type { Log } from './log.js';

export interface KeepPickDependencies {
  batches: BatchStore;
  /** Shows it in the batch's own message, and in the one that was clicked. False where the batch's own message cannot be changed. */
  showPicked(batch: Batch, place?: ClickPlace): Promise<boolean>;
  /** A copy that Slack keeps for good, by its file id; undefined where the bot may not upload. */
  uploadPick(batch: Batch): Promise<string | undefined>;
  log: Log;
}

export type KeepPick = (batch: Batch, place: ClickPlace) => Promise<void>;

/** Shows the pick at once by a link, then swaps the link for a copy that outlives it. */
export function createKeepPick({ batches, showPicked, uploadPick, log }: KeepPickDependencies): KeepPick {
  return async (batch, place) => {
    if (!(await showPicked(batch, place))) return;
    const slackFileId = await uploadPick(batch);
    if (!slackFileId) return;
    const stored = await batches.load(batch);
    if (!stored) return log.error('picked batch is not in the bucket', { batch: batch.id });
    const kept: StoredBatch = await batches.change(stored, (latest) =>
      latest.pick ? { ...latest, pick: { ...latest.pick, slackFileId } } : latest,
    );
    await showPicked(kept.batch);
  };
}
