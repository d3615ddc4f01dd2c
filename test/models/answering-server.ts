import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listening, listen, readBody, sendJson } from '../../sandbox/http.js';

interface Received {
  path: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export type Answer = (response: ServerResponse) => void;

export interface AnsweringServer extends Listening {
  url: string;
  received: Received[];
  /** What the next requests get, in this order; the last answer serves every further one. */
  answers: Answer[];
  /** Resolves once so many requests have come. */
  seen(count: number): Promise<void>;
}

/** A bare HTTP server that gives planned answers and remembers what it was sent. */
export async function startAnsweringServer(): Promise<AnsweringServer> {
  const received: Received[] = [];
  const answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await readBody(request)).toString());
    received.push({ path: decodeURIComponent(request.url ?? ''), headers: request.headers, body });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response);
    server.emit('seen');
  });
  const listening = await listen(server);
  return {
    ...listening,
    url: `http://127.0.0.1:${listening.port}`,
    received,
    answers,
    async seen(count) {
      while (received.length < count) await once(server, 'seen');
    },
  };
}

export const ok =
  (body: unknown): Answer =>
  (response) =>
    sendJson(response, 200, body);

/** An error as Bedrock words it: the name in a header, the message in the body. */
export const awsError =
  (status: number, name: string, message = ''): Answer =>
  (response) =>
    sendJson(response, status, { message }, { 'x-amzn-errortype': name });
