import { webApi } from '@slack/bolt';
import type { Batch } from '../core/batch.js';
import { deleteByResponseUrl } from './response-url.js';
import type { WebClients } from './web-clients.js';

/** Takes a batch's message away, by the click's address where it is none of the bot's own. */
export async function removeMessage(
  { clients }: { clients: WebClients },
  { channelId, destination }: Batch,
  responseUrl: string,
): Promise<void> {
  if (destination?.kind !== 'message') return deleteByResponseUrl(responseUrl);
  try {
    await clients.retrying.chat.delete({ channel: channelId, ts: destination.ts });
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError && error.data.error === 'message_not_found')) throw error; // gone already
  }
}
