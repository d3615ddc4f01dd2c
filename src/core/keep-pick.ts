import type { Batch } from './batch.js';
import type { BatchStore, StoredBatch } from './batch-store.js';
import type { Log } from './log.js';

export interface KeepPickDependencies {
  batches: BatchStore;
  showPicked(batch: Batch, responseUrl: string): Promise<void>;
  /** A copy that Slack keeps for good, by its file id; undefined where the bot may not upload. */
  uploadPick(batch: Batch): Promise<string | undefined>;
  log: Log;
}

export type KeepPick = (batch: Batch, responseUrl: string) => Promise<void>;

/** Shows the pick at once by a link, then swaps the link for a copy that outlives it. */
export function createKeepPick({ batches, showPicked, uploadPick, log }: KeepPickDependencies): KeepPick {
  return async (batch, responseUrl) => {
    await showPicked(batch, responseUrl);
    const slackFileId = await uploadPick(batch);
    if (!slackFileId) return;
    const stored = await batches.load(batch);
    if (!stored) return log.error('picked batch is not in the bucket', { batch: batch.id });
    const kept: StoredBatch = await batches.change(stored, (latest) =>
      latest.pick ? { ...latest, pick: { ...latest.pick, slackFileId } } : latest,
    );
    await showPicked(kept.batch, responseUrl);
  };
}
