import { padPng } from '../images/pad-png.js';
import type { ReceivedRequest } from '../signature/received-request.js';
import { BedrockError } from './bedrock-error.js';
import type { BedrockFault, BedrockRequest } from './bedrock-fault.js';
import { findGuardrail, matches, type SandboxGuardrail } from './guardrails.js';
import type { ImageSource } from './image-source.js';
import type { ImageOrder, ModelFamily, Refusal } from './model-family.js';
import { type BedrockModel, models } from './models.js';

export interface InvokeContext {
  draw: ImageSource;
  random: () => number;
  keepRetired: boolean;
  /** Words that the content filter of every model refuses. */
  filteredWords: readonly string[];
  guardrails: readonly SandboxGuardrail[];
  /** Throws ThrottlingException. */
  countRequest: (modelId: string, model: BedrockModel) => void;
}

/** The response body of InvokeModel, as JSON. Throws `BedrockError`. */
export async function invokeModel(
  asked: BedrockRequest,
  headers: ReceivedRequest['headers'],
  fault: BedrockFault | undefined,
  context: InvokeContext,
): Promise<Record<string, unknown>> {
  const model = findModel(asked, context.keepRetired);
  context.countRequest(asked.modelId, model);
  const { family } = model;
  const order = {
    ...family.read(asked.body, (limit) => 1 + Math.floor(context.random() * limit)),
    model: asked.modelId.replace(/^.*[/.]/, ''),
  };
  const guarded = guard(order, headers, context.guardrails);
  if (guarded === 'INTERVENED') return { 'amazon-bedrock-guardrailAction': guarded };
  const refusal = refusalOf(order, fault, context.filteredWords);
  const body = refusal ? family.refused(order, refusal) : await drawAll(order, family, fault, context.draw);
  return guarded ? { ...body, 'amazon-bedrock-guardrailAction': guarded } : body;
}

function findModel({ modelId, region }: BedrockRequest, keepRetired: boolean): BedrockModel {
  const model = models[modelId.replace(/^arn:aws:bedrock:[a-z0-9-]+::foundation-model\//, '')];
  if (!model?.regions.includes(region)) {
    throw new BedrockError('ValidationException', 'The provided model identifier is invalid.');
  }
  if (model.retired && !keepRetired) throw new BedrockError('ResourceNotFoundException');
  return model;
}

function guard(
  order: ImageOrder,
  headers: ReceivedRequest['headers'],
  guardrails: readonly SandboxGuardrail[],
): 'INTERVENED' | 'NONE' | undefined {
  const identifier = headers['x-amzn-bedrock-guardrailidentifier'];
  const version = headers['x-amzn-bedrock-guardrailversion'];
  if (identifier === undefined && version === undefined) return undefined;
  if (identifier === undefined || version === undefined) {
    throw new BedrockError('ValidationException', 'A guardrail needs both an identifier and a version.');
  }
  return matches(findGuardrail(guardrails, identifier, version), order.prompt).length > 0 ? 'INTERVENED' : 'NONE';
}

function refusalOf(
  { prompt }: ImageOrder,
  fault: BedrockFault | undefined,
  filteredWords: readonly string[],
): Refusal | undefined {
  const words = new Set(prompt.toLowerCase().match(/\p{L}+/gu) ?? []);
  if (fault?.kind === 'filtered prompt' || filteredWords.some((word) => words.has(word.toLowerCase()))) return 'prompt';
  if (fault?.kind === 'filtered image') return 'output image';
  return fault?.kind === 'inference error' ? 'inference error' : undefined;
}

async function drawAll(
  order: ImageOrder,
  family: ModelFamily,
  fault: BedrockFault | undefined,
  draw: ImageSource,
): Promise<Record<string, unknown>> {
  const images: string[] = [];
  for (const seed of order.seeds) images.push(await drawOne(order, seed, fault, draw));
  const seeds = fault?.kind === 'other seed' ? images.map(() => fault.seed) : order.seeds;
  const body = family.drawn({ ...order, seeds }, images);
  if (fault?.kind !== 'missing images') return body;
  const { images: _images, artifacts: _artifacts, ...rest } = body;
  return rest;
}

/** So large that the whole answer stays just under 25,000,000 bytes. */
const hugeImage = 18_740_000;

async function drawOne(
  order: ImageOrder,
  seed: number,
  fault: BedrockFault | undefined,
  draw: ImageSource,
): Promise<string> {
  switch (fault?.kind) {
    case 'empty image':
      return '';
    case 'not base64':
      return '%%% this is not base64 %%%';
    case 'not an image':
      return Buffer.from('This is not an image.').toString('base64');
    case 'other format':
      return draw({ ...order, format: order.format === 'png' ? 'jpeg' : 'png' }, seed);
    case 'huge':
      return padPng(Buffer.from(await draw({ ...order, format: 'png' }, seed), 'base64'), hugeImage).toString('base64');
    default:
      return draw(order, seed);
  }
}
