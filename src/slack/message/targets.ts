import { type Batch, type ClickedMessage, isStored, messageOf } from '../../core/batch/batch.js';
import type { Log } from '../../core/log.js';
import { chooseElsewhere } from '../../text/batch.js';
import { type Recipient, sendToUser } from '../api/notify-user.js';
import { deleteByResponseUrl, postToResponseUrl } from '../api/response-url.js';
import { ResponseUrlError } from '../api/slack-errors.js';
import { type WebClients, withBlockErrors } from '../api/web-clients.js';
import type { Target } from './deliver-batch.js';
import { context } from './elements.js';

export interface TargetDeps {
  clients: WebClients;
  /** The slash command's name, with its slash. */
  command: string;
  log: Log;
}

/** Where the record says that the batch is shown. Undefined if there is nowhere to send this state. */
export function ownTarget(deps: TargetDeps, batch: Batch): Target | undefined {
  const own = messageOf(batch);
  if (own) {
    const { channelId: channel, ts } = own;
    const { retrying } = deps.clients;
    return { send: (message) => withBlockErrors(retrying.chat.update({ channel, ts, ...message })), showsFiles: true };
  }
  const { destination, pick } = batch;
  if (destination?.kind !== 'response_url') return undefined;
  const { url, replaces = false, isPrivate } = destination;
  if (pick && !replaces) return undefined; // the picker has seen it, and this address only posts more messages
  if (isPrivate) return requesterTarget(deps, batch, url);
  return url === undefined ? undefined : responseUrlTarget(deps, batch, url, replaces);
}

/**
 * If Slack refuses a post in the thread, later ones skip the thread: the address has five uses. If an answer is missing,
 * the post may be in the thread already, and another one would be a second.
 */
function responseUrlTarget({ log }: TargetDeps, batch: Batch, url: string, replaces: boolean): Target {
  let thread_ts = replaces ? undefined : batch.threadTs;
  return {
    showsFiles: true,
    async send(message) {
      const answer = { ...message, response_type: 'in_channel', replace_original: replaces } as const;
      if (!thread_ts) return postToResponseUrl(url, answer);
      try {
        await postToResponseUrl(url, { ...answer, thread_ts });
      } catch (error) {
        if (!(error instanceof ResponseUrlError && error.isRefusal)) throw error;
        log.info('cannot answer in the thread, answering in the channel', { batch: batch.id, error });
        thread_ts = undefined;
        await postToResponseUrl(url, answer);
      }
    },
  };
}

/** The message that was clicked. It stays private or public. */
export function clickedTarget({ responseUrl, isPrivate }: ClickedMessage): Target {
  const response_type = isPrivate ? 'ephemeral' : 'in_channel';
  return { send: (message) => postToResponseUrl(responseUrl, { ...message, response_type, replace_original: true }) };
}

/** The message that was clicked, visible to everyone. Slack cannot make a private message public, so a new one replaces it. */
export function publicClickedTarget(deps: { log: Log }, clicked: ClickedMessage): Target {
  if (!clicked.isPrivate) return clickedTarget(clicked);
  return {
    async send(message) {
      const answer = { ...message, response_type: 'in_channel', replace_original: false } as const;
      await postToResponseUrl(clicked.responseUrl, answer);
      await removePrivateCopy(deps, clicked);
    },
  };
}

/** Does no harm if it fails: the copy's buttons are decided by the record. */
export async function removePrivateCopy({ log }: { log: Log }, { responseUrl }: ClickedMessage): Promise<void> {
  await deleteByResponseUrl(responseUrl).catch((error: unknown) => log.warn('private copy not removed', { error }));
}

/**
 * The requester alone, or the user who picked. Buttons do not work in the user's conversation with the app, because
 * they look for the batch in that channel, so the message there says how to choose instead. The stack keeps buttons
 * apart from the images, so that they can be left out.
 */
export function requesterTarget(deps: TargetDeps, batch: Batch, responseUrl: string | undefined): Target {
  const canChoose = !batch.pick && batch.images.some(isStored);
  return {
    layout: 'images',
    send({ text, blocks }) {
      const shown = blocks.filter(({ type }) => type !== 'actions');
      const direct = { text, blocks: canChoose ? [...shown, context(chooseElsewhere(batch, deps.command))] : shown };
      return sendToUser(deps, requesterOf(batch, responseUrl), { text, blocks }, direct);
    },
  };
}

export function requesterOf({ id, pick, requesterId }: Batch, responseUrl: string | undefined): Recipient {
  return { userId: pick?.pickedBy ?? requesterId, responseUrl, batchId: id };
}
