import { webApi } from '@slack/bolt';
import { type Batch, type ClickedMessage, type Destination, messageOf } from '../../core/batch/batch.js';
import type { AnnounceOptions } from '../../core/batch/deps.js';
import { RequestError } from '../../core/errors.js';
import { shorten } from '../../core/shorten.js';
import { words } from '../../text/batch.js';
import { sendToUser } from '../api/notify-user.js';
import { answerPrivately, type SlackMessage } from '../api/response-url.js';
import { BlocksRefusedError, isCertainlyNotPosted, refusalCode } from '../api/slack-errors.js';
import { type WebClients, waitOutRateLimit, withBlockErrors } from '../api/web-clients.js';
import { buildBatchMessage, withoutControls } from './batch-message.js';
import { clickedTarget, deliverBatch, type MessageDeps, responseUrlTarget, signSheet } from './deliver-batch.js';
import { actions, context, noteBlockId, section, slackMessage, stopButton } from './elements.js';

/** The bot may not post here, but a user's own command can still be answered. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const notAMember = new Set(['channel_not_found', 'not_in_channel', 'messages_tab_disabled', 'cannot_reply_to_message']);

/**
 * Shows that a batch has begun: in a message of the bot's own, or else in a private answer to the command, whose
 * address works everywhere.
 * @throws RequestError if posting is forbidden, which an answer must not get around, or if it is unknown whether the
 * message arrived: a second message would have its images drawn and paid for a second time
 */
export async function announceBatch(deps: MessageDeps, batch: Batch, options: AnnounceOptions): Promise<Destination> {
  if (batch.visibility === 'private') return announcePrivately(deps, batch, options);
  const { clients, layout, log } = deps;
  const { responseUrl, position } = options;
  const sheet = layout === 'sheet' ? await signSheet(deps, batch, position) : undefined;
  const progress = { position, drawingMilliseconds: deps.drawingTime(batch) };
  const build = (shown: string | undefined) =>
    buildBatchMessage(batch, { layout: 'sheet', previews: new Map(), sheet: shown, ...progress });
  const post = (shown: string | undefined) => withBlockErrors(postMessage(clients, batch, build(shown)));
  try {
    const posted = post(sheet).catch((error: unknown) => {
      if (!sheet || !(error instanceof BlocksRefusedError)) throw error;
      log.warn('batch announced without its sheet', { batch: batch.id, error });
      return post(undefined);
    });
    return { kind: 'message', ts: await posted };
  } catch (error) {
    const obstacle = findObstacle(error);
    if (!responseUrl || !obstacle) throw asProblem(error, batch, log);
    log.info('cannot post in this channel, answering by response_url', { batch: batch.id, error });
    const sentence = words.comeAtOnce(
      batch.images.length,
      quotePrompt(batch),
      batch.threadTs ? 'in a thread' : 'below',
    );
    const more = [position && words.waited(position), explain(obstacle, batch)];
    await answerPrivately(responseUrl, buildNote(batch, sentence, more));
    return { kind: 'response_url', url: responseUrl };
  }
}

type Obstacle = 'rate limit' | 'not a member';

/**
 * In place of the private message that was clicked. A command's answer cannot be replaced, so that is a short note, and the
 * images come below it.
 */
async function announcePrivately(
  deps: MessageDeps,
  batch: Batch,
  { responseUrl, position, replaces }: AnnounceOptions,
): Promise<Destination> {
  const user = { userId: batch.requesterId, responseUrl, batchId: batch.id };
  const destination = { kind: 'response_url', isPrivate: true, ...(responseUrl && { url: responseUrl }) } as const;
  if (responseUrl && replaces) {
    const target = clickedTarget({ channelId: batch.channelId, responseUrl, isPrivate: true });
    try {
      await deliverBatch(deps, batch, { ...target, position });
      return { ...destination, replaces };
    } catch (error) {
      deps.log.info('private message not replaced', { batch: batch.id, error });
    }
  }
  const sentence = words.drawingPrivately(batch.images.length, quotePrompt(batch));
  const message = buildNote(batch, sentence, [position && words.waited(position)]);
  await sendToUser(deps, user, message, withoutControls(message)).catch((error: unknown) => {
    throw asProblem(error, batch, deps.log);
  });
  return destination;
}

