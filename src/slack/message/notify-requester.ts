import { type Batch, isStored } from '../../core/batch/batch.js';
import { chooseElsewhere, imagesKept, messageDeleted } from '../../text/batch.js';
import { BlocksRefusedError } from '../api/blocks-refused.js';
import { type NotifyOptions, notifyUser, type Person, sendToUser } from '../api/notify-user.js';
import type { PreviewLayout } from './batch-message.js';
import { context, type SlackMessage } from './elements.js';
import { type SendBatchOptions, sendBatch } from './send-batch.js';

export interface NotifyRequesterOptions extends NotifyOptions {
  /** The slash command's name, with its slash. */
  command: string;
}

/** Buttons stand apart from the images in it, so that they can be left out where they would find nothing. */
export const privateLayout: PreviewLayout = 'images';

/**
 * Sends a message of a batch to one person alone. In the app's conversation without buttons, as those look for a batch where
 * they are pressed: it says instead how to choose.
 */
export async function sendPrivately(
  options: NotifyRequesterOptions,
  batch: Batch,
  responseUrl: string | undefined,
  { text, blocks }: SlackMessage,
): Promise<void> {
  const shown = blocks.filter(({ type }) => type !== 'actions');
  const isToChoose = !batch.pick && batch.images.some(isStored);
  const direct = { text, blocks: isToChoose ? [...shown, context(chooseElsewhere(batch, options.command))] : shown };
  await sendToUser(options, personOf(batch, responseUrl), { text, blocks }, direct);
}

/** Shows a batch to one person alone; where Slack will not show it in any form, says how to find it. */
export async function notifyRequester(
  options: NotifyRequesterOptions & SendBatchOptions,
  batch: Batch,
  responseUrl: string | undefined,
): Promise<void> {
  const telling = { layout: privateLayout, showsFiles: false };
  try {
    await sendBatch(options, batch, (message) => sendPrivately(options, batch, responseUrl, message), telling);
  } catch (error) {
    if (!(error instanceof BlocksRefusedError)) throw error;
    options.log.warn('batch shown in no form', { batch: batch.id, error });
    await notifyUser(options, personOf(batch, responseUrl))(imagesKept(batch, options.command));
  }
}

/** What somebody deleted is not shown again unasked; where nothing came of it, there is only that to tell. */
export async function notifyOfDeletion(
  options: NotifyRequesterOptions & SendBatchOptions,
  batch: Batch,
  responseUrl: string | undefined,
): Promise<void> {
  if (!batch.images.some(isStored)) return notifyRequester(options, batch, responseUrl);
  await notifyUser(options, personOf(batch, responseUrl))(messageDeleted(batch, options.command));
}

/** Who waits for it: whoever picked, once somebody has. */
function personOf({ id, pick, requesterId, channelId, threadTs }: Batch, responseUrl: string | undefined): Person {
  return { userId: pick?.pickedBy ?? requesterId, channelId, threadTs, responseUrl, batchId: id };
}
