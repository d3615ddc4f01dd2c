import type { Stored } from '../records.js';
import type { Batch, BatchPick, ClickedMessage } from './batch.js';
import type { BatchDeps } from './deps.js';

export type KeepPickDeps = Pick<BatchDeps, 'batches' | 'messages' | 'newId' | 'now'>;

/**
 * Shows the pick at once by a link, then replaces the link by a file that outlives it. May run again for a pick that was
 * left in the middle, even while another process is still at it: the upload, which posts into the thread, is made by the
 * process that claims it in the record.
 * @returns whether the batch's own message shows the pick
 */
export async function keepPick(
  deps: KeepPickDeps,
  stored: Stored<Batch>,
  clicked: ClickedMessage | undefined,
): Promise<boolean> {
  const { messages, newId, now } = deps;
  const { value: batch } = stored;
  const isShown = await messages.showPicked(batch, clicked);
  if (!isShown || batch.pick?.uploadStartedAt) return isShown;
  const claim = { uploadStartedAt: now().toISOString(), uploadId: newId() };
  const claimed = await changePick(deps, stored, (pick) => (pick.uploadStartedAt ? pick : { ...pick, ...claim }));
  const kept = claimed.value.pick?.uploadId === claim.uploadId ? await upload(deps, claimed) : claimed;
  if (kept.value.pick?.slackFileId) await messages.showPicked(kept.value); // perhaps another process's file
  return true;
}

async function upload(deps: KeepPickDeps, claimed: Stored<Batch>): Promise<Stored<Batch>> {
  const slackFileId = await deps.messages.uploadPick(claimed.value);
  return slackFileId ? changePick(deps, claimed, (pick) => ({ ...pick, slackFileId })) : claimed;
}

function changePick(
  { batches }: KeepPickDeps,
  stored: Stored<Batch>,
  change: (pick: BatchPick) => BatchPick,
): Promise<Stored<Batch>> {
  return batches.change(stored, (latest) => {
    const pick = latest.pick && change(latest.pick);
    return pick === latest.pick ? latest : { ...latest, pick };
  });
}
