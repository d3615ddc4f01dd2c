import { once } from 'node:events';
import { App, SocketModeReceiver, webApi } from '@slack/bolt';
import { ConfigurationError } from '../../core/errors.js';
import { createReadiness, type HealthOptions, type ReadinessCheck, serveHealth } from '../../observability/health.js';
import { explainAppToken, tokenRefusal } from '../api/tokens.js';
import { createBoltLogger, type SlackConnection, slackClientOptions } from '../api/web-clients.js';
import type { SlackDeps } from '../deps.js';
import { createHttpReceiver, createHttpServer, isForSlack } from './http.js';
import type { SlackIdentity } from './identity.js';
import { registerListeners } from './listeners.js';
import { carryOnUnanswered, checkAccess, ignoreRepeats, timeAcknowledgements, trackListeners } from './middleware.js';

export type SlackTransport =
  | { kind: 'socket'; appToken: string; healthPort?: number | undefined; healthHost?: string | undefined }
  | { kind: 'http'; signingSecret: string; port: number };

export interface SlackAppOptions extends SlackConnection {
  transport: SlackTransport;
  /** How long a socket may leave a ping unanswered; also what socket-mode waits before it connects again. */
  pingMilliseconds: number;
  identity: SlackIdentity;
  /** The slash command's name, with its slash. */
  command: string;
  deps: SlackDeps;
  readinessChecks: readonly ReadinessCheck[];
  readMetrics: HealthOptions['readMetrics'];
}

/** Bolt with our listeners, over a socket or over HTTP at `/slack/events`. */
export function createSlackApp(options: SlackAppOptions) {
  const { botToken, transport, identity, command, deps } = options;
  const { observe, log } = deps;
  const logger = createBoltLogger(log);
  const clientOptions = slackClientOptions(options, logger);
  const way = wayIn(options, clientOptions);
  const app = new App({
    receiver: way.receiver,
    // one workspace, asked once at start instead of at each event
    authorize: async () => ({ botToken, botId: identity.botId, botUserId: identity.botUserId }),
    logger,
    clientOptions,
    convoStore: false,
  });
  app.error(async (error) => log.error('listener failed', { error }));
  const drain = trackListeners(app);
  ignoreRepeats(app);
  if (transport.kind === 'socket') carryOnUnanswered(app, log);
  checkAccess(app, deps);
  timeAcknowledgements(app, (milliseconds) => observe({ kind: 'step ended', step: 'acknowledging', milliseconds }));
  registerListeners(app, command, deps);
  let isStopping = false;
  const readiness = createReadiness([way.isReady, ...options.readinessChecks], Date.now);
  const health = { readiness, isStopping: () => isStopping, readMetrics: options.readMetrics };
  const server = createHttpServer(async (request, response) => {
    if (way.receive && isForSlack(request)) return way.receive(request, response);
    return serveHealth(health, request, response);
  }, log);
  return {
    async start(): Promise<void> {
      if (transport.kind === 'socket') await checkAppToken(transport.appToken, clientOptions);
      if (way.port !== undefined) await server.listen(way.port, way.host);
      await app.start();
    },
    /** Accepts nothing new, and waits for the listeners that run; `/readyz` says so meanwhile. */
    async stop(): Promise<void> {
      isStopping = true;
      await app.stop();
      await drain();
    },
    /** Ends the connections that are left, once all work is done. */
    close: server.close,
  };
}

function wayIn({ transport, pingMilliseconds, deps }: SlackAppOptions, clientOptions: webApi.WebClientOptions) {
  if (transport.kind === 'http') {
    const receiver = createHttpReceiver(transport.signingSecret, deps.log);
    const isReady = (signal: AbortSignal) => tryWebApi(deps, signal);
    return { receiver, receive: receiver.receive, port: transport.port, host: undefined, isReady };
  }
  const { appToken, healthPort: port, healthHost: host } = transport;
  const receiver = new SocketModeReceiver({
    appToken,
    logger: createBoltLogger(deps.log),
    clientPingTimeout: pingMilliseconds,
    installerOptions: { clientOptions: { ...clientOptions, retryConfig: untilSlackIsBack } },
  });
  const { client } = receiver;
  // an app stopped while it reconnects would connect again when Slack answers, and take on new work
  client.once('disconnecting', () => client.on('connected', () => client.disconnect()));
  // and the reconnect, which nothing awaits, would be rejected: an unhandled rejection
  client.once('connected', () => client.once('disconnecting', () => client.removeAllListeners('disconnected')));
  const isReady = async () => (client.websocket?.isActive() ? undefined : 'slack: the socket is not connected');
  return { receiver, receive: undefined, port, host, isReady };
}

/** Over HTTP it is Slack that connects; all we can tell is whether its Web API takes our calls. */
async function tryWebApi({ clients }: SlackDeps, signal: AbortSignal): Promise<string | undefined> {
  const tooLate = once(signal, 'abort').then(() => 'slack: the Web API does not answer');
  const asked = clients.once.auth.test().then(
    () => undefined,
    (error: Error) => `slack: the Web API refused auth.test (${error.message})`,
  );
  return Promise.race([asked, tooLate]);
}

/**
 * If a call fails after all its retries, socket-mode gives up, with a rejection that nothing can catch. So the retries have
 * no end: an outage of Slack is waited out, however long it is.
 */
const untilSlackIsBack: webApi.RetryOptions = { forever: true, minTimeout: 500, maxTimeout: 2_000 };

/**
 * At start the operator is waiting, so this asks for a socket's address with few retries, and opens no socket.
 * @throws ConfigurationError if Slack refuses the token; the call's own error if Slack does not answer
 */
async function checkAppToken(appToken: string, clientOptions: webApi.WebClientOptions): Promise<void> {
  try {
    await new webApi.WebClient(appToken, clientOptions).apps.connections.open();
  } catch (error) {
    const code = tokenRefusal(error);
    if (code) throw new ConfigurationError([explainAppToken(code)]);
    if (!(error instanceof webApi.WebAPIPlatformError)) throw error;
  }
}