/** Undefined if the command's own address must not be used instead. */
function findObstacle(error: unknown): Obstacle | undefined {
  if (error instanceof webApi.WebAPIRateLimitedError) return 'rate limit'; // certainly not posted
  return notAMember.has(refusalCode(error)) ? 'not a member' : undefined;
}

const quotedPromptLimit = 150;

function quotePrompt({ prompt }: Batch): string {
  const [firstLine = ''] = prompt.trim().split('\n', 1);
  return shorten(firstLine, quotedPromptLimit);
}

/** How the images come. It stays there when they have, since a command's response_url cannot replace its own message. */
function buildNote(batch: Batch, sentence: string, more: readonly (string | undefined)[]): SlackMessage {
  const known = more.filter(Boolean).join(' ');
  const stop = { ...actions(stopButton(batch)), block_id: noteBlockId };
  return slackMessage(sentence, [section(sentence), ...(known ? [context(known)] : []), stop]);
}

/** No app can be invited to a direct message between two people. */
function explain(obstacle: Obstacle, { channelId }: Batch): string | undefined {
  if (obstacle === 'rate limit') return words.postingPaused;
  return channelId.startsWith('D') ? undefined : words.inviteMe;
}

function asProblem(error: unknown, batch: Batch, log: MessageDeps['log']): unknown {
  const code = refusalCode(error);
  const isForbidden = code === 'is_archived' || code.startsWith('restricted_action');
  if (isForbidden) return new RequestError({ kind: 'post_forbidden' });
  if (code !== '') return error;
  if (isCertainlyNotPosted(error)) return new RequestError({ kind: 'post_refused' }, { cause: error });
  log.warn('unknown whether the message was posted', { batch: batch.id, error });
  return new RequestError({ kind: 'post_unconfirmed' }, { cause: error });
}

/**
 * Posts for everyone a batch that one user alone was shown: as a message of the bot's own or, if it may not post there, by
 * the answer address of the click.
 * @returns undefined if it is no message of the bot's own
 * @throws RequestError if it was not posted, or perhaps was
 */
export async function shareMessage(
  deps: MessageDeps,
  batch: Batch,
  { channelId, responseUrl }: ClickedMessage,
): Promise<Destination | undefined> {
  const { clients, log } = deps;
  const isFirst = !messageOf(batch) && channelId === batch.channelId; // as if it had been posted at once
  const threadTs = isFirst ? batch.threadTs : undefined;
  let ts = '';
  try {
    await deliverBatch(deps, batch, {
      showsFiles: true,
      isNew: true,
      async send(message) {
        ts = await withBlockErrors(postMessage(clients, { channelId, threadTs }, message));
      },
    });
    return { kind: 'message', ts, ...(!isFirst && { channelId }) };
  } catch (error) {
    const isUnknown = !isCertainlyNotPosted(error);
    if (isUnknown || !findObstacle(error)) {
      log.warn('not shared', { batch: batch.id, error });
      throw new RequestError({ kind: isUnknown ? 'repost_unconfirmed' : 'share_refused' }, { cause: error });
    }
    log.info('cannot post in this channel, sharing by response_url', { batch: batch.id, error });
    await deliverBatch(deps, batch, responseUrlTarget(deps, { id: batch.id, threadTs }, responseUrl, false));
    return undefined;
  }
}

/** Posts a message as the bot, once: what fails in any way but a rate limit may have landed. Resolves to its ts. */
async function postMessage(
  { once }: WebClients,
  { channelId, threadTs }: Pick<Batch, 'channelId' | 'threadTs'>,
  message: SlackMessage,
): Promise<string> {
  const posted = await waitOutRateLimit(() =>
    once.chat.postMessage({
      channel: channelId,
      ...message,
      ...(threadTs && { thread_ts: threadTs }),
      unfurl_links: false,
      unfurl_media: false,
    }),
  );
  if (!posted.ts) throw new Error('Slack answered a post without a ts.');
  return posted.ts;
}
