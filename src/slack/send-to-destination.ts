import { webApi } from '@slack/bolt';
import { type Batch, isStored, messageOf } from '../core/batch.js';
import { chooseElsewhere } from '../core/sentences/batch.js';
import { context, type SlackMessage } from './blocks/elements.js';
import { postToResponseUrl, ResponseUrlError } from './response-url.js';
import type { SendMessage } from './send-batch.js';
import { sendToPerson, type TellPersonOptions } from './tell-person.js';
import { tellRefusedBlocks } from './web-clients.js';

export interface SendToDestinationOptions extends TellPersonOptions {
  /** The slash command's name, with its slash. */
  command: string;
}

/** The way to where a batch's record says that it is shown: it may be gone several times, with ever simpler messages. */
export function sendToDestination(options: SendToDestinationOptions, batch: Batch): SendMessage {
  const { destination } = batch;
  const own = messageOf(batch);
  if (own) {
    const { channelId: channel, ts } = own;
    return async (message) =>
      void (await tellRefusedBlocks(options.clients.retrying.chat.update({ channel, ts, ...message })));
  }
  if (destination?.kind !== 'response_url') return doNothing;
  const { url, replaces = false, isPrivate } = destination;
  if (batch.pick && !replaces) return doNothing; // whoever picked has been shown it, and these addresses only post more
  if (isPrivate) return (message) => sendPrivately(options, batch, url, message);
  return url ? answerThere(options, batch, url, replaces) : doNothing;
}

async function doNothing(): Promise<void> {}

/** Of a message that somebody deleted: it is not wanted, so there is nothing to show, now or later. */
export function isDeleted(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && error.data.error === 'message_not_found';
}

/**
 * A message may be changed no more, or an answer address takes no more: the same there once again would only fail again.
 * https://docs.slack.dev/reference/methods/chat.update#errors
 */
const lost = new Set([
  'cant_update_message',
  'channel_not_found',
  'edit_window_closed',
  'is_archived',
  'is_inactive',
  'not_in_channel',
]);

export function isLost(error: unknown): boolean {
  if (error instanceof webApi.WebAPIPlatformError) return lost.has(error.data.error);
  return error instanceof ResponseUrlError;
}

/** What Slack refused in the thread it is not asked there again: the address has five uses, for this and for simpler messages. */
function answerThere({ log }: TellPersonOptions, { id, threadTs }: Batch, url: string, replaces: boolean): SendMessage {
  let thread = replaces ? undefined : threadTs;
  return async (message) => {
    const answer = { ...message, response_type: 'in_channel', replace_original: replaces } as const;
    if (!thread) return postToResponseUrl(url, answer);
    await postToResponseUrl(url, { ...answer, thread_ts: thread }).catch((error: unknown) => {
      if (!(error instanceof ResponseUrlError)) throw error;
      log.info('cannot answer in the thread, answering in the channel', { batch: id, error });
      thread = undefined;
      return postToResponseUrl(url, answer);
    });
  };
}

/**
 * Shows a batch to its requester alone. In the app's conversation without buttons, as those look for a batch where they are
 * pressed: it says instead how to choose.
 */
export async function sendPrivately(
  options: SendToDestinationOptions,
  batch: Batch,
  responseUrl: string | undefined,
  { text, blocks }: SlackMessage,
): Promise<void> {
  const { requesterId: userId, channelId, threadTs } = batch;
  const shown = blocks.filter(({ type }) => type !== 'actions');
  const isToChoose = shown.length < blocks.length && batch.images.some(isStored);
  const direct = { text, blocks: isToChoose ? [...shown, context(chooseElsewhere(batch, options.command))] : shown };
  await sendToPerson(options, { userId, channelId, threadTs, responseUrl }, { text, blocks }, direct);
}
