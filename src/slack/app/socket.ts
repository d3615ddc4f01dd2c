import { SocketModeReceiver, webApi } from '@slack/bolt';
import { ConfigurationError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { explainAppToken, isTrouble } from '../api/token-advice.js';
import { createBoltLogger } from './bolt-logger.js';

/**
 * socket-mode takes a call that failed after all its retries for one that never succeeds, and rejects where nobody listens.
 * So they have no end: an outage of Slack's is waited out, however long it is.
 */
const untilSlackIsBack: webApi.RetryOptions = { forever: true, minTimeout: 500, maxTimeout: 2_000 };

export function createSocketReceiver(appToken: string, clientOptions: webApi.WebClientOptions, log: Log) {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: createBoltLogger(log),
    installerOptions: { clientOptions: { ...clientOptions, retryConfig: untilSlackIsBack } },
  });
  stayDisconnected(receiver);
  return receiver;
}

/** An app that was stopped while it reconnected would be connected again when Slack answers, and take on new work. */
function stayDisconnected({ client }: SocketModeReceiver): void {
  client.once('disconnecting', () => client.on('connected', () => client.disconnect()));
}

/**
 * At start somebody waits to be told: asks for an address with few retries, and opens no socket.
 * @throws ConfigurationError where Slack refuses the token; what the call failed with where Slack does not answer
 */
export async function checkAppToken(appToken: string, clientOptions: webApi.WebClientOptions): Promise<void> {
  try {
    await new webApi.WebClient(appToken, clientOptions).apps.connections.open();
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError)) throw error;
    if (!isTrouble(error.data.error)) throw new ConfigurationError([explainAppToken(error.data.error)]);
  }
}
