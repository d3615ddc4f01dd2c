import { z } from 'zod';

/** Models that are still served, and their snapshots: dall-e-2, dall-e-3 and gpt-image-1 ended in 2026. */
export const servedModels: readonly string[] = [
  'gpt-image-2',
  'gpt-image-2-2026-04-21',
  'gpt-image-2.5-sunburst',
  'gpt-image-2.5-sunburst-2026-09-08',
  'gpt-image-2.5-flare',
  'gpt-image-2.5-flare-2026-09-08',
];

const side = (text: string | undefined) => Number(text);

/** `auto`, or sides that 16 divides, no slimmer than 1:3, no larger than 3840 by 2160. */
function isSize(size: string): boolean {
  if (size === 'auto') return true;
  const match = /^(\d+)x(\d+)$/.exec(size);
  if (!match) return false;
  const [short, long] = [side(match[1]), side(match[2])].sort((one, other) => one - other);
  if (short === undefined || long === undefined || short === 0) return false;
  return short % 16 === 0 && long % 16 === 0 && long <= 3 * short && long <= 3840 && short <= 2160;
}

/** The body of POST /v1/images/generations: https://platform.openai.com/docs/api-reference/images/create */
const bodySchema = z.strictObject({
  prompt: z.string().min(1).max(32_000),
  model: z.string(),
  n: z.int().min(1).max(10).nullish(),
  size: z.string().refine(isSize).nullish(),
  quality: z.enum(['low', 'medium', 'high', 'xhigh', 'max', 'auto']).nullish(),
  output_format: z.enum(['png', 'jpeg', 'webp']).nullish(),
  output_compression: z.int().min(0).max(100).nullish(),
  background: z.enum(['transparent', 'opaque', 'auto']).nullish(),
  moderation: z.enum(['low', 'auto']).nullish(),
  safety_identifier: z.string().optional(),
  user: z.string().optional(),
});

export interface GenerationRequest {
  model: string;
  prompt: string;
  count: number;
  width: number;
  height: number;
}

/** An answer of OpenAI's that is an error: `{"error": {…}}`. */
export interface Refusal {
  status: number;
  error: { message: string; type: string; param: string | null; code: string | null };
}

const refuse = (status: number, code: string, param: string | null, message: string): Refusal => ({
  status,
  error: { message, type: 'invalid_request_error', param, code },
});

/** What the body asks for, or how OpenAI refuses it. */
export function readGenerationRequest(body: unknown): GenerationRequest | Refusal {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return refuseIssue(parsed.error.issues[0]);
  const { model, prompt, n, size, output_format } = parsed.data;
  if (!servedModels.includes(model)) {
    const message = `The model '${model}' does not exist or you do not have access to it.`;
    return refuse(404, 'model_not_found', null, message);
  }
  if (output_format != null && output_format !== 'png') {
    return refuse(400, 'invalid_value', 'output_format', 'This stand-in draws PNG only.');
  }
  const [width, height] = !size || size === 'auto' ? [1024, 1024] : size.split('x').map(Number);
  return { model, prompt, count: n ?? 1, width: width ?? 1024, height: height ?? 1024 };
}

function refuseIssue(issue: z.core.$ZodIssue | undefined): Refusal {
  if (issue?.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? '';
    return refuse(400, 'unknown_parameter', name, `Unknown parameter: '${name}'.`);
  }
  const name = issue?.path.join('.') ?? '';
  return refuse(400, 'invalid_value', name || null, `Invalid value for '${name}': ${issue?.message ?? 'no body'}`);
}
