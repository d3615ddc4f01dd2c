import { type Batch, messageOf } from '../core/batch.js';
import { type ClickPlace, isOwnMessage } from '../core/click.js';
import { UserInputError } from '../core/errors.js';
import type { Log } from '../core/log.js';
import { notTakenAway } from '../core/sentences/failures.js';
import { deleteByResponseUrl } from './response-url.js';
import { isDeleted } from './slack-refusals.js';
import type { WebClients } from './web-clients.js';

/**
 * Takes away a batch's own message, and the one that was clicked where that is another. Where the bot may not, or Slack takes
 * no deletion just now, the address of the click does for the message that was clicked.
 * @throws UserInputError where the message stays
 */
export async function removeMessage(
  { clients, log }: { clients: WebClients; log: Log },
  batch: Batch,
  place: ClickPlace,
): Promise<void> {
  const own = messageOf(batch);
  if (!isOwnMessage(batch, place)) await deleteByResponseUrl(place.responseUrl);
  if (!own) return;
  try {
    await clients.retrying.chat.delete({ channel: own.channelId, ts: own.ts });
  } catch (error) {
    if (isDeleted(error)) return;
    log.warn('message not taken away', { batch: batch.id, error });
    if (!isOwnMessage(batch, place)) throw new UserInputError(notTakenAway);
    await deleteByResponseUrl(place.responseUrl).catch((cause: unknown) => {
      throw new UserInputError(notTakenAway, { cause });
    });
  }
}
