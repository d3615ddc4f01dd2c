import { once } from 'node:events';
import { App, type Receiver, type webApi } from '@slack/bolt';
import type { Log, Observe } from '../../core/log.js';
import { createReadiness, type HealthOptions, type ReadinessCheck, serveHealth } from '../../observability/health.js';
import { createBoltLogger, slackClientOptions } from '../api/web-clients.js';
import type { SlackDeps } from '../deps.js';
import { checkAccess } from './check-access.js';
import { createHttpReceiver, createHttpServer, type HttpReceiver, isForSlack } from './http.js';
import type { SlackIdentity } from './identity.js';
import { registerListeners } from './listeners.js';
import { carryOnUnanswered, ignoreRepeats, timeAcknowledgements, trackListeners } from './middleware.js';
import { checkAppToken, createSocketReceiver } from './socket.js';

/** Exactly one of the two ways in. */
export type SlackTransport =
  | { kind: 'socket'; appToken: string; healthPort?: number | undefined; healthHost?: string | undefined }
  | { kind: 'http'; signingSecret: string; port: number };

export interface SlackAppOptions {
  botToken: string;
  apiUrl?: string | undefined;
  transport: SlackTransport;
  identity: SlackIdentity;
  /** The slash command's name, with its slash. */
  command: string;
  deps: SlackDeps;
  observe: Observe;
  /** What the app needs besides Slack. */
  readinessChecks: readonly ReadinessCheck[];
  readMetrics: HealthOptions['readMetrics'];
  log: Log;
}

export interface SlackApp {
  start(): Promise<void>;
  /** Accepts nothing new, and waits for the listeners that run; `/readyz` says so meanwhile. */
  stop(): Promise<void>;
  /** Ends the connections that are left, once all work is done. */
  close(): Promise<void>;
}

/** Bolt with our listeners, over a socket or over HTTP at `/slack/events`. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { botToken, transport, identity, command, deps, observe, log } = options;
  const logger = createBoltLogger(log);
  const clientOptions = slackClientOptions(
    { ...options, onError: (code) => observe({ kind: 'slack error', code }) },
    logger,
  );
  const way = wayIn(options, clientOptions);
  const app = new App({
    receiver: way.receiver,
    authorize: async () => ({ botToken, botId: identity.botId, botUserId: identity.botUserId }), // one workspace, asked once at start instead of at each event
    logger,
    clientOptions,
    convoStore: false,
  });
  app.error(async (error) => log.error('listener failed', { error }));
  const drain = trackListeners(app);
  ignoreRepeats(app);
  if (transport.kind === 'socket') carryOnUnanswered(app, log);
  checkAccess(app, deps, observe);
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
    async start() {
      if (transport.kind === 'socket') await checkAppToken(transport.appToken, clientOptions);
      if (way.port !== undefined) await server.listen(way.port, way.host);
      await app.start();
    },
    async stop() {
      isStopping = true;
      await app.stop();
      await drain();
    },
    close: server.close,
  };
}

interface WayIn {
  receiver: Receiver;
  isReady: ReadinessCheck;
  port: number | undefined;
  host?: string | undefined;
  receive?: HttpReceiver['receive'];
}

function wayIn(options: SlackAppOptions, clientOptions: webApi.WebClientOptions): WayIn {
  const { transport, log } = options;
  if (transport.kind === 'http') {
    const receiver = createHttpReceiver(transport.signingSecret, log);
    return {
      receiver,
      receive: receiver.receive,
      port: transport.port,
      isReady: (signal) => tryWebApi(options, signal),
    };
  }
  const receiver = createSocketReceiver(transport.appToken, clientOptions, log);
  return {
    receiver,
    port: transport.healthPort,
    host: transport.healthHost,
    isReady: async () => (receiver.client.websocket?.isActive() ? undefined : 'slack: the socket is not connected'),
  };
}

/** Over HTTP it is Slack that connects; all we can tell is whether its Web API takes our calls. */
async function tryWebApi({ deps }: SlackAppOptions, signal: AbortSignal): Promise<string | undefined> {
  const tooLate = once(signal, 'abort').then(() => 'slack: the Web API does not answer');
  const asked = deps.clients.once.auth.test().then(
    () => undefined,
    (error: Error) => `slack: the Web API refused auth.test (${error.message})`,
  );
  return Promise.race([asked, tooLate]);
}
