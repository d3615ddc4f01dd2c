import type { Stored } from '../records.js';
import {
  type Batch,
  type BatchPick,
  type ClickedMessage,
  findImage,
  isOwnMessage,
  isPickDeleted,
  messageOf,
} from './batch.js';
import type { BatchDeps, OwnMessage } from './deps.js';

export type KeepPickDeps = Pick<BatchDeps, 'batches' | 'images' | 'messages' | 'newId' | 'now'>;

export type PickEffect =
  /** In place of the clicked message. */
  | { kind: 'show where clicked'; clicked: ClickedMessage }
  /** In a new message, since Slack cannot make a private one public. */
  | { kind: 'share'; clicked: ClickedMessage }
  | { kind: 'remove private copy'; clicked: ClickedMessage }
  /** Of the images chosen before. */
  | { kind: 'delete old files'; fileIds: readonly string[] }
  /** Its link is replaced by a file that outlives it. */
  | { kind: 'upload' }
  | { kind: 'try again later' };

/** What to do next, given the outcome of updating the batch's own message. */
export function planPick(
  batch: Batch,
  clicked: ClickedMessage | undefined,
  own: OwnMessage,
  keepsPrivate = false,
): PickEffect[] {
  const effects = clicked ? planClicked(batch, clicked, own, keepsPrivate) : [];
  if (own === 'late') return [...effects, { kind: 'try again later' }];
  const { oldFileIds, uploadStartedAt } = batch.pick ?? {};
  if (oldFileIds) effects.push({ kind: 'delete old files', fileIds: oldFileIds });
  const hasOwn = own === 'shown' || effects.some(({ kind }) => kind === 'share');
  if (hasOwn && !uploadStartedAt) effects.push({ kind: 'upload' });
  return effects;
}

function planClicked(batch: Batch, clicked: ClickedMessage, own: OwnMessage, keepsPrivate: boolean): PickEffect[] {
  if (own === 'shown' && isOwnMessage(batch, clicked)) return [];
  if (!clicked.isPrivate || keepsPrivate) return [{ kind: 'show where clicked', clicked }];
  // a private copy beside the batch's own message need not show the pick: everyone sees it there
  const isBesideOwn = messageOf(batch)?.channelId === clicked.channelId;
  if (own === 'gone' || !isBesideOwn) return [{ kind: 'share', clicked }];
  return own === 'shown' ? [{ kind: 'remove private copy', clicked }] : [];
}

/**
 * Shows the pick at once by a link, then by a file, and marks the image. May run again for a pick that was left in the
 * middle, even while another process is still at it: the upload, which posts into the thread, is made by the process that
 * claims it in the record.
 * @returns whether the batch's own message shows the pick
 */
export async function keepPick(
  deps: KeepPickDeps,
  stored: Stored<Batch>,
  clicked: ClickedMessage | undefined,
  keepsPrivate = false,
): Promise<boolean> {
  const marking = markPicked(deps, stored.value);
  marking.catch(() => undefined); // the user sees the pick first
  const isShown = await showAndUpload(deps, stored, clicked, keepsPrivate);
  await marking;
  return isShown;
}

async function showAndUpload(
  deps: KeepPickDeps,
  stored: Stored<Batch>,
  clicked: ClickedMessage | undefined,
  keepsPrivate = false,
): Promise<boolean> {
  const { messages } = deps;
  const { value: batch } = stored;
  const own = await messages.updateOwn(batch);
  let latest = stored;
  let hasOwn = own === 'shown';
  for (const effect of planPick(batch, clicked, own, keepsPrivate)) {
    if (effect.kind === 'show where clicked') await messages.showPick(batch, effect.clicked);
    if (effect.kind === 'share') {
      const posted = await postForAll(deps, latest, effect.clicked);
      hasOwn ||= posted !== undefined;
      latest = posted ?? latest;
    }
    if (effect.kind === 'remove private copy') await messages.removePrivateCopy(effect.clicked);
    if (effect.kind === 'delete old files') latest = await deleteOldFiles(deps, latest, effect.fileIds);
    if (effect.kind === 'upload' && hasOwn) await upload(deps, latest);
    if (effect.kind === 'try again later') throw new Error('The message of this batch cannot be changed yet.');
  }
  return hasOwn;
}

