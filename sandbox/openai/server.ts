import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createFaults, type Faults } from '../faults.js';
import { type Listening, listen, readBody, sendJson } from '../http.js';
import { fromJson } from '../json.js';
import type { WireLog } from '../wire-log.js';
import { type GenerationRequest, type Refusal, readGenerationRequest } from './generation-request.js';

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

/** What is served, as the wire log tells it. */
const operationNames = ['POST /v1/images/generations'] as const;

export interface OpenAiSandboxOptions {
  /** The one key that is let in. */
  apiKey: string;
  /** Draws a PNG of this size; `number` counts the images of one call from 1. */
  draw: (image: {
    model: string;
    prompt: string;
    width: number;
    height: number;
    number: number;
  }) => Uint8Array | Promise<Uint8Array>;
  wireLog?: WireLog;
  /** Any free port unless told. */
  port?: number;
}

export interface OpenAiSandbox extends Listening {
  /** The base URL for a client: `http://127.0.0.1:…/v1`. */
  url: string;
  faults: Faults<GenerationRequest, OpenAiFault>;
}

/** A stand-in for OpenAI's image API on the loopback address. */
export async function startOpenAi(options: OpenAiSandboxOptions): Promise<OpenAiSandbox> {
  const faults = createFaults<GenerationRequest, OpenAiFault>();
  const server = createServer((request, response) => {
    answer(request, response, options, faults).catch((error: unknown) => {
      sendError(response, refusal(500, 'server_error', error instanceof Error ? error.message : 'unknown'));
    });
  });
  const listening = await listen(server, options.port);
  return { ...listening, url: `http://127.0.0.1:${listening.port}/v1`, faults };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: OpenAiSandboxOptions,
  faults: Faults<GenerationRequest, OpenAiFault>,
): Promise<void> {
  const body = await readBody(request);
  const outcome = checkDoor(request, options.apiKey) ?? readGenerationRequest(fromJson(body.toString()));
  const fault = 'error' in outcome ? undefined : faults.take(outcome);
  options.wireLog?.record({
    service: 'openai',
    direction: 'in',
    operation: `${request.method} ${request.url}`,
    status: 'error' in outcome ? outcome.status : (fault?.kind ?? 200),
    detail: outcome,
  });
  if ('error' in outcome) sendError(response, outcome);
  else if (fault && fault.kind !== 'broken_image') sendFault(response, fault);
  else await sendImages(response, outcome, options, fault !== undefined);
}

function checkDoor(request: IncomingMessage, apiKey: string): Refusal | undefined {
  const authorization = request.headers.authorization;
  if (!authorization) return refusal(401, 'invalid_request_error', "You didn't provide an API key.");
  if (authorization !== `Bearer ${apiKey}`) {
    return refusal(401, 'invalid_request_error', 'Incorrect API key provided.', 'invalid_api_key');
  }
  const operation = `${request.method} ${request.url}`;
  if (!operationNames.some((name) => name === operation)) {
    return refusal(404, 'invalid_request_error', `Invalid URL (${operation})`);
  }
  if (!request.headers['content-type']?.startsWith('application/json')) {
    return refusal(400, 'invalid_request_error', 'The body must be application/json.');
  }
  return undefined;
}

const refusal = (status: number, type: string, message: string, code: string | null = null): Refusal => ({
  status,
  error: { message, type, param: null, code },
});

function sendError(response: ServerResponse, { status, error }: Refusal, headers: Record<string, string> = {}): void {
  sendJson(response, status, { error }, { 'x-request-id': 'req_sandbox', ...headers });
}

function sendFault(response: ServerResponse, fault: Exclude<OpenAiFault, { kind: 'broken_image' }>): void {
  if (fault.kind === 'moderation') {
    const message = 'Your request was rejected by the safety system. safety_violations=[violence].';
    sendError(response, refusal(400, 'image_generation_user_error', message, 'moderation_blocked'));
  } else if (fault.kind === 'rate_limit') {
    const headers = { 'retry-after': String(fault.retryAfterSeconds) };
    sendError(response, refusal(429, 'requests', 'Rate limit reached.', 'rate_limit_exceeded'), headers);
  } else if (fault.kind === 'error') {
    sendError(response, refusal(fault.status, 'server_error', fault.message ?? 'A planned fault.', fault.code ?? null));
  }
}

async function sendImages(
  response: ServerResponse,
  { model, prompt, width, height, count }: GenerationRequest,
  { draw }: OpenAiSandboxOptions,
  broken: boolean,
): Promise<void> {
  const data: { b64_json: string }[] = [];
  for (let number = 1; number <= count; number += 1) {
    const png = await draw({ model, prompt, width, height, number });
    const sent = broken ? png.subarray(0, png.length / 2) : png;
    data.push({ b64_json: Buffer.from(sent).toString('base64') });
  }
  const created = Math.floor(Date.now() / 1000);
  const size = `${width}x${height}`;
  const usage = { input_tokens: 10, output_tokens: 1000 * count, total_tokens: 10 + 1000 * count };
  sendJson(response, 200, { created, data, size, output_format: 'png', quality: 'auto', background: 'opaque', usage });
}
