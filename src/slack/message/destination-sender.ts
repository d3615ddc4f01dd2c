import { type Batch, messageOf } from '../../core/batch/batch.js';
import type { NotifyOptions } from '../api/notify-user.js';
import { postToResponseUrl, ResponseUrlError } from '../api/response-url.js';
import { withBlockErrors } from '../api/web-clients.js';
import { type NotifyRequesterOptions, sendPrivately } from './notify-requester.js';
import type { SendMessage } from './send-batch.js';

/** Sends to where a batch's record says that it is shown: once, or again with ever simpler messages. */
export function createDestinationSender(options: NotifyRequesterOptions, batch: Batch): SendMessage {
  const { destination } = batch;
  const own = messageOf(batch);
  if (own) {
    const { channelId: channel, ts } = own;
    return async (message) =>
      void (await withBlockErrors(options.clients.retrying.chat.update({ channel, ts, ...message })));
  }
  if (destination?.kind !== 'response_url') return doNothing;
  const { url, replaces = false, isPrivate } = destination;
  if (batch.pick && !replaces) return doNothing; // whoever picked has been shown it, and these addresses only post more
  if (isPrivate) return (message) => sendPrivately(options, batch, url, message);
  return url ? createAnswerSender(options, batch, url, replaces) : doNothing;
}

async function doNothing(): Promise<void> {}

/**
 * What Slack refused in the thread it is not asked there again, as the address has five uses for this and for simpler
 * messages. Where its answer is missing, the post may stand in the thread, and another would be a second one.
 */
function createAnswerSender(
  { log }: NotifyOptions,
  { id, threadTs }: Batch,
  url: string,
  replaces: boolean,
): SendMessage {
  let thread = replaces ? undefined : threadTs;
  return async (message) => {
    const answer = { ...message, response_type: 'in_channel', replace_original: replaces } as const;
    if (!thread) return postToResponseUrl(url, answer);
    await postToResponseUrl(url, { ...answer, thread_ts: thread }).catch((error: unknown) => {
      if (!(error instanceof ResponseUrlError && error.isRefusal)) throw error;
      log.info('cannot answer in the thread, answering in the channel', { batch: id, error });
      thread = undefined;
      return postToResponseUrl(url, answer);
    });
  };
}
