import { type Batch, messageOf } from '../../core/batch/batch.js';
import type { Log } from '../../core/log.js';
import type { WebClients } from './web-clients.js';

/** The permalink of a batch's message. Undefined if the batch has no message of the bot's own, or Slack does not answer. */
export async function findLink(
  { clients, log }: { clients: WebClients; log: Log },
  batch: Batch,
): Promise<string | undefined> {
  const own = messageOf(batch);
  if (!own) return undefined;
  try {
    const { permalink } = await clients.once.chat.getPermalink({ channel: own.channelId, message_ts: own.ts });
    return permalink;
  } catch (error) {
    log.info('no permalink of a batch, naming it without one', { batch: batch.id, error });
    return undefined;
  }
}
