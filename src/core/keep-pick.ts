import type { Batch, BatchPick } from './batch.js';
import type { BatchStore } from './batch-store.js';
import type { ClickPlace } from './click.js';
import type { Log } from './log.js';

export interface KeepPickDependencies {
  batches: BatchStore;
  /**
   * Shows it in the batch's own message, and in the one that was clicked. False where the batch's own message cannot be
   * changed; fails where nobody could be shown it.
   */
  showPicked(batch: Batch, place?: ClickPlace): Promise<boolean>;
  /** A copy that Slack keeps for good, by its file id; undefined where the bot may not upload. */
  uploadPick(batch: Batch): Promise<string | undefined>;
  now(): Date;
  log: Log;
}

export type KeepPick = (batch: Batch, place: ClickPlace | undefined) => Promise<void>;

/**
 * Shows the pick at once by a link, then swaps the link for a copy that outlives it. May be called again for a pick that
 * was left in the middle; only the upload, which posts into the thread, is never made twice.
 */
export function createKeepPick({ batches, showPicked, uploadPick, now, log }: KeepPickDependencies): KeepPick {
  const changePick = async (batch: Batch, news: Partial<BatchPick>): Promise<Batch | undefined> => {
    const stored = await batches.load(batch);
    if (!stored) return void log.error('picked batch is not in the bucket', { batch: batch.id });
    const change = (latest: Batch) => (latest.pick ? { ...latest, pick: { ...latest.pick, ...news } } : latest);
    return (await batches.change(stored, change)).batch;
  };
  return async (batch, place) => {
    const isShown = await showPicked(batch, place);
    if (!isShown || batch.pick?.uploadStartedAt) return;
    const begun = await changePick(batch, { uploadStartedAt: now().toISOString() });
    const slackFileId = begun && (await uploadPick(begun));
    const kept = slackFileId && (await changePick(begun, { slackFileId }));
    if (kept) await showPicked(kept);
  };
}
