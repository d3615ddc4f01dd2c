import type { Batch, Destination } from '../core/batch.js';
import type { PlaceInLine } from '../core/line.js';
import type { Log } from '../core/log.js';
import type { FindFacts } from '../core/recipe.js';
import { words } from '../core/sentences/batch.js';
import { buildBatchMessage } from './blocks/batch-message.js';
import { context } from './blocks/elements.js';
import { answerPrivately } from './response-url.js';
import { type WebClients, waitOutRateLimit } from './web-clients.js';

export interface AnnounceBatchOptions {
  clients: WebClients;
  findFacts: FindFacts;
  log: Log;
}

/**
 * Shows that work has begun: as a message of the bot's own where it may post, else as a private answer to the command,
 * whose address works everywhere. Fails only where both do.
 */
export function createAnnounceBatch({ clients, findFacts, log }: AnnounceBatchOptions) {
  return async (
    batch: Batch,
    responseUrl: string | undefined,
    place: PlaceInLine | undefined,
  ): Promise<Destination> => {
    const message = buildBatchMessage(batch, { layout: 'images', previews: new Map(), place }, findFacts);
    try {
      const posted = await waitOutRateLimit(() =>
        clients.once.chat.postMessage({
          channel: batch.channelId,
          ...message,
          ...(batch.threadTs && { thread_ts: batch.threadTs }),
          unfurl_links: false,
          unfurl_media: false,
        }),
      );
      if (posted.ts) return { kind: 'message', ts: posted.ts };
      throw new Error('Slack answered a post without a ts.');
    } catch (error) {
      if (!responseUrl) throw error;
      log.info('cannot post in this channel, answering by response_url', { batch: batch.id, error });
    }
    const blocks = [...message.blocks, context(words.answerComesHere)];
    await answerPrivately(responseUrl, { text: message.text, blocks });
    return { kind: 'response_url', url: responseUrl };
  };
}