export async function markPicked({ images }: Pick<KeepPickDeps, 'images'>, batch: Batch): Promise<void> {
  const image = batch.pick && findImage(batch, batch.pick.number);
  if (image?.state === 'stored') await images.markPicked(batch, image);
}

/** Posts for everyone what one user alone was shown, and if it is a pick, keeps its file there. */
export async function shareBatch(deps: KeepPickDeps, stored: Stored<Batch>, clicked: ClickedMessage): Promise<void> {
  const posted = await postForAll(deps, stored, clicked);
  const pick = posted?.value.pick;
  if (posted && pick && !pick.uploadStartedAt) await upload(deps, posted);
}

/** If the bot may post, the new message becomes the batch's own; otherwise undefined. Either way everyone may see it now. */
async function postForAll(
  { batches, messages, now }: KeepPickDeps,
  stored: Stored<Batch>,
  clicked: ClickedMessage,
): Promise<Stored<Batch> | undefined> {
  const destination = await messages.share(stored.value, clicked);
  const posted = await batches.change(stored, ({ discardedAt: _, visibility: __, ...batch }) => ({
    ...batch,
    ...(destination && { destination }),
  }));
  await messages.removePrivateCopy(clicked);
  const { pick } = stored.value;
  // the file goes to the new message: the link in the one before is all that remains there, and it says so
  if (destination && messageOf(stored.value) && pick && !pick.uploadStartedAt)
    await messages.updateOwn({ ...stored.value, pick: { ...pick, uploadStartedAt: now().toISOString() } });
  return destination && posted;
}

/**
 * Then shows the pick once more, to show the file, that only the link remains, or another image that was chosen meanwhile.
 * That ends there, because planPick sees `uploadStartedAt`. A file that comes too late is deleted.
 */
async function upload(deps: KeepPickDeps, stored: Stored<Batch>): Promise<void> {
  const { messages, newId, now } = deps;
  const uploadId = newId();
  const claim = { uploadStartedAt: now().toISOString(), uploadId };
  const isOurs = ({ value }: Stored<Batch>) => value.pick?.uploadId === uploadId;
  const claimed = await changePick(deps, stored, (pick) => (pick.uploadStartedAt ? pick : { ...pick, ...claim }));
  const slackFileId = isOurs(claimed) ? await messages.uploadPick(claimed.value) : undefined;
  const kept = slackFileId
    ? await changePick(deps, claimed, (pick) => (pick.uploadId === uploadId ? { ...pick, slackFileId } : pick))
    : claimed;
  if (slackFileId && kept.value.pick?.slackFileId !== slackFileId) await messages.deleteFiles([slackFileId]);
  const isOther = kept.value.pick?.clickId !== stored.value.pick?.clickId;
  if (isOurs(claimed) || kept.value.pick?.slackFileId || isOther) await showAndUpload(deps, kept, undefined); // perhaps another process's file
}

/** Of images chosen before, or of a choice that was deleted. */
export async function deleteOldFiles(
  { batches, messages }: Pick<KeepPickDeps, 'batches' | 'messages'>,
  stored: Stored<Batch>,
  fileIds: readonly string[],
): Promise<Stored<Batch>> {
  await messages.deleteFiles(fileIds);
  return batches.change(stored, (latest) => {
    if (!latest.pick?.oldFileIds) return latest;
    const { oldFileIds, ...pick } = latest.pick;
    const left = oldFileIds.filter((id) => !fileIds.includes(id));
    return { ...latest, pick: left.length > 0 ? { ...pick, oldFileIds: left } : pick };
  });
}

/** Unless the message was deleted meanwhile. */
function changePick(
  { batches }: KeepPickDeps,
  stored: Stored<Batch>,
  change: (pick: BatchPick) => BatchPick,
): Promise<Stored<Batch>> {
  return batches.change(stored, (latest) => {
    const pick = latest.pick && !isPickDeleted(latest) ? change(latest.pick) : latest.pick;
    return pick === latest.pick ? latest : { ...latest, pick };
  });
}
