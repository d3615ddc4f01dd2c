import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { createFaults } from '../faults.js';
import { fromJson, listen, readBody, sendJson } from '../http.js';
import type { WireLog } from '../wire-log.js';

/** Models that are still served: dall-e-2, dall-e-3 and gpt-image-1 ended in 2026. */
export const servedModels: readonly string[] = ['gpt-image-2', 'gpt-image-2.5-sunburst', 'gpt-image-2.5-flare'];

interface GenerationRequest {
  model: string;
  prompt: string;
  width: number;
  height: number;
}

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
  /** Draws a PNG. */
  draw: (image: GenerationRequest) => Uint8Array | Promise<Uint8Array>;
  wireLog?: WireLog;
}

/** A stand-in for OpenAI's image API on the loopback address. */
export async function startOpenAi({ apiKey, draw, wireLog }: OpenAiSandboxOptions) {
  const faults = createFaults<GenerationRequest, OpenAiFault>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = fromJson((await readBody(request)).toString());
    const asked = refuseCall(request, apiKey) ?? readRequest(body);
    const fault = 'error' in asked ? undefined : faults.take(asked);
    const operation = `${request.method} ${request.url}`;
    const status = 'error' in asked ? asked.status : (fault?.kind ?? 200);
    wireLog?.record({ service: 'openai', direction: 'in', operation, status, detail: asked });
    if ('error' in asked) return sendRefusal(response, asked);
    if (fault && fault.kind !== 'broken_image') return sendFault(response, fault);
    const png = await draw(asked);
    const image = Buffer.from(fault ? png.subarray(0, png.length / 2) : png);
    sendJson(response, 200, { created: 1, data: [{ b64_json: image.toString('base64') }], output_format: 'png' });
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

/** An error as OpenAI answers it: `{"error": {…}}`. */
interface Refusal {
  status: number;
  error: { message: string; type: string; param: string | null; code: string | null };
}

function refusal(status: number, code: string | null, param: string | null, message: string): Refusal {
  return { status, error: { message, type: 'invalid_request_error', param, code } };
}

function refuseCall({ headers, method, url }: IncomingMessage, apiKey: string): Refusal | undefined {
  if (headers.authorization !== `Bearer ${apiKey}`) {
    return refusal(401, 'invalid_api_key', null, 'Incorrect API key provided.');
  }
  const isServed = method === 'POST' && url === '/v1/images/generations';
  return isServed ? undefined : refusal(404, null, null, `Invalid URL (${method} ${url})`);
}

/** Sides that 16 divides, no slimmer than 1:3, no larger than 3840 by 2160. */
function isSize(size: string): boolean {
  const [short = 0, long = 0] = sidesOf(size).sort((one, other) => one - other);
  return short > 0 && short % 16 === 0 && long % 16 === 0 && long <= 3 * short && long <= 3840 && short <= 2160;
}

const sidesOf = (size: string): number[] => size.split('x').map(Number);

/** https://platform.openai.com/docs/api-reference/images/create */
const bodySchema = z.strictObject({
  prompt: z.string().min(1).max(32_000),
  model: z.string(),
  n: z.literal(1),
  size: z.string().refine(isSize),
  output_format: z.literal('png'),
});

function readRequest(body: unknown): GenerationRequest | Refusal {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const isUnknown = issue?.code === 'unrecognized_keys';
    const name = (isUnknown ? issue.keys[0] : issue?.path.join('.')) ?? '';
    const what = isUnknown ? 'Unknown parameter' : 'Invalid value';
    return refusal(400, isUnknown ? 'unknown_parameter' : 'invalid_value', name, `${what}: '${name}'.`);
  }
  const { model, prompt, size } = parsed.data;
  if (!servedModels.includes(model)) {
    return refusal(
      404,
      'model_not_found',
      null,
      `The model '${model}' does not exist or you do not have access to it.`,
    );
  }
  const [width = 0, height = 0] = sidesOf(size);
  return { model, prompt, width, height };
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
