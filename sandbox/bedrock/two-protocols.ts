import { createServer as createHttp1Server, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { readBody } from '../http.js';
import { type ReceivedRequest, receivedRequest } from '../signature/received-request.js';

export type Protocol = 'HTTP/1.1' | 'HTTP/2';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** One request and the ways to answer it, whatever carried it. */
export interface Exchange {
  protocol: Protocol;
  request: ReceivedRequest;
  /** The whole answer, or with `cut` its first half and the end of the connection. */
  send(answer: Answer, options?: { cut?: boolean }): void;
  reset(): void;
  /** When the answer has left, or the client has. */
  ended: Promise<void>;
}

/**
 * Serves HTTP/1.1 and HTTP/2 without TLS on one port, as the Bedrock client speaks the second where it is not told otherwise.
 * HTTP/2 with prior knowledge begins with the connection preface `PRI * HTTP/2.0`: RFC 9113, section 3.4.
 */
export function createTwoProtocolServer(serve: (exchange: Exchange) => Promise<void>): Server {
  const http1 = createHttp1Server(async (request, response) => {
    const exchange = await exchangeOf('HTTP/1.1', request, response, () => request.socket.destroy());
    if (exchange) await serve(exchange);
  });
  // An HTTP/2 session hides its socket, and closes politely when it is destroyed: not what a lost connection looks like.
  const sockets = new Map<number | undefined, Socket>();
  const http2 = createHttp2Server(async (request, response) => {
    const socket = sockets.get(request.stream.session?.socket.remotePort);
    const exchange = await exchangeOf('HTTP/2', request, response, () => socket?.destroy());
    if (exchange) await serve(exchange);
  });
  return createServer((socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
    socket.on('error', () => socket.destroy());
    chooseProtocol(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket));
  });
}

/** Looks at the first three bytes and puts them back. */
function chooseProtocol(socket: Socket, chosen: (isHttp2: boolean) => void): void {
  const look = () => {
    const first: Buffer | null = socket.read();
    if (first === null) return;
    socket.unshift(first);
    if (first.length < 3) return;
    socket.off('readable', look);
    chosen(first.toString('latin1', 0, 3) === 'PRI');
  };
  socket.on('readable', look);
}

/** Undefined where the client went away before it had sent everything. */
async function exchangeOf(
  protocol: Protocol,
  incoming: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  endConnection: () => void,
): Promise<Exchange | undefined> {
  const body = await readBody(incoming).catch(() => undefined);
  if (body === undefined) return undefined;
  return {
    protocol,
    request: receivedRequest(incoming.method ?? 'GET', incoming.url ?? '/', incoming.headers, body),
    reset: endConnection,
    ended: new Promise((resolve) => {
      response.once('close', resolve);
    }),
    send(answer, { cut = false } = {}) {
      if (response.destroyed || response.writableEnded) return; // the client gave up while the answer was made
      for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
      response.setHeader('content-length', answer.body.length);
      response.statusCode = answer.status;
      if (cut) write(response, answer.body.subarray(0, answer.body.length / 2), endConnection);
      else response.end(answer.body);
    },
  };
}

function write(response: ServerResponse | Http2ServerResponse, bytes: Buffer, then: () => void): void {
  // The two `write` are alike but for their types, which TypeScript cannot call as one.
  if ('stream' in response) response.write(bytes, then);
  else response.write(bytes, then);
}
