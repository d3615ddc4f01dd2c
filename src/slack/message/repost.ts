import type { Batch, Destination } from '../../core/batch/batch.js';
import { RequestError } from '../../core/errors.js';
import { postMessage } from '../api/post-message.js';
import { answerPrivately } from '../api/response-url.js';
import { isCertainlyNotPosted } from '../api/slack-refusals.js';
import { type WebClients, withBlockErrors } from '../api/web-clients.js';
import { type SendBatchOptions, type SendMessage, sendBatch } from './send-batch.js';

/**
 * Posts a batch anew: as a message of the bot's own where it may post, else as a private answer to whoever asks for it.
 * @throws RequestError where nobody knows whether the message arrived
 */
export function createRepost(options: SendBatchOptions & { clients: WebClients }) {
  const { clients, log } = options;
  return async (batch: Batch, channelId: string, responseUrl: string): Promise<Destination | undefined> => {
    try {
      return { kind: 'message', channelId, ts: await post(batch, channelId) };
    } catch (error) {
      if (!isCertainlyNotPosted(error)) throw new RequestError({ kind: 'repost_unconfirmed' }, { cause: error });
      log.info('cannot post in this channel, showing in private', { batch: batch.id, error });
      await sendBatch(options, batch, (message) => answerPrivately(responseUrl, message), { showsFiles: false });
      return undefined;
    }
  };

  async function post(batch: Batch, channelId: string): Promise<string> {
    let ts = '';
    const send: SendMessage = async (message) => {
      ts = await withBlockErrors(postMessage(clients, { channelId }, message));
    };
    await sendBatch(options, batch, send, { showsFiles: true });
    return ts;
  }
}
