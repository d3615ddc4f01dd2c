import type { SlashCommand } from '@slack/bolt';
import type { Log } from '../../core/log.js';
import { escapeText } from './mrkdwn.js';
import { answerPrivately, type SlackMessage } from './response-url.js';
import { BlocksRefusedError } from './slack-errors.js';
import { type WebClients, withBlockErrors } from './web-clients.js';

type NotifyDeps = { clients: WebClients; log: Log };

export interface Recipient {
  userId: string;
  /** Slack's answer address of what they did, if there is one: it has five uses and expires after half an hour. */
  responseUrl?: string | undefined;
  /** The address is that of a click in a private message, which this replaces. */
  replaces?: boolean | undefined;
  /** For the log. */
  batchId?: string;
}

/** A command that was typed, or that a button has the text of: then the rest is the click's. */
export type TypedCommand = Pick<SlashCommand, 'command' | 'user_id' | 'channel_id' | 'response_url' | 'trigger_id'>;

/** Who typed a command, and where. */
export function askerOf({ user_id, channel_id, response_url }: TypedCommand) {
  return { userId: user_id, channelId: channel_id, responseUrl: response_url };
}

export type Asker = ReturnType<typeof askerOf>;

/**
 * Sends to one user alone: in the conversation where they acted, or else in their conversation with the app.
 * chat.postEphemeral is no third way: Slack does not guarantee delivery, and it needs the bot to be a member.
 * @param direct the message for the conversation with the app, if it differs
 * @throws BlocksRefusedError if Slack will not show the message in this form
 */
export async function sendToUser(
  { clients, log }: NotifyDeps,
  { userId, responseUrl, replaces, batchId }: Recipient,
  message: SlackMessage | { text: string },
  direct: SlackMessage | { text: string } = message,
): Promise<void> {
  if (responseUrl) {
    try {
      return await answerPrivately(responseUrl, message, replaces);
    } catch (error) {
      if (error instanceof BlocksRefusedError) throw error;
      log.info('response_url not usable, sending a direct message', { userId, batch: batchId, error });
    }
  }
  await withBlockErrors(clients.once.chat.postMessage({ channel: userId, ...direct }));
}

export function notifyUser(deps: NotifyDeps, recipient: Recipient): (sentence: string) => Promise<void> {
  return (sentence) => sendToUser(deps, recipient, { text: escapeText(sentence) });
}
