import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished, vi } from 'vitest';
import { listen, readBody, sendJson } from '../../sandbox/http.js';
import type { ImageModelRequest } from '../../src/core/image-model.js';
import { createBedrockClient, createBedrockModel } from '../../src/models/bedrock.js';
import { stability } from '../../src/models/stability.js';

interface Received {
  path: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export type Answer = (response: ServerResponse) => void;

export type AnsweringServer = Awaited<ReturnType<typeof startAnsweringServer>>;

/** A bare HTTP server that gives planned answers and remembers what it was sent, until the test ends. */
export async function startAnsweringServer() {
  const received: Received[] = [];
  /** What the next requests get, in this order; the last answer serves every further one. */
  const answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await readBody(request)).toString());
    received.push({ path: decodeURIComponent(request.url ?? ''), headers: request.headers, body });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response);
    server.emit('seen');
  });
  const { port, close } = await listen(server);
  let closed: Promise<void> | undefined;
  const closeOnce = () => (closed ??= close());
  onTestFinished(closeOnce);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answers,
    close: closeOnce,
    /** Resolves once so many requests have come. */
    async seen(count: number) {
      while (received.length < count) await once(server, 'seen');
    },
  };
}

/** Stable Image Core, called by the app's own client at a server in Bedrock's place. */
export async function startBedrockModel() {
  const server = await startAnsweringServer();
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', server.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  const client = createBedrockClient({ region: 'us-west-2' });
  onTestFinished(() => client.destroy());
  const generate = createBedrockModel(client, 'stability.stable-image-core-v1:1', stability);
  const never = new AbortController().signal;
  const draw = (change: Partial<ImageModelRequest> = {}) =>
    generate({ prompt: 'a red fox', aspectRatio: '16:9', seed: 42, abortSignal: never, ...change });
  return { server, draw };
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
