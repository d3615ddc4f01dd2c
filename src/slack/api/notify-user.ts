import type { SlashCommand } from '@slack/bolt';
import type { Log } from '../../core/log.js';
import type { Tell } from '../app/listen.js';
import type { SlackMessage } from '../message/elements.js';
import { BlocksRefusedError } from './blocks-refused.js';
import { escapeText } from './escape.js';
import { answerPrivately } from './response-url.js';
import { type WebClients, withBlockErrors } from './web-clients.js';

export interface NotifyOptions {
  clients: WebClients;
  log: Log;
}

/** Somebody who did something, and where. */
export interface Person {
  userId: string;
  channelId: string;
  threadTs?: string | undefined;
  /** Slack's answer address of what they did, where there is one: it has five uses and lives for half an hour. */
  responseUrl?: string | undefined;
  /** What it is about, for the log. */
  batchId?: string;
}

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
export function askerOf({ user_id, channel_id, response_url }: SlashCommand): Person & { responseUrl: string } {
  return { userId: user_id, channelId: channel_id, responseUrl: response_url };
}

/**
 * Sends to one person alone: by the address of what they did; else where they did it; else in their conversation with the
 * app.
 * @param direct what that conversation is sent, where it differs
 * @throws BlocksRefusedError where Slack will not show the message so; what the last way failed with where none is open
 */
export async function sendToUser(
  { clients, log }: NotifyOptions,
  { userId, channelId, threadTs, responseUrl, batchId }: Person,
  message: SlackMessage | { text: string },
  direct: SlackMessage | { text: string } = message,
): Promise<void> {
  const place = { channel: channelId, user: userId, ...(threadTs && { thread_ts: threadTs }) };
  const ways = [
    ...(responseUrl ? [() => answerPrivately(responseUrl, message)] : []),
    () => clients.once.chat.postEphemeral({ ...place, ...message }),
    () => clients.once.chat.postMessage({ channel: userId, ...direct }),
  ];
  let failure: unknown;
  for (const way of ways) {
    try {
      return void (await withBlockErrors<unknown>(way()));
    } catch (error) {
      if (error instanceof BlocksRefusedError) throw error;
      log.info('person not reached, trying another way', { userId, batch: batchId, error });
      failure = error;
    }
  }
  throw failure;
}

/** Says sentences to one person alone, by whichever way is open. */
export function notifyUser(options: NotifyOptions, person: Person): Tell {
  return (sentence) => sendToUser(options, person, { text: escapeText(sentence) });
}
