import { type Batch, messageOf } from '../../core/batch/batch.js';
import type { Log } from '../../core/log.js';
import type { WebClients } from './web-clients.js';

/** The address of a batch's message; undefined where it has none of the bot's own, or Slack does not tell. */
export async function findLink(
  { clients, log }: { clients: WebClients; log: Log },
  batch: Batch,
): Promise<string | undefined> {
  const own = messageOf(batch);
  if (!own) return undefined;
  try {
    const found = await clients.once.chat.getPermalink({ channel: own.channelId, message_ts: own.ts });
    return found.permalink;
  } catch (error) {
    log.info('no link to a batch', { batch: batch.id, error }); // it is named without one
    return undefined;
  }
}
