import { type Batch, type ClickedMessage, isOwnMessage, messageOf } from '../../core/batch/batch.js';
import type { BatchFollower } from '../../core/batch/deps.js';
import { isDeleted, isFinal } from '../api/slack-refusals.js';
import { type BatchPacersOptions, createBatchPacers } from './batch-pacers.js';
import { createFollowBatch } from './follow-batch.js';
import { notifyRequester } from './notify-requester.js';
import { promoteClicked, removeClicked, replaceClicked } from './replace-clicked.js';
import { sendBatch } from './send-batch.js';

export interface BatchMessages {
  follow(batch: Batch): BatchFollower;
  /** Shows where the record says a batch that waits to be drawn again. */
  showWaiting(batch: Batch): Promise<void>;
  /** Shows a batch as it now stands in the message that was clicked, whichever of its messages that is. */
  showClicked(batch: Batch, place: ClickedMessage): Promise<void>;
  /**
   * The batch's own message becomes the picked image, and so does the one that was clicked; where only the clicker saw
   * that, it becomes one for all. False where the batch's own message is gone or may be changed no more; fails where no
   * message could be changed, or its own not just now.
   */
  showPicked(batch: Batch, place?: ClickedMessage): Promise<boolean>;
  /** Shows a batch to whoever waits for it alone, should all else have failed. */
  notifyRequester(batch: Batch, responseUrl: string | undefined): Promise<void>;
}

/** What came of showing a batch in its own message. */
interface Tried {
  isShown: boolean;
  /** What it failed with, where another try may do. */
  passing?: unknown;
}

/** Every message of a batch; its own is kept up to date by one pacer, whoever asks. */
export function createBatchMessages(options: BatchPacersOptions): BatchMessages {
  const pacers = createBatchPacers(options);

  /** False where it has none, or somebody deleted it. */
  async function showOwn(batch: Batch): Promise<boolean> {
    const { pacer, release } = pacers.hold(batch);
    const isTaken = await tellWhetherTaken(options, batch, pacer.showNow(batch)).finally(release);
    return isTaken && messageOf(batch) !== undefined;
  }

  /** The same, where another message can be shown instead. */
  async function tryOwn(batch: Batch): Promise<Tried> {
    try {
      return { isShown: messageOf(batch) !== undefined && (await showOwn(batch)) };
    } catch (error) {
      options.log.warn('message not updated', { batch: batch.id, error });
      return { isShown: false, ...(!isFinal(error) && { passing: error }) };
    }
  }

  /** A private copy beside the batch's own message has served: everybody there sees that one, or does at the next try. */
  async function showPickedWhereClicked(
    batch: Batch,
    place: ClickedMessage,
    { isShown, passing }: Tried,
  ): Promise<void> {
    if (place.isPrivate && messageOf(batch)?.channelId === place.channelId) {
      if (isShown) return removeClicked(options, place);
      if (passing) return;
    }
    await sendBatch(options, batch, (message) => promoteClicked(options, place, message), { showsFiles: false });
  }

  return {
    follow: createFollowBatch(options, pacers),
    notifyRequester: (batch, responseUrl) => notifyRequester(options, batch, responseUrl),
    async showWaiting(batch) {
      await showOwn(batch);
    },
    async showClicked(batch, place) {
      if (isOwnMessage(batch, place) && (await tryOwn(batch)).isShown) return;
      await sendBatch(options, batch, (message) => replaceClicked(place, message), { showsFiles: false });
    },
    async showPicked(batch, place) {
      if (!place) return messageOf(batch) ? showOwn(batch) : false;
      const own = await tryOwn(batch);
      if (own.isShown && isOwnMessage(batch, place)) return true;
      await showPickedWhereClicked(batch, place, own);
      if (own.passing) throw own.passing; // its own message, and then the upload, come with a later try
      return own.isShown;
    },
  };
}

/** False for a message that somebody deleted: there is nothing to show, now or later. */
async function tellWhetherTaken({ log }: BatchPacersOptions, { id }: Batch, shown: Promise<void>): Promise<boolean> {
  try {
    await shown;
    return true;
  } catch (error) {
    if (!isDeleted(error)) throw error;
    log.info('message was deleted', { batch: id });
    return false;
  }
}
