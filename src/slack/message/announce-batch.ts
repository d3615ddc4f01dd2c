import { webApi } from '@slack/bolt';
import type { Batch, Destination } from '../../core/batch/batch.js';
import type { QueuePosition } from '../../core/batch/deps.js';
import { RequestError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { words } from '../../text/batch.js';
import { postMessage } from '../api/post-message.js';
import { answerPrivately } from '../api/response-url.js';
import { isCertainlyNotPosted } from '../api/slack-refusals.js';
import type { WebClients } from '../api/web-clients.js';
import { buildBatchMessage } from './batch-message.js';
import { context } from './elements.js';

export interface AnnounceBatchOptions {
  clients: WebClients;
  log: Log;
}

/** Where the bot is no member, a person's own request may still be answered. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const notAMember = new Set(['channel_not_found', 'not_in_channel', 'messages_tab_disabled', 'cannot_reply_to_message']);

/**
 * Shows that work has begun: as a message of the bot's own where it may post, else as a private answer to the command,
 * whose address works everywhere.
 * @throws RequestError where posting is forbidden, which an answer must not get around, and where nobody knows whether
 * the message arrived, as another one beside it would be drawn for twice
 */
export function createAnnounceBatch({ clients, log }: AnnounceBatchOptions) {
  return async (
    batch: Batch,
    responseUrl: string | undefined,
    place: QueuePosition | undefined,
  ): Promise<Destination> => {
    const message = buildBatchMessage(batch, { layout: 'images', previews: new Map(), place });
    try {
      return { kind: 'message', ts: await postMessage(clients, batch, message) };
    } catch (error) {
      const why = whyAnsweredInstead(error);
      if (!responseUrl || !why) throw explain(error, batch, log);
      log.info('cannot post in this channel, answering by response_url', { batch: batch.id, error });
      await answerPrivately(responseUrl, { text: message.text, blocks: [...message.blocks, context(why)] });
      return { kind: 'response_url', url: responseUrl };
    }
  };
}

/** undefined if the command's own address must not be used instead. */
function whyAnsweredInstead(error: unknown): string | undefined {
  if (error instanceof webApi.WebAPIRateLimitedError) return words.answerComesLater; // certainly not posted
  const isMissing = error instanceof webApi.WebAPIPlatformError && notAMember.has(error.data.error);
  return isMissing ? words.answerComesHere : undefined;
}

/** What the asker has to know of a post that failed, where it is theirs to know. */
function explain(error: unknown, batch: Batch, log: Log): unknown {
  if (error instanceof webApi.WebAPIPlatformError) {
    const { error: code } = error.data;
    return code === 'is_archived' || code.startsWith('restricted_action')
      ? new RequestError({ kind: 'post_forbidden' })
      : error;
  }
  if (isCertainlyNotPosted(error)) return new RequestError({ kind: 'post_refused' }, { cause: error });
  log.warn('nobody knows whether the message was posted', { batch: batch.id, error });
  return new RequestError({ kind: 'post_unconfirmed' }, { cause: error });
}
