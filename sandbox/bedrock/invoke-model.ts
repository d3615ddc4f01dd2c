import { drawImage } from '../images/draw-image.js';
import { padPng } from '../images/pad-png.js';
import { AwsError } from '../json-service.js';
import type { ReceivedRequest } from '../signature/received-request.js';
import type { BedrockFault, BedrockRequest } from './bedrock-fault.js';
import { findGuardrail, matches, type SandboxGuardrail } from './guardrails.js';
import type { ImageOrder, Refusal } from './model-family.js';
import { type BedrockModel, models } from './models.js';

export interface InvokeOptions {
  /** Sides of the images as a share of what was asked for: 0.25 draws sixteen times as fast as 1, the default. */
  imageScale?: number;
  /** PNGs are padded to this many bytes with noise; they stay valid. */
  imageBytes?: number;
  /** One image for each size, whatever the prompt and the seed: for measuring without the time of drawing. */
  sameImage?: boolean;
  /** The account still has the models whose end of life has passed. */
  keepRetired?: boolean;
  guardrails?: readonly SandboxGuardrail[];
}

type Draw = (order: ImageOrder, model: string, format?: 'png' | 'jpeg') => Promise<Buffer>;

/** The content filter of every model refuses a prompt with this word. */
const filteredWord = /\bforbidden\b/i;
/** So large that the whole answer stays just under 25,000,000 bytes. */
const hugeImageBytes = 18_740_000;

export function createInvokeModel({ keepRetired = false, guardrails = [], ...imageOptions }: InvokeOptions) {
  const draw = createDraw(imageOptions);
  /** The response body of InvokeModel. */
  return async (
    { modelId, region, body }: BedrockRequest,
    headers: ReceivedRequest['headers'],
    fault: BedrockFault | undefined,
  ): Promise<Record<string, unknown>> => {
    const { family } = findModel(modelId, region, keepRetired);
    const order = family.read(body);
    const action = guard(order, headers, guardrails);
    if (action === 'INTERVENED') return { 'amazon-bedrock-guardrailAction': action };
    const refusal = refusalOf(order, fault);
    if (refusal) return family.refused(order.seed, refusal);
    const image = await drawWithFault((format) => draw(order, modelId.replace(/^.*[/.]/, ''), format), fault);
    const answer = family.drawn(fault?.kind === 'other seed' ? fault.seed : order.seed, image);
    const { images, artifacts, ...rest } = answer;
    const drawn = fault?.kind === 'missing images' ? rest : answer;
    return action ? { ...drawn, 'amazon-bedrock-guardrailAction': action } : drawn;
  };
}

function findModel(modelId: string, region: string, keepRetired: boolean): BedrockModel {
  const model = models[modelId];
  if (!model?.regions.includes(region)) {
    throw new AwsError('ValidationException', 'The provided model identifier is invalid.');
  }
  if (model.end && !keepRetired) throw new AwsError('ResourceNotFoundException');
  return model;
}

function guard(
  { prompt }: ImageOrder,
  headers: ReceivedRequest['headers'],
  guardrails: readonly SandboxGuardrail[],
): 'INTERVENED' | 'NONE' | undefined {
  const identifier = headers['x-amzn-bedrock-guardrailidentifier'];
  const version = headers['x-amzn-bedrock-guardrailversion'];
  if (identifier === undefined && version === undefined) return undefined;
  if (identifier === undefined || version === undefined) {
    throw new AwsError('ValidationException', 'A guardrail needs both an identifier and a version.');
  }
  return matches(findGuardrail(guardrails, identifier, version), prompt).length > 0 ? 'INTERVENED' : 'NONE';
}

function refusalOf({ prompt }: ImageOrder, fault: BedrockFault | undefined): Refusal | undefined {
  if (fault?.kind === 'filtered prompt' || filteredWord.test(prompt)) return 'prompt';
  if (fault?.kind === 'filtered image') return 'output image';
  return fault?.kind === 'inference error' ? 'inference error' : undefined;
}

async function drawWithFault(
  draw: (format?: 'jpeg') => Promise<Buffer>,
  fault: BedrockFault | undefined,
): Promise<string> {
  switch (fault?.kind) {
    case 'empty image':
      return '';
    case 'not base64':
      return '%%% this is not base64 %%%';
    case 'not an image':
      return Buffer.from('This is not an image.').toString('base64');
    case 'other format':
      return (await draw('jpeg')).toString('base64');
    case 'huge':
      return padPng(await draw(), hugeImageBytes).toString('base64');
    default:
      return (await draw()).toString('base64');
  }
}

/** Images that were drawn before, by everything that they depend on. */
const kept = new Map<string, Promise<Buffer>>();
const maxKept = 64;

function createDraw({ imageScale = 1, imageBytes = 0, sameImage = false }: InvokeOptions): Draw {
  return (order, model, format = 'png') => {
    const width = Math.round(order.width * imageScale);
    const height = Math.round(order.height * imageScale);
    const key = JSON.stringify([width, height, format, imageBytes, ...(sameImage ? [] : [order, model])]);
    const drawing = { ...order, model, width, height, format };
    const image =
      kept.get(key) ?? drawImage(drawing).then((bytes) => (format === 'png' ? padPng(bytes, imageBytes) : bytes));
    kept.delete(key);
    kept.set(key, image);
    for (const oldest of [...kept.keys()].slice(0, -maxKept)) kept.delete(oldest);
    return image;
  };
}
