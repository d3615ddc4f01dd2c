import type { Batch } from '../core/batch.js';
import type { Log } from '../core/log.js';
import type { WebClients } from './web-clients.js';

/** The address of a batch's message; undefined where it has none of the bot's own, or Slack does not tell. */
export async function findLink(
  { clients, log }: { clients: WebClients; log: Log },
  { id, channelId, destination }: Batch,
): Promise<string | undefined> {
  if (destination?.kind !== 'message') return undefined;
  try {
    const found = await clients.once.chat.getPermalink({ channel: channelId, message_ts: destination.ts });
    return found.permalink;
  } catch (error) {
    log.info('no link to a batch', { batch: id, error }); // it is named without one
    return undefined;
  }
}
