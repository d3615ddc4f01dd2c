import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createFaults } from '../faults.js';
import { listen, readBody, sendJson } from '../http.js';
import type { WireLog } from '../wire-log.js';
import { type ImageRequest, type Refusal, readEdit, readGeneration, refusal } from './read-request.js';

type OpenAiFault =
  /** The safety system refuses the prompt: HTTP 400. */
  | { kind: 'moderation' }
  /** HTTP 429, with the seconds to wait. */
  | { kind: 'rate_limit'; retryAfterSeconds: number }
  | { kind: 'error'; status: number; code?: string; message?: string }
  /** The image is cut off in the middle. */
  | { kind: 'broken_image' }
  /** No answer comes. */
  | { kind: 'silence' };

export interface OpenAiSandboxOptions {
  /** The only key that is let in. */
  apiKey: string;
  /** Draws an image, or edits the one that came with the request. */
  draw: (image: ImageRequest) => Uint8Array | Promise<Uint8Array>;
  wireLog?: WireLog;
}

/** A stand-in for OpenAI's image API on the loopback address. */
export async function startOpenAi({ apiKey, draw, wireLog }: OpenAiSandboxOptions) {
  const faults = createFaults<ImageRequest, OpenAiFault>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const asked = refuseKey(request, apiKey) ?? (await readCall(request, body));
    const fault = 'error' in asked ? undefined : faults.take(asked);
    const operation = `${request.method} ${request.url}`;
    const status = 'error' in asked ? asked.status : (fault?.kind ?? 200);
    wireLog?.record({ service: 'openai', direction: 'in', operation, status, detail: withoutBytes(asked) });
    if ('error' in asked) return sendRefusal(response, asked);
    if (fault && fault.kind !== 'broken_image') return sendFault(response, fault);
    const drawn = await draw(asked);
    const image = Buffer.from(fault ? drawn.subarray(0, drawn.length / 2) : drawn).toString('base64');
    sendJson(response, 200, { created: 1, data: [{ b64_json: image }], output_format: asked.format });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      sendRefusal(response, refusal(500, 'server_error', null, String(error)));
    });
  });
  const listening = await listen(server);
  /** `url` is the base URL for a client. */
  return { ...listening, url: `http://127.0.0.1:${listening.port}/v1`, faults };
}

function refuseKey({ headers }: IncomingMessage, apiKey: string): Refusal | undefined {
  if (headers.authorization === `Bearer ${apiKey}`) return undefined;
  return refusal(401, 'invalid_api_key', null, 'Incorrect API key provided.');
}

function readCall({ method, url, headers }: IncomingMessage, body: Buffer): Promise<ImageRequest | Refusal> {
  const call = `${method} ${url}`;
  if (call === 'POST /v1/images/generations') return Promise.resolve(readGeneration(body));
  if (call === 'POST /v1/images/edits') return readEdit(body, headers);
  return Promise.resolve(refusal(404, null, null, `Invalid URL (${call})`));
}

function withoutBytes(asked: ImageRequest | Refusal): Record<string, unknown> {
  if ('error' in asked || !asked.image) return { ...asked };
  const { bytes, ...size } = asked.image;
  return { ...asked, image: { ...size, bytes: bytes.length } };
}

function sendRefusal(response: ServerResponse, { status, error }: Refusal, headers: Record<string, string> = {}): void {
  sendJson(response, status, { error }, { 'x-request-id': 'req_sandbox', ...headers });
}

function sendFault(response: ServerResponse, fault: Exclude<OpenAiFault, { kind: 'broken_image' }>): void {
  if (fault.kind === 'moderation') {
    const message = 'Your request was rejected by the safety system. safety_violations=[violence].';
    sendRefusal(response, refusal(400, 'moderation_blocked', null, message));
  } else if (fault.kind === 'rate_limit') {
    const limited = refusal(429, 'rate_limit_exceeded', null, 'Rate limit reached.');
    sendRefusal(response, limited, { 'retry-after': String(fault.retryAfterSeconds) });
  } else if (fault.kind === 'error') {
    const { status, code = null, message = 'A planned fault.' } = fault;
    sendRefusal(response, refusal(status, code, null, message));
  }
}
