import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BufferedIncomingMessage, HTTPModuleFunctions, HTTPReceiver, type Receiver } from '@slack/bolt';
import type { Log } from '../../core/log.js';
import { createBoltLogger } from './bolt-logger.js';

const eventsPath = '/slack/events';

/** A shortcut carries the whole message it was chosen on, which is the longest that Slack sends. */
const maxBodyBytes = 1024 * 1024;
/** Of all bodies that have not arrived in full. */
const maxUnfinishedBytes = 16 * 1024 * 1024;
/** What a chunk costs at least, however few bytes are in it. */
const minChunkBytes = 256;

export interface HttpReceiver extends Receiver {
  receive(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export function isForSlack({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && url?.split('?', 1)[0] === eventsPath;
}

/**
 * Bolt's receiver behind a server of our own. Bolt reads a whole body before it looks at the signature, so what strangers
 * can make the app keep is bounded here.
 */
export function createHttpReceiver(signingSecret: string, log: Log): HttpReceiver {
  const bolt = new HTTPReceiver({ signingSecret, endpoints: eventsPath, logger: createBoltLogger(log) });
  const readBody = createBodyReader();
  const answers = new Set<Promise<unknown>>();
  let isStopping = false;
  return {
    init: (app) => bolt.init(app),
    start: async () => undefined,
    async stop() {
      isStopping = true;
      await Promise.allSettled(answers); // Bolt answers within three seconds, whatever happens
    },
    async receive(request, response) {
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

/** Bolt asks for properties of what it parsed outside of any catch; what cannot be parsed it answers itself. */
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
  const unfinished = new Map<IncomingMessage, number>();
  let total = 0;

  function release(request: IncomingMessage): void {
    total -= unfinished.get(request) ?? 0;
    unfinished.delete(request);
  }

  function keep(request: IncomingMessage, bytes: number): void {
    const kept = (unfinished.get(request) ?? 0) + bytes;
    unfinished.set(request, kept);
    total += bytes;
    const [oldest] = unfinished.keys(); // Slack's own requests arrive within milliseconds
    const tooMuch = kept > maxBodyBytes ? request : total > maxUnfinishedBytes ? oldest : undefined;
    tooMuch?.destroy();
  }

  return (request: IncomingMessage) =>
    new Promise<Buffer | undefined>((resolve) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          keep(request, Math.max(chunk.length, minChunkBytes));
        })
        .on('end', () => resolve(Buffer.concat(chunks)))
        .on('error', () => undefined)
        .on('close', () => {
          release(request);
          resolve(undefined);
        });
    });
}
