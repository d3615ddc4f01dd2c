import { webApi } from '@slack/bolt';
import type { Batch } from '../core/batch.js';
import type { Log } from '../core/log.js';
import type { SlackMessage } from './blocks/elements.js';
import { BlocksRefusedError } from './blocks-refused.js';
import { answerPrivately, postToResponseUrl, ResponseUrlError } from './response-url.js';
import { tellRefusedBlocks, type WebClients } from './web-clients.js';

export interface SendBatchOptions {
  clients: WebClients;
  log: Log;
}

/** Puts a batch's message where its record says. */
export async function sendBatch(options: SendBatchOptions, batch: Batch, message: SlackMessage): Promise<void> {
  const { destination } = batch;
  if (destination?.kind === 'message') return updateMessage(options, batch, destination.ts, message);
  if (destination?.isPrivate) return sendPrivately(options, batch, destination.url, message);
  if (destination?.url) await answerThere(options, batch, destination.url, destination.replaces ?? false, message);
}

/** A message that somebody deleted is not wanted: there is nothing to show, now or later. */
async function updateMessage({ clients, log }: SendBatchOptions, batch: Batch, ts: string, message: SlackMessage) {
  try {
    await tellRefusedBlocks(clients.retrying.chat.update({ channel: batch.channelId, ts, ...message }));
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError && error.data.error === 'message_not_found')) throw error;
    log.info('message was deleted', { batch: batch.id });
  }
}

async function answerThere(
  { log }: SendBatchOptions,
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
async function sendPrivately(
  { clients, log }: SendBatchOptions,
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
