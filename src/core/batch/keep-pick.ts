import type { Log } from '../log.js';
import type { Batch, BatchPick } from './batch.js';
import type { BatchStore } from './batch-store.js';
import type { ClickPlace } from './click.js';

export interface KeepPickDependencies {
  batches: BatchStore;
  /**
   * Shows it in the batch's own message, and in the one that was clicked. False where the batch's own message cannot be
   * changed; fails where nobody could be shown it.
   */
  showPicked(batch: Batch, place?: ClickPlace): Promise<boolean>;
  /** A copy that Slack keeps for good, by its file id; undefined where the bot may not upload. */
  uploadPick(batch: Batch): Promise<string | undefined>;
  newId(): string;
  now(): Date;
  log: Log;
}

/** Resolves to whether the batch's own message shows it. */
export type KeepPick = (batch: Batch, place: ClickPlace | undefined) => Promise<boolean>;

/**
 * Shows the pick at once by a link, then swaps the link for a copy that outlives it. May be called again for a pick that
 * was left in the middle, even while another process is still at it: the upload, which posts into the thread, is made by
 * the one that claims it in the record.
 */
export function createKeepPick({ batches, showPicked, uploadPick, newId, now, log }: KeepPickDependencies): KeepPick {
  const changePick = async (batch: Batch, change: (pick: BatchPick) => BatchPick): Promise<Batch | undefined> => {
    const stored = await batches.load(batch);
    if (!stored) return void log.error('picked batch is not in the bucket', { batch: batch.id });
    const changed = await batches.change(stored, (latest) => {
      const pick = latest.pick && change(latest.pick);
      return pick === latest.pick ? latest : { ...latest, pick };
    });
    return changed.batch;
  };
  const upload = async (claimed: Batch): Promise<Batch | undefined> => {
    const slackFileId = await uploadPick(claimed);
    return slackFileId ? changePick(claimed, (pick) => ({ ...pick, slackFileId })) : undefined;
  };
  return async (batch, place) => {
    const isShown = await showPicked(batch, place);
    if (!isShown || batch.pick?.uploadStartedAt) return isShown;
    const claim = { uploadStartedAt: now().toISOString(), uploadId: newId() };
    const begun = await changePick(batch, (pick) => (pick.uploadStartedAt ? pick : { ...pick, ...claim }));
    const kept = begun?.pick?.uploadId === claim.uploadId ? await upload(begun) : begun;
    if (kept?.pick?.slackFileId) await showPicked(kept); // perhaps another process's file, which the link shown above may have replaced
    return true;
  };
}
