import { once } from 'node:events';
import { App, type Receiver, type webApi } from '@slack/bolt';
import type { Log } from '../../core/log.js';
import type { Observe } from '../../core/observation.js';
import { createHealthPages, type HealthOptions } from '../../observability/health-pages.js';
import { createReadiness, type ReadinessCheck } from '../../observability/readiness.js';
import { slackClientOptions } from '../api/web-clients.js';
import type { SlackDeps } from '../deps.js';
import { createBoltLogger } from './bolt-logger.js';
import { carryOnUnanswered } from './carry-on-unanswered.js';
import { checkAccess } from './check-access.js';
import { createHttpReceiver, type HttpReceiver, isForSlack } from './http.js';
import { createHttpServer } from './http-server.js';
import type { SlackIdentity } from './identify.js';
import { ignoreRepeats } from './ignore-repeats.js';
import { registerListeners } from './listeners.js';
import { checkAppToken, createSocketReceiver } from './socket.js';
import { timeAcknowledgements } from './time-acknowledgements.js';

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
  /** What must be there beside Slack. */
  readinessChecks: readonly ReadinessCheck[];
  readMetrics: HealthOptions['readMetrics'];
  log: Log;
}

export interface SlackApp {
  start(): Promise<void>;
  /** Takes nothing new, and waits for the listeners that run; `/readyz` says so meanwhile. */
  stop(): Promise<void>;
  /** Once all work is done: ends the connections that are left. */
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
  timeAcknowledgements(
    app,
    (milliseconds) => observe({ kind: 'step ended', step: 'acknowledging', milliseconds }),
    () => performance.now(),
  );
  registerListeners(app, command, deps);
  let isStopping = false;
  const readiness = createReadiness({ checks: [way.isReady, ...options.readinessChecks], now: Date.now });
  const serveHealth = createHealthPages({ ...options, readiness, isStopping: () => isStopping });
  const server = createHttpServer(async (request, response) => {
    if (way.receive && isForSlack(request)) return way.receive(request, response);
    return serveHealth(request, response);
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

/** Bolt forgets a listener once it has acknowledged; what it goes on to do is followed here, so that stopping can wait for it. */
function trackListeners(app: App): () => Promise<unknown> {
  const running = new Set<Promise<void>>();
  app.use(async ({ next }) => {
    const work = next();
    running.add(work);
    await work.finally(() => running.delete(work));
  });
  return () => Promise.allSettled(running);
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

/** Over HTTP it is Slack that connects; what can be known is whether its Web API takes our calls. */
async function tryWebApi({ deps }: SlackAppOptions, signal: AbortSignal): Promise<string | undefined> {
  const tooLate = once(signal, 'abort').then(() => 'slack: the Web API does not answer');
  const asked = deps.clients.once.auth.test().then(
    () => undefined,
    (error: Error) => `slack: the Web API refused auth.test (${error.message})`,
  );
  return Promise.race([asked, tooLate]);
}
