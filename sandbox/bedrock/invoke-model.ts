import { drawImage } from '../images/draw-image.js';
import { encodeResult, type OutputFormat } from '../images/image-services.js';
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

type Draw = (order: ImageOrder, model: string, format: OutputFormat) => Promise<Buffer>;

/** The content filter of every model refuses a prompt with this word. */
const filteredWord = /\bforbidden\b/i;
/** So large that the whole answer stays just under 25,000,000 bytes. */
const hugeImageBytes = 18_740_000;
/** Where answers of the image services end. Text models answer up to 25,000,000 bytes. */
const maxServiceAnswer = 16_777_216;
/** Bytes of an answer around its image. */
const answerOverhead = 64;

export function createInvokeModel({ keepRetired = false, guardrails = [], ...imageOptions }: InvokeOptions) {
  const draw = createDraw(imageOptions);
  /** The response body of InvokeModel. */
  return async (
    { modelId, region, body }: BedrockRequest,
    headers: ReceivedRequest['headers'],
    fault: BedrockFault | undefined,
  ): Promise<Record<string, unknown>> => {
    const { family, profile } = findModel(modelId, region, keepRetired);
    const order = await family.read(body);
    const action = guard(order, headers, guardrails);
    if (action === 'INTERVENED') return { 'amazon-bedrock-guardrailAction': action };
    const refusal = refusalOf(order, fault);
    if (refusal) return family.refused(order.seed, refusal);
    const model = modelId.replace(/^.*[/.]/, '');
    const image = await drawWithin(profile ? maxServiceAnswer : Number.POSITIVE_INFINITY, order, fault, (format) =>
      draw(order, model, format),
    );
    const answer = family.drawn(fault?.kind === 'other seed' ? fault.seed : order.seed, image);
    const { images, artifacts, ...rest } = answer;
    const drawn = fault?.kind === 'missing images' ? rest : answer;
    return action ? { ...drawn, 'amazon-bedrock-guardrailAction': action } : drawn;
  };
}

/** The image in base64, unless the answer would be longer than this. */
async function drawWithin(
  maxAnswer: number,
  { from }: ImageOrder,
  fault: BedrockFault | undefined,
  draw: (format: OutputFormat) => Promise<Buffer>,
): Promise<string> {
  const { format = 'png', pngBytes = 0 } = from ?? {};
  // known before it is drawn, which takes seconds for what is then thrown away
  const isForeseen = format === 'png' && (pngBytes / 3) * 4 > maxAnswer;
  if (isForeseen || fault?.kind === 'oversized answer') throw oversized();
  const image = await drawWithFault(draw, format, fault);
  if (image.length + answerOverhead > maxAnswer) throw oversized();
  return image;
}

/** How Bedrock words it is published nowhere. */
function oversized(): AwsError {
  return new AwsError('ModelErrorException');
}

function findModel(asked: string, region: string, keepRetired: boolean): BedrockModel {
  const bare = asked.replace(/^us\./, '');
  const model = models[bare];
  const isCalledByProfile = bare !== asked;
  if (!model?.regions.includes(region) || (isCalledByProfile && !model.profile)) {
    throw new AwsError('ValidationException', 'The provided model identifier is invalid.');
  }
  if (model.profile && !isCalledByProfile) {
    const message = `Invocation of model ID ${asked} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`;
    throw new AwsError('ValidationException', message);
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
  if (fault?.kind === 'filtered input image') return 'input image';
  if (fault?.kind === 'filtered image') return 'output image';
  return fault?.kind === 'inference error' ? 'inference error' : undefined;
}

async function drawWithFault(
  draw: (format: OutputFormat) => Promise<Buffer>,
  format: OutputFormat,
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
      return (await draw(format === 'jpeg' ? 'png' : 'jpeg')).toString('base64');
    case 'huge':
      return padPng(await draw('png'), hugeImageBytes).toString('base64');
    default:
      return (await draw(format)).toString('base64');
  }
}

/** Images that were drawn before, by everything that they depend on. */
const kept = new Map<string, Promise<Buffer>>();
const maxKept = 64;

function createDraw({ imageScale = 1, imageBytes = 0, sameImage = false }: InvokeOptions): Draw {
  return (order, model, format) => {
    const { from, prompt, negativePrompt, seed } = order;
    const size = { width: Math.round(order.width * imageScale), height: Math.round(order.height * imageScale) };
    const words = { prompt, negativePrompt, seed };
    const draw = async () => {
      const image = from
        ? await encodeResult(await from.make({ size }), format)
        : await drawImage({ ...words, model, ...size, format: format === 'jpeg' ? format : 'png' });
      return format === 'png' ? padPng(image, Math.max(imageBytes, from?.pngBytes ?? 0)) : image;
    };
    if (from && !sameImage) return draw();
    const key = JSON.stringify([size, format, imageBytes, from && model, sameImage || { words, model }]);
    const image = kept.get(key) ?? draw();
    kept.delete(key);
    kept.set(key, image);
    for (const oldest of [...kept.keys()].slice(0, -maxKept)) kept.delete(oldest);
    return image;
  };
}
