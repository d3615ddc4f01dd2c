import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Log } from '../../core/log.js';

export interface HttpLimits {
  connections: number;
  /** Silence on a connection, a request's headers, and the whole request. */
  idleMilliseconds: number;
  headersMilliseconds: number;
  requestMilliseconds: number;
}

/** An acknowledgement, the slowest honest answer, takes at most three seconds. */
const defaultLimits: HttpLimits = {
  connections: 500,
  idleMilliseconds: 15_000,
  headersMilliseconds: 5_000,
  requestMilliseconds: 10_000,
};

type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpServer {
  listen(port: number, host?: string): Promise<void>;
  /** Hangs up on everybody, also on those who never said a word. */
  close(): Promise<void>;
}

/** A server that strangers can reach: bounded in connections and in time, and no error of theirs ends the process. */
export function createHttpServer(serve: Serve, log: Log, limits = defaultLimits): HttpServer {
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
    async listen(port, host) {
      server.listen(port, host);
      await once(server, 'listening');
      server.on('error', (error) => log.error('http server failed', { error }));
    },
    async close() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
