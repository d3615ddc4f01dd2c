import { webApi } from '@slack/bolt';
import { type Batch, messageOf } from '../core/batch.js';
import type { Log } from '../core/log.js';
import type { SlackMessage } from './blocks/elements.js';
import { BlocksRefusedError } from './blocks-refused.js';
import { answerPrivately, postToResponseUrl, ResponseUrlError } from './response-url.js';
import { tellRefusedBlocks, type WebClients } from './web-clients.js';

export interface SendToDestinationOptions {
  clients: WebClients;
  log: Log;
}

/** Puts a batch's message where its record says. */
export async function sendToDestination(
  options: SendToDestinationOptions,
  batch: Batch,
  message: SlackMessage,
): Promise<void> {
  const { destination } = batch;
  const own = messageOf(batch);
  if (own) {
    const { channelId: channel, ts } = own;
    await tellRefusedBlocks(options.clients.retrying.chat.update({ channel, ts, ...message }));
  } else if (destination?.kind === 'response_url') {
    const { url, replaces = false, isPrivate } = destination;
    if (batch.pick && !replaces) return; // whoever picked has been shown it, and these addresses only post more
    if (isPrivate) return sendPrivately(options, batch, url, message);
    if (url) await answerThere(options, batch, url, replaces, message);
  }
}

/** Of a message that somebody deleted: it is not wanted, so there is nothing to show, now or later. */
export function isDeleted(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && error.data.error === 'message_not_found';
}

async function answerThere(
  { log }: SendToDestinationOptions,
  { id, threadTs }: Batch,
  url: string,
  replaces: boolean,
  message: SlackMessage,
): Promise<void> {
  const answer = { ...message, response_type: 'in_channel', replace_original: replaces } as const;
  if (!threadTs || replaces) return postToResponseUrl(url, answer);
  await postToResponseUrl(url, { ...answer, thread_ts: threadTs }).catch((error: unknown) => {
    if (!(error instanceof ResponseUrlError)) throw error;
    log.info('cannot answer in the thread, answering in the channel', { batch: id, error });
    return postToResponseUrl(url, answer);
  });
}

/**
 * Shows a batch to its requester alone: by the address of the request, which lives for half an hour; else where they
 * asked; else in their conversation with the app, without buttons, as those look for a batch where they are pressed.
 */
export async function sendPrivately(
  { clients, log }: SendToDestinationOptions,
  { id, channelId, requesterId, threadTs }: Batch,
  url: string | undefined,
  message: SlackMessage,
): Promise<void> {
  const place = { channel: channelId, user: requesterId, ...(threadTs && { thread_ts: threadTs }) };
  const blocks = message.blocks.filter(({ type }) => type !== 'actions');
  const ways = [
    ...(url ? [() => answerPrivately(url, message)] : []),
    () => clients.once.chat.postEphemeral({ ...place, ...message }),
    () => clients.once.chat.postMessage({ channel: requesterId, text: message.text, blocks }),
  ];
  let failure: unknown;
  for (const way of ways) {
    try {
      return void (await tellRefusedBlocks<unknown>(way()));
    } catch (error) {
      if (error instanceof BlocksRefusedError) throw error;
      log.info('requester not reached, trying another way', { batch: id, error });
      failure = error;
    }
  }
  throw failure;
}
