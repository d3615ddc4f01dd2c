import { SocketModeReceiver, webApi } from '@slack/bolt';
import { ConfigurationError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { explainAppToken, isOutage } from '../api/tokens.js';
import { createBoltLogger } from '../api/web-clients.js';

/**
 * If a call fails after all its retries, socket-mode gives up, with a rejection that nothing can catch. So the retries have
 * no end: an outage of Slack is waited out, however long it is.
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

/** An app stopped while it reconnected would connect again when Slack answers, and take on new work. */
function stayDisconnected({ client }: SocketModeReceiver): void {
  client.once('disconnecting', () => client.on('connected', () => client.disconnect()));
}

/**
 * At start the operator is waiting, so this asks for a socket's address with few retries, and opens no socket.
 * @throws ConfigurationError if Slack refuses the token; the call's own error if Slack does not answer
 */
export async function checkAppToken(appToken: string, clientOptions: webApi.WebClientOptions): Promise<void> {
  try {
    await new webApi.WebClient(appToken, clientOptions).apps.connections.open();
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError)) throw error;
    if (!isOutage(error.data.error)) throw new ConfigurationError([explainAppToken(error.data.error)]);
  }
}
