import { App, type AppOptions, type CustomRoute, webApi } from '@slack/bolt';
import { ConfigurationError } from '../core/errors.js';
import type { Log } from '../core/log.js';
import { createBoltLogger } from './bolt-logger.js';
import type { SlackIdentity } from './identify.js';
import type { ListenerServices } from './listener-services.js';
import { registerListeners } from './listeners/index.js';
import { explainAppToken } from './token-advice.js';
import { slackClientOptions } from './web-clients.js';

/** Exactly one of the two ways in. */
export type SlackTransport =
  | { kind: 'socket'; appToken: string; healthPort?: number | undefined }
  | { kind: 'http'; signingSecret: string; port: number };

export interface SlackAppOptions {
  botToken: string;
  apiUrl?: string | undefined;
  transport: SlackTransport;
  identity: SlackIdentity;
  /** The slash command's name, with its slash. */
  command: string;
  services: ListenerServices;
  log: Log;
}

export interface SlackApp {
  start(): Promise<void>;
  /** Takes nothing new, and waits for the listeners that run. */
  stop(): Promise<void>;
}

/** Bolt with our listeners, over a socket or over HTTP at `/slack/events`. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { botToken, identity, transport, command, services, log } = options;
  const logger = createBoltLogger(log);
  const clientOptions = slackClientOptions(options, logger);
  const app = new App({
    ...transportOptions(transport),
    authorize: async () => ({ botToken, botId: identity.botId, botUserId: identity.botUserId }), // one workspace, asked once at start instead of at each event
    logger,
    clientOptions,
    convoStore: false,
  });
  app.error(async (error) => log.error('listener failed', { error }));
  const drain = trackListeners(app);
  registerListeners(app, command, services);
  return {
    async start() {
      await app.start().catch(blameAppToken);
    },
    async stop() {
      await app.stop();
      await drain();
    },
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

function blameAppToken(error: unknown): never {
  if (error instanceof webApi.WebAPIPlatformError) throw new ConfigurationError([explainAppToken(error.data.error)]);
  throw error;
}

function transportOptions(transport: SlackTransport): Partial<AppOptions> {
  if (transport.kind === 'http') {
    return { signingSecret: transport.signingSecret, port: transport.port, customRoutes: [healthRoute] };
  }
  const { appToken, healthPort } = transport;
  if (healthPort === undefined) return { socketMode: true, appToken };
  return { socketMode: true, appToken, customRoutes: [healthRoute], installerOptions: { port: healthPort } };
}

const healthRoute: CustomRoute = {
  path: '/healthz',
  method: ['GET', 'HEAD'],
  handler: (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok\n');
  },
};
