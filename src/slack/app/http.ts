import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type App, type BufferedIncomingMessage, HTTPModuleFunctions, HTTPReceiver } from '@slack/bolt';
import type { Log } from '../../core/log.js';
import { createBoltLogger } from '../api/web-clients.js';

/** An acknowledgement, the slowest honest answer, takes at most three seconds. */
const defaultLimits = {
  connections: 500,
  // time limits: for silence on a connection, for a request's headers, and for the whole request
  idleMilliseconds: 15_000,
  headersMilliseconds: 5_000,
  requestMilliseconds: 10_000,
};
export type HttpLimits = typeof defaultLimits;

type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A server that strangers can reach: bounded in connections and time, and no request of theirs ends the process. */
export function createHttpServer(serve: Serve, log: Log, limits = defaultLimits) {
  const server = createServer({
    headersTimeout: limits.headersMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    connectionsCheckingInterval: Math.min(limits.headersMilliseconds / 5, 1000),
  });
  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      log.error('http request failed', { error });
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.maxConnections = limits.connections;
  server.timeout = limits.idleMilliseconds;
  return {
    async listen(port: number, host?: string): Promise<void> {
      server.listen(port, host);
      await once(server, 'listening');
      server.on('error', (error) => log.error('http server failed', { error }));
    },
    /** Closes every connection, also those that never sent a request. */
    async close(): Promise<void> {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export type HttpServer = ReturnType<typeof createHttpServer>;

const eventsPath = '/slack/events';

/** A shortcut carries the whole message it was chosen on, which is the longest that Slack sends. */
const maxBodyBytes = 1024 * 1024;
/** Of all bodies that have not fully arrived. */
const maxUnfinishedBytes = 16 * 1024 * 1024;
/** The memory that a chunk takes, however few bytes it has. */
const minChunkBytes = 256;

export function isForSlack({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && url?.split('?', 1)[0] === eventsPath;
}

/**
 * Bolt's receiver behind a server of our own. Bolt reads a whole body before it checks the signature, so the memory that
 * strangers can take up is bounded here.
 */
export function createHttpReceiver(signingSecret: string, log: Log) {
  const bolt = new HTTPReceiver({ signingSecret, endpoints: eventsPath, logger: createBoltLogger(log) });
  const readBody = createBodyReader();
  const answers = new Set<Promise<unknown>>();
  let isStopping = false;
  return {
    init: (app: App) => bolt.init(app),
    start: async () => undefined,
    async stop() {
      isStopping = true;
      await Promise.allSettled(answers); // Bolt answers within three seconds, whatever happens
    },
    async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const refuse = (status: number) => void response.writeHead(status, { connection: 'close' }).end();
      if (Number(request.headers['content-length']) > maxBodyBytes) return refuse(413);
      const rawBody = await readBody(request);
      if (!rawBody) return;
      if (isStopping) return refuse(503);
      const buffered = Object.assign(request, { rawBody });
      if (!isObject(buffered)) return refuse(400);
      const answer = once(response, 'close').finally(() => answers.delete(answer));
      answers.add(answer);
      bolt.requestListener(buffered, response);
      await answer;
    },
  };
}

/** Bolt reads properties of what it parsed outside of any catch; what it cannot parse it answers itself. */
function isObject(buffered: BufferedIncomingMessage): boolean {
  try {
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(buffered);
    return typeof body === 'object' && body !== null;
  } catch {
    return true;
  }
}

/** Resolves to undefined, with the connection closed, if the body is too long or does not arrive. */
function createBodyReader() {
  const unfinished = new Set<IncomingMessage>();
  let total = 0;
  return (request: IncomingMessage) =>
    new Promise<Buffer | undefined>((resolve) => {
      const chunks: Buffer[] = [];
      let kept = 0;
      request
        .on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          unfinished.add(request); // only now, so that the oldest one holds bytes
          const bytes = Math.max(chunk.length, minChunkBytes);
          kept += bytes;
          total += bytes;
          const [oldest] = unfinished; // Slack's own requests arrive within milliseconds
          const tooMuch = kept > maxBodyBytes ? request : total > maxUnfinishedBytes ? oldest : undefined;
          tooMuch?.destroy();
        })
        .on('end', () => resolve(Buffer.concat(chunks)))
        .on('error', () => undefined)
        .on('close', () => {
          total -= kept;
          unfinished.delete(request);
          resolve(undefined);
        });
    });
}
