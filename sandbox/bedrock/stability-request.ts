import sharp from 'sharp';
import { z } from 'zod';
import type { GivenImage } from '../images/image-services.js';
import { AwsError } from '../json-service.js';
import type { Refusal } from './model-family.js';

/** What all of Stability's models and image services have in common. */

/** The nine aspect ratios, about one megapixel each. */
const sizes = new Map<string, readonly [width: number, height: number]>([
  ['16:9', [1344, 768]],
  ['1:1', [1024, 1024]],
  ['21:9', [1536, 640]],
  ['2:3', [832, 1216]],
  ['3:2', [1216, 832]],
  ['4:5', [896, 1120]],
  ['5:4', [1120, 896]],
  ['9:16', [768, 1344]],
  ['9:21', [640, 1536]],
]);

export const fields = {
  prompt: z.string().min(1).max(10_000),
  negativePrompt: z.string().max(10_000).optional(),
  aspectRatio: z.enum([...sizes.keys()]).optional(),
  image: z.string(),
  outputFormat: z.enum(['png', 'jpeg', 'webp']).optional(),
  seed: z.int().min(0).max(4_294_967_294).optional(),
  /** A share, as creativity, strength and fidelity are. */
  share: (min: number, max: number) => z.number().min(min).max(max).optional(),
};

export function sizeOfRatio(aspectRatio = '1:1'): { width: number; height: number } {
  const [width, height] = sizes.get(aspectRatio) ?? [1024, 1024];
  return { width, height };
}

const finishReasons: Record<Refusal, string> = {
  prompt: 'Filter reason: prompt',
  'input image': 'Filter reason: input image',
  'output image': 'Filter reason: output image',
  'inference error': 'Inference error',
};

/** How all of them answer. */
export const answers = {
  drawn: (seed: number, image: string) => ({ seeds: [seed], finish_reasons: [null], images: [image] }),
  refused: (_seed: number, why: Refusal) => ({ finish_reasons: [finishReasons[why]] }),
};

/** https://github.com/aws-samples/amazon-bedrock-client-for-mac/issues/121 shows the sentence for an unknown field. */
export function parseFields<Shape extends z.ZodRawShape>(name: string, shape: Shape, body: unknown) {
  const parsed = z.strictObject(shape).safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code !== 'unrecognized_keys') throw invalidField(issue?.path.join('.') ?? '', issue?.message ?? '');
  const known = Object.keys(shape).join(', ');
  throw refused(`Invalid field '${issue.keys[0]}' in request. Available fields for ${name} are: ${known}`);
}

/** AWS publishes no sentence for wrong values: this one is the sandbox's. */
export function invalidField(field: string, message: string): AwsError {
  return refused(`Invalid value for field '${field}': ${message}`);
}

function refused(detail: string): AwsError {
  return new AwsError('ValidationException', JSON.stringify({ detail }));
}

/** What an image that is sent may be. */
export interface ImageLimits {
  side: readonly [min: number, max: number];
  pixels: readonly [min: number, max: number];
  /** Of the longer side to the shorter. */
  maxRatio: number;
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/stable-image-services.html */
export const usualLimits: ImageLimits = {
  side: [64, Number.POSITIVE_INFINITY],
  pixels: [4096, 9_437_184],
  maxRatio: 2.5,
};

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Throws for anything but a whole PNG, JPEG or WebP in base64, within these limits. */
export async function readImage(text: string, limits: ImageLimits): Promise<GivenImage> {
  const refuse = (message: string) => invalidField('image', message);
  if (!base64.test(text) || text.length % 4 !== 0) throw refuse('not base64');
  const bytes = Buffer.from(text, 'base64');
  const unreadable = refuse('not a PNG, JPEG or WebP image');
  const found = await unlessBroken(sharp(bytes).metadata());
  if (!found || !['png', 'jpeg', 'webp'].includes(found.format)) throw unreadable;
  const { width, height } = found;
  const [minSide, maxSide] = limits.side;
  const [minPixels, maxPixels] = limits.pixels;
  if (Math.min(width, height) < minSide || Math.max(width, height) > maxSide) {
    throw refuse(`sides must be ${minSide} to ${maxSide} pixels`);
  }
  if (width * height < minPixels || width * height > maxPixels) {
    throw refuse(`must have ${minPixels} to ${maxPixels} pixels`);
  }
  if (Math.max(width / height, height / width) > limits.maxRatio) {
    throw refuse(`aspect ratio must be between 1:${limits.maxRatio} and ${limits.maxRatio}:1`);
  }
  if (!(await unlessBroken(sharp(bytes).raw().toBuffer()))) throw unreadable;
  return { bytes, width, height };
}

function unlessBroken<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  return reading.catch(() => undefined);
}
