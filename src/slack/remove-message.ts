import { type Batch, messageOf } from '../core/batch.js';
import { type ClickPlace, isOwnMessage } from '../core/click.js';
import { deleteByResponseUrl } from './response-url.js';
import { isDeleted } from './slack-refusals.js';
import type { WebClients } from './web-clients.js';

/** Takes away a batch's own message, and the one that was clicked where that is another. */
export async function removeMessage(
  { clients }: { clients: WebClients },
  batch: Batch,
  place: ClickPlace,
): Promise<void> {
  const own = messageOf(batch);
  if (!isOwnMessage(batch, place)) await deleteByResponseUrl(place.responseUrl);
  if (!own) return;
  try {
    await clients.retrying.chat.delete({ channel: own.channelId, ts: own.ts });
  } catch (error) {
    if (!isDeleted(error)) throw error;
  }
}
