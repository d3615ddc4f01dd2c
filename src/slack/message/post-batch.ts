import { webApi } from '@slack/bolt';
import type { Batch, Destination } from '../../core/batch/batch.js';
import type { QueuePosition } from '../../core/batch/deps.js';
import { RequestError } from '../../core/errors.js';
import { shorten } from '../../core/shorten.js';
import { words } from '../../text/batch.js';
import { answerPrivately, type SlackMessage } from '../api/response-url.js';
import { BlocksRefusedError, isCertainlyNotPosted, refusalCode } from '../api/slack-errors.js';
import { type WebClients, waitOutRateLimit, withBlockErrors } from '../api/web-clients.js';
import { buildBatchMessage } from './batch-message.js';
import { deliverBatch, type MessageDeps, signSheet } from './deliver-batch.js';
import { actions, context, section, slackMessage, stopButton } from './elements.js';

/** The bot may not post here, but a user's own command can still be answered. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const notAMember = new Set(['channel_not_found', 'not_in_channel', 'messages_tab_disabled', 'cannot_reply_to_message']);

/**
 * Shows that a batch has begun: in a message of the bot's own, or else in a private answer to the command, whose
 * address works everywhere.
 * @throws RequestError if posting is forbidden, which an answer must not get around, or if it is unknown whether the
 * message arrived: a second message would have its images drawn and paid for a second time
 */
export async function announceBatch(
  deps: MessageDeps,
  batch: Batch,
  responseUrl: string | undefined,
  position: QueuePosition | undefined,
): Promise<Destination> {
  const { clients, layout, log } = deps;
  const sheet = layout === 'sheet' ? await signSheet(deps, batch) : undefined;
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
    await answerPrivately(responseUrl, buildNote(batch, obstacle, position));
    return { kind: 'response_url', url: responseUrl };
  }
}

type Obstacle = 'rate limit' | 'not a member';

/** Undefined if the command's own address must not be used instead. */
function findObstacle(error: unknown): Obstacle | undefined {
  if (error instanceof webApi.WebAPIRateLimitedError) return 'rate limit'; // certainly not posted
  return notAMember.has(refusalCode(error)) ? 'not a member' : undefined;
}

const quotedPromptLimit = 150;

/** How the images come. It stays there when they have, since a command's response_url cannot replace its own message. */
function buildNote(batch: Batch, obstacle: Obstacle, position: QueuePosition | undefined): SlackMessage {
  const { images, prompt, threadTs } = batch;
  const [firstLine = ''] = prompt.trim().split('\n', 1);
  const place = threadTs ? 'in a thread' : 'below';
  const sentence = words.comeAtOnce(images.length, shorten(firstLine, quotedPromptLimit), place);
  const more = [position && words.waited(position), explain(obstacle, batch)];
  const known = more.filter(Boolean).join(' ');
  const blocks = [section(sentence), ...(known ? [context(known)] : []), actions(stopButton(batch))];
  return slackMessage(sentence, blocks);
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
 * Shows a batch in a new message of the bot's own, or else in a private answer.
 * @returns undefined if it was a private answer
 * @throws RequestError if it is unknown whether the message arrived
 */
export async function repost(
  deps: MessageDeps,
  batch: Batch,
  channelId: string,
  responseUrl: string,
): Promise<Destination | undefined> {
  const { clients, log } = deps;
  let ts = '';
  try {
    await deliverBatch(deps, batch, {
      showsFiles: true,
      async send(message) {
        ts = await withBlockErrors(postMessage(clients, { channelId }, message));
      },
    });
    return { kind: 'message', channelId, ts };
  } catch (error) {
    if (!isCertainlyNotPosted(error)) throw new RequestError({ kind: 'repost_unconfirmed' }, { cause: error });
    log.info('cannot post in this channel, answering privately', { batch: batch.id, error });
    await deliverBatch(deps, batch, { send: (message) => answerPrivately(responseUrl, message) });
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
