import { type Batch, type ClickedMessage, isOwnMessage, messageOf } from '../../core/batch/batch.js';
import { RequestError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { deleteByResponseUrl } from '../api/response-url.js';
import { isDeleted } from '../api/slack-refusals.js';
import type { WebClients } from '../api/web-clients.js';

/**
 * Takes away a batch's own message, and the one that was clicked where that is another. Where the bot may not, or Slack takes
 * no deletion just now, the address of the click does for the message that was clicked.
 * @throws RequestError where the message stays
 */
export async function removeMessage(
  { clients, log }: { clients: WebClients; log: Log },
  batch: Batch,
  place: ClickedMessage,
): Promise<void> {
  const own = messageOf(batch);
  if (!isOwnMessage(batch, place)) await deleteByResponseUrl(place.responseUrl);
  if (!own) return;
  try {
    await clients.retrying.chat.delete({ channel: own.channelId, ts: own.ts });
  } catch (error) {
    if (isDeleted(error)) return;
    log.warn('message not taken away', { batch: batch.id, error });
    if (!isOwnMessage(batch, place)) throw new RequestError({ kind: 'message_not_deleted' });
    await deleteByResponseUrl(place.responseUrl).catch((cause: unknown) => {
      throw new RequestError({ kind: 'message_not_deleted' }, { cause });
    });
  }
}
