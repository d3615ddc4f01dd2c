import { z } from 'zod';
import { AwsError } from '../../json-service.js';
import { type ModelFamily, parseStrictly } from '../model-family.js';

// Titan Image Generator G1: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-image.html
// Nova Canvas: https://docs.aws.amazon.com/nova/latest/userguide/image-gen-req-resp-structure.html

interface AmazonModel {
  maxTextLength: number;
  /** The seed of every request that names none: the same image again and again. */
  defaultSeed: number;
  isSize: (width: number, height: number) => boolean;
  /** Nova's styles. Titan has none. */
  styles?: readonly string[];
}

function createAmazonFamily({ maxTextLength, defaultSeed, isSize, styles }: AmazonModel): ModelFamily {
  const text = z.string().min(1).max(maxTextLength);
  const style = styles ? { style: z.enum(styles).optional() } : {};
  const request = z.strictObject({
    taskType: z.literal('TEXT_IMAGE'),
    textToImageParams: z.strictObject({ text, negativeText: text.optional(), ...style }),
    imageGenerationConfig: z
      .strictObject({
        quality: z.enum(['standard', 'premium']).optional(),
        numberOfImages: z.literal(1).optional(),
        width: z.int().optional(),
        height: z.int().optional(),
        cfgScale: z.number().min(1.1).max(10).optional(),
        seed: z.int().min(0).max(2_147_483_646).optional(),
      })
      .optional(),
  });
  return {
    read(body) {
      const { textToImageParams: params, imageGenerationConfig } = parseStrictly(request, body);
      const { seed = defaultSeed, width = 1024, height = 1024 } = imageGenerationConfig ?? {};
      if (!isSize(width, height)) {
        throw new AwsError('ValidationException', `Unsupported image size: ${width}x${height}.`);
      }
      const style = 'style' in params && typeof params.style === 'string' ? `, ${params.style}` : '';
      return { prompt: params.text + style, negativePrompt: params.negativeText, seed, width, height };
    },
    drawn: (_seed, image) => ({ images: [image], error: null }),
    refused(_seed, why) {
      if (why !== 'output image') throw new AwsError('ValidationException', blockedPrompt);
      return { images: [], error: 'All of the generated images have been blocked by our content filters.' };
    },
  };
}

const blockedPrompt =
  'This request has been blocked by our content filters. Please adjust your text prompt to submit a new request.';

/** The sizes that Titan's page lists. */
const titanSizes = new Set(
  `1024x1024 768x768 512x512 768x1152 384x576 1152x768 576x384 768x1280 384x640 1280x768 640x384 896x1152 448x576
   1152x896 576x448 768x1408 384x704 1408x768 704x384 640x1408 320x704 1408x640 704x320 1152x640 1173x640`.split(/\s+/),
);

export const titan = createAmazonFamily({
  maxTextLength: 512,
  defaultSeed: 42,
  isSize: (width, height) => titanSizes.has(`${width}x${height}`),
});

export const novaCanvas = createAmazonFamily({
  maxTextLength: 1024,
  defaultSeed: 12,
  /** Sides of 320 to 4096 in steps of 16, between 1:4 and 4:1, under 4,194,304 pixels. */
  isSize(width, height) {
    const areSides = [width, height].every((side) => side >= 320 && side <= 4096 && side % 16 === 0);
    return areSides && Math.max(width / height, height / width) <= 4 && width * height < 4_194_304;
  },
  styles: [
    '3D_ANIMATED_FAMILY_FILM',
    'DESIGN_SKETCH',
    'FLAT_VECTOR_ILLUSTRATION',
    'GRAPHIC_NOVEL_ILLUSTRATION',
    'MAXIMALISM',
    'MIDCENTURY_RETRO',
    'PHOTOREALISM',
    'SOFT_DIGITAL_PAINTING',
  ],
});
