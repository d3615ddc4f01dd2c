import type { Click } from './actions.js';
import { type Batch, type BatchPick, type ClickedMessage, findImage, isOwnMessage, isStored } from './batch.js';

/** How long Slack takes answers at a response_url. */
const menuMilliseconds = 30 * 60_000;

/** A pick may be changed by the user who made it, and by the requester. */
function judgeChange({ pick, requesterId }: Batch, userId: string) {
  if (!pick) return 'not_there';
  return userId === requesterId || userId === pick.pickedBy ? undefined : 'not_your_pick';
}

export function otherImages({ images, pick }: Batch): Batch['images'] {
  return images.filter((image) => isStored(image) && image.number !== pick?.number);
}

/** "Other images" in the menu of a picked image. A message that is not the batch's own is remembered, to be replaced later. */
export function othersClick(userId: string, clicked: ClickedMessage, now: Date): Click {
  const { channelId, messageTs, responseUrl, isPrivate } = clicked;
  const openedAt = now.toISOString();
  return {
    judge: (batch) => judgeChange(batch, userId) ?? (otherImages(batch).length > 0 ? undefined : 'not_there'),
    apply(batch) {
      if (!batch.pick) return batch;
      const { menu: before, ...pick } = batch.pick;
      if (!isPrivate && !isOwnMessage(batch, clicked)) {
        const menu = { channelId, ...(messageTs && { messageTs }), responseUrl, openedAt };
        return { ...batch, pick: { ...pick, menu } };
      }
      return before ? { ...batch, pick } : batch;
    },
  };
}

/** One of the other images: of two clicks, the later one stays. */
export function switchClick(
  number: number,
  userId: string,
  clicked: ClickedMessage,
  { clickId, now }: { clickId: string; now: Date },
): Click {
  return {
    job({ pick }) {
      if (!pick?.menu) return { task: { kind: 'pick' }, responseUrl: clicked.responseUrl };
      const { channelId, messageTs, responseUrl } = pick.menu;
      return { task: { kind: 'pick', clicked: { channelId, ...(messageTs && { messageTs }) } }, responseUrl };
    },
    judge(batch) {
      const { pick } = batch;
      const refusal = judgeChange(batch, userId);
      if (refusal) return refusal;
      if (pick?.number === number) return 'already_picked';
      const openedAt = pick?.menu?.openedAt;
      if (openedAt && now.getTime() - Date.parse(openedAt) > menuMilliseconds) return 'menu_too_old';
      return findImage(batch, number)?.state === 'stored' ? undefined : 'not_there';
    },
    apply({ discardedAt: _, ...batch }) {
      const oldFileIds = replacedFileIds(batch);
      const pick = { number, pickedBy: userId, pickedAt: now.toISOString(), clickId };
      return { ...batch, pick: { ...pick, ...(oldFileIds.length > 0 && { oldFileIds }) } };
    },
    isApplied: ({ pick }) => pick?.clickId === clickId,
  };
}

/** "Delete": the message and the file go. The images stay in the bucket, and the batch can be shown again. */
export function deleteClick(userId: string, now: Date): Click {
  return {
    judge: (batch) => judgeChange(batch, userId),
    apply(batch) {
      if (!batch.pick) return batch;
      const { number, pickedBy, pickedAt, clickId } = batch.pick; // an upload under way is not ours any more
      const pick = { number, pickedBy, pickedAt, ...(clickId && { clickId }) };
      const oldFileIds = fileIdsOf(batch.pick);
      const discardedAt = now.toISOString();
      return { ...batch, discardedAt, pick: { ...pick, ...(oldFileIds.length > 0 && { oldFileIds }) } };
    },
  };
}

function fileIdsOf({ oldFileIds = [], slackFileId }: BatchPick): string[] {
  return slackFileId ? [...oldFileIds, slackFileId] : oldFileIds;
}

/** Once the batch was shown a second time, its first message may still show the file, so the file stays. */
function replacedFileIds({ pick, destination }: Batch): string[] {
  const isShownElsewhere = destination?.kind === 'message' && destination.channelId !== undefined;
  return pick ? (isShownElsewhere ? (pick.oldFileIds ?? []) : fileIdsOf(pick)) : [];
}
