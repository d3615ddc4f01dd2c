import { setTimeout as wait } from 'node:timers/promises';
import { type Logger, LogLevel, webApi } from '@slack/bolt';
import type { Log } from '../../core/log.js';
import { readBlocksRefusal, refusalSchema } from './slack-errors.js';

export interface WebClients {
  /** For calls that may be made twice: retries a few times and waits out each call's rate limit. */
  retrying: webApi.WebClient;
  /** For calls that post something new: a call that timed out may have landed, so it is made once. */
  once: webApi.WebClient;
}

export interface SlackConnection {
  botToken: string;
  apiUrl?: string | undefined;
  onError?: ((code: string) => void) | undefined;
}

/** web-api itself would retry for half an hour, longer than a response_url lives, and has no time-out. */
export function slackClientOptions({ apiUrl, onError }: Omit<SlackConnection, 'botToken'>, logger: Logger) {
  return {
    logger,
    timeout: 10_000,
    retryConfig: { retries: 3, minTimeout: 500, maxTimeout: 5_000 },
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    ...(onError ? { fetch: createCountingFetch(onError) } : {}),
  };
}

/** `fetch` for Slack's Web API that reports every failed call, retried ones too, by Slack's own word for it. */
function createCountingFetch(onError: (code: string) => void): webApi.FetchFunction {
  return async (url, init) => {
    try {
      const response = await fetch(url, init);
      const code = await readCode(response.clone());
      if (code) onError(code);
      return response;
    } catch (error) {
      onError('no_answer');
      throw error;
    }
  };
}

/** Refusals are HTTP 200 with `ok: false`: https://docs.slack.dev/apis/web-api/#responses */
async function readCode(response: Response): Promise<string | undefined> {
  if (response.status === 429) return 'ratelimited';
  if (!response.ok) return `http_${response.status}`;
  if (!response.headers.get('content-type')?.includes('json')) return undefined; // an upload's answer
  return refusalSchema.safeParse(await response.json()).data?.error;
}

/**
 * web-api itself stops every call of a client while one of them is rate limited. Slack limits each method by itself, and
 * some by the channel, so here only that call waits: https://docs.slack.dev/apis/web-api/rate-limits
 */
class PatientClient extends webApi.WebClient {
  override apiCall(method: string, options?: Record<string, unknown>): Promise<webApi.WebAPICallResult> {
    return waitOutRateLimit(() => super.apiCall(method, options));
  }
}

/**
 * web-api calls an upload's alternative text `alt_text`, a name that Slack does not know:
 * https://docs.slack.dev/reference/methods/files.getUploadURLExternal. Files other than images are reported to be left
 * unshared with one: https://github.com/slackapi/python-slack-sdk/issues/1818
 */
class OnceClient extends webApi.WebClient {
  override apiCall(method: string, options: Record<string, unknown> = {}): Promise<webApi.WebAPICallResult> {
    const { alt_text: alt_txt, ...others } = options;
    return super.apiCall(method, alt_txt === undefined ? options : { ...others, alt_txt });
  }
}

export function createWebClients(connection: SlackConnection, logger: Logger): WebClients {
  const { botToken } = connection;
  const options = { ...slackClientOptions(connection, logger), rejectRateLimitedCalls: true };
  return {
    retrying: new PatientClient(botToken, options),
    once: new OnceClient(botToken, { ...options, retryConfig: { retries: 0 } }),
  };
}

/** Longer than this, a user would rather be answered another way. */
const maxWaitSeconds = 30;

/** A rate-limited call was certainly not carried out, so it is the one failed post that is safe to repeat. */
export async function waitOutRateLimit<Result>(call: () => Promise<Result>, tries = 3): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const isLimited = error instanceof webApi.WebAPIRateLimitedError;
    if (!isLimited || error.retryAfter > maxWaitSeconds || tries === 1) throw error;
    await wait(error.retryAfter * 1000);
    return waitOutRateLimit(call, tries - 1);
  }
}

/** Turns Slack's refusal of blocks into a `BlocksRefusedError`; everything else stays as it is. */
export function withBlockErrors<Result>(call: Promise<Result>): Promise<Result> {
  return call.catch((error: unknown) => {
    const refusal = error instanceof webApi.WebAPIPlatformError ? readBlocksRefusal(error.data, error) : undefined;
    throw refusal ?? error;
  });
}

/** The part of a debug line of Slack's libraries that is a payload, and so holds what users wrote. */
const payload = /(?<=\(body: |\(will ignore\): ).+|[{[].*$/s;

/** Sends Bolt's log lines through ours, which removes secrets. What users wrote is cut off. */
export function createBoltLogger(log: Log): Logger {
  const join = (messages: unknown[]) => messages.map(String).join(' ');
  return {
    debug: (...messages) => log.debug('slack', () => ({ message: join(messages).replace(payload, '…') })),
    info: (...messages) => log.info('slack', { message: join(messages) }),
    warn: (...messages) => log.warn('slack', { message: join(messages) }),
    error: (...messages) => log.error('slack', { message: join(messages) }),
    setLevel: () => undefined, // the log has a level of its own
    getLevel: () => LogLevel.INFO,
    setName: () => undefined, // one name for all of Slack's libraries
  };
}
