import type { types } from '@slack/bolt';
import { BlocksRefusedError, ResponseUrlError, refusalSchema } from './slack-errors.js';

export interface SlackMessage {
  /** For notifications and screen readers; mrkdwn, already escaped. */
  text: string;
  blocks: types.KnownBlock[];
}

interface NewMessage extends Partial<SlackMessage> {
  text: string;
  response_type: 'ephemeral' | 'in_channel';
  replace_original: boolean;
  /** Only with `in_channel`, and not replacing. */
  thread_ts?: string | undefined;
}

const timeoutMilliseconds = 10_000;

/**
 * Answers in conversations where the bot itself may not post. Bolt's `respond` has no time-out and takes HTTP 200 with `ok: false` for
 * success, so this reads the answer. The address is a secret, since anyone who has it can post: no error carries it.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 * @param answer `delete_original` deletes the message whose button gave this address
 */
export async function postToResponseUrl(url: string, answer: NewMessage | { delete_original: true }): Promise<void> {
  const { status, ok, body } = await send(url, answer).catch((cause: unknown) => {
    throw new ResponseUrlError('Slack could not be reached at the response_url.', false, { cause });
  });
  const error = readError(body);
  if (error?.includes('invalid_blocks')) throw new BlocksRefusedError([]);
  if (ok && !error) return;
  const isRefusal = error !== undefined || (status >= 400 && status < 500);
  const answered = error ? `${status} ${error}` : status;
  throw new ResponseUrlError(`Slack answered ${answered} at the response_url.`, isRefusal);
}

async function send(url: string, answer: unknown): Promise<{ status: number; ok: boolean; body: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(answer),
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
  return { status: response.status, ok: response.ok, body: await response.text() }; // the body too can break off or be late
}

/** Only the user who asked sees it, below what is already there, or in place of the message that they clicked. */
export function answerPrivately(
  url: string,
  message: SlackMessage | { text: string },
  replace_original = false,
): Promise<void> {
  return postToResponseUrl(url, { ...message, response_type: 'ephemeral', replace_original });
}

/** Successes are the text `ok` or `{"ok":true}`; failures a code as text or `{"ok":false,"error":…}`. */
function readError(body: string): string | undefined {
  if (body === 'ok') return undefined;
  try {
    return refusalSchema.safeParse(JSON.parse(body)).data?.error;
  } catch {
    return /^[a-z_]{1,60}$/.test(body) ? body : undefined; // not JSON: an error page says enough by its status
  }
}
