import { z } from 'zod';
import { imageSize } from '../../images/image-size.js';
import { BedrockError } from '../bedrock-error.js';
import { decodeBase64, type ImageOrder, type ModelFamily, type Refusal } from '../model-family.js';

// Stable Image Core and Ultra, Stable Diffusion 3.5 Large:
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-stability-diffusion.html

/** The nine shapes, about one megapixel each, sides of 640 to 1536 pixels. */
const sizes: Record<string, readonly [width: number, height: number]> = {
  '16:9': [1344, 768],
  '1:1': [1024, 1024],
  '21:9': [1536, 640],
  '2:3': [832, 1216],
  '3:2': [1216, 832],
  '4:5': [896, 1120],
  '5:4': [1120, 896],
  '9:16': [768, 1344],
  '9:21': [640, 1536],
};

const promptLimit = 10_000;
const smallestSide = 64;
const defaultStrength = 0.35;

export interface StabilityModel {
  /** As the model calls itself in its messages. */
  name: string;
  modes: readonly [string, ...string[]];
  /** Core's page prints them in upper case, and it is also called in lower. */
  formats: readonly [string, ...string[]];
  largestSeed: number;
  /** How the model takes an image to begin from; `undefined`: not at all. `by mode` asks for `mode: "image-to-image"`. */
  imageToImage: 'by mode' | 'by image' | undefined;
}

export function createStabilityFamily(model: StabilityModel): ModelFamily {
  const shape = requestShape(model);
  const request = z.strictObject(shape);
  return {
    read(body, seedByChance) {
      const parsed = request.safeParse(body);
      if (!parsed.success) throw invalid(problem(parsed.error.issues[0], model, Object.keys(shape)));
      return orderOf(parsed.data, model, seedByChance);
    },
    drawn: (order, images) => ({ seeds: order.seeds, finish_reasons: images.map(() => null), images }),
    refused: (_order, why) => ({ finish_reasons: [finishReasons[why]] }),
  };
}

const finishReasons: Record<Refusal, string> = {
  prompt: 'Filter reason: prompt',
  'output image': 'Filter reason: output image',
  'inference error': 'Inference error',
};

function requestShape({ modes, formats, largestSeed, imageToImage }: StabilityModel) {
  const shape = {
    prompt: z.string().min(1).max(promptLimit),
    negative_prompt: z.string().max(promptLimit).optional(),
    mode: z.enum(modes).optional(),
    aspect_ratio: z.string().optional(),
    seed: z.int().min(0).max(largestSeed).optional(),
    output_format: z.enum(formats).optional(),
  };
  const begin = { image: z.string().optional(), strength: z.number().min(0).max(1).optional() };
  return imageToImage ? { ...shape, ...begin } : { ...shape, ...{} };
}

interface StabilityBody {
  prompt: string;
  negative_prompt?: string | undefined;
  mode?: string | undefined;
  aspect_ratio?: string | undefined;
  seed?: number | undefined;
  output_format?: string | undefined;
  image?: string | undefined;
  strength?: number | undefined;
}

function orderOf(body: StabilityBody, model: StabilityModel, seedByChance: (limit: number) => number): ImageOrder {
  const format = body.output_format?.toLowerCase() ?? 'png';
  if (format !== 'png' && format !== 'jpeg') throw invalid(`The sandbox draws no ${format}.`);
  const shape = sizes[body.aspect_ratio ?? '1:1'];
  if (!shape) {
    throw invalid(
      `Invalid aspect_ratio '${body.aspect_ratio}'. Available values are: ${Object.keys(sizes).join(', ')}`,
    );
  }
  const begun = beginning(body, model);
  const [width, height] = shape;
  const seeds = [body.seed || seedByChance(model.largestSeed)];
  return { prompt: body.prompt, negativePrompt: body.negative_prompt, seeds, format, width, height, ...begun };
}

function beginning(body: StabilityBody, model: StabilityModel): Pick<ImageOrder, 'from'> & Partial<ImageOrder> {
  const asked = model.imageToImage === 'by mode' ? body.mode === 'image-to-image' : body.image !== undefined;
  if (!asked) {
    if (body.image !== undefined) throw invalid("Field 'image' needs mode 'image-to-image'");
    return {};
  }
  if (body.aspect_ratio !== undefined) throw invalid("Field 'aspect_ratio' is only valid for text-to-image requests");
  const strength = body.strength ?? (model.imageToImage === 'by image' ? defaultStrength : undefined);
  if (body.image === undefined || strength === undefined) {
    throw invalid("Fields 'image' and 'strength' are required for image-to-image requests");
  }
  const bytes = decodeBase64(body.image);
  const size = bytes && imageSize(bytes);
  if (!bytes || !size) throw invalid("Field 'image' is not an image that the sandbox can read");
  if (Math.min(size.width, size.height) < smallestSide)
    throw invalid(`Each side of 'image' must be at least 64 pixels`);
  return { ...size, from: { bytes, kept: 1 - strength } };
}

/** https://github.com/aws-samples/amazon-bedrock-client-for-mac/issues/121 shows the sentence for an unknown field; the others are the sandbox's. */
function problem(issue: z.core.$ZodIssue | undefined, { name }: StabilityModel, fields: string[]): string {
  if (issue?.code === 'unrecognized_keys') {
    return `Invalid field '${issue.keys[0]}' in request. Available fields for ${name} are: ${fields.join(', ')}`;
  }
  return issue?.path.length
    ? `Invalid value for field '${issue.path.join('.')}': ${issue.message}`
    : 'Invalid request body';
}

function invalid(detail: string): BedrockError {
  return new BedrockError('ValidationException', JSON.stringify({ detail }));
}
