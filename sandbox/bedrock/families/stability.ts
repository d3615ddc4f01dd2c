import { z } from 'zod';
import { vary } from '../../images/image-services.js';
import { type ImageOrder, type ModelFamily, randomSeed } from '../model-family.js';
import {
  answers,
  fields,
  invalidField,
  parseFields,
  readImage,
  sizeOfRatio,
  usualLimits,
} from '../stability-request.js';

interface TextToImage {
  prompt: string;
  negative_prompt?: string | undefined;
  aspect_ratio?: string | undefined;
  seed?: number | undefined;
}

/**
 * Stable Image Core and Ultra, as far as they draw from a text:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-stability-diffusion.html
 */
export function createStabilityFamily(name: string): ModelFamily {
  const shape = {
    prompt: fields.prompt,
    negative_prompt: fields.negativePrompt,
    mode: z.literal('text-to-image').optional(),
    aspect_ratio: fields.aspectRatio,
    seed: z.int().min(0).max(4_294_967_295).optional(),
    output_format: z.enum(['png', 'PNG']).optional(),
  };
  return { ...answers, read: (body) => orderText(parseFields(name, shape, body)) };
}

function orderText({ prompt, negative_prompt: negativePrompt, aspect_ratio, seed }: TextToImage): ImageOrder {
  return { prompt, negativePrompt, seed: seed || randomSeed(), ...sizeOfRatio(aspect_ratio) };
}

const diffusionShape = {
  prompt: fields.prompt,
  negative_prompt: fields.negativePrompt,
  mode: z.enum(['text-to-image', 'image-to-image']).optional(),
  image: fields.image.optional(),
  strength: fields.share(0, 1),
  aspect_ratio: fields.aspectRatio,
  seed: fields.seed,
  output_format: fields.outputFormat,
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-3-5-large.html */
export const diffusion3: ModelFamily = {
  ...answers,
  async read(body) {
    const asked = parseFields('sd3-5-large', diffusionShape, body);
    const { image: text, strength, prompt } = asked;
    if (asked.mode !== 'image-to-image') {
      for (const field of ['image', 'strength'] as const) {
        if (asked[field] !== undefined) throw invalidField(field, 'only for image-to-image');
      }
      if (asked.output_format && asked.output_format !== 'png') throw invalidField('output_format', 'not drawn here');
      return orderText(asked);
    }
    if (text === undefined) throw invalidField('image', 'required for image-to-image');
    if (strength === undefined) throw invalidField('strength', 'required for image-to-image');
    if (asked.aspect_ratio !== undefined) throw invalidField('aspect_ratio', 'only for text-to-image');
    const image = await readImage(text, usualLimits);
    const words = { prompt, negativePrompt: asked.negative_prompt, seed: asked.seed || randomSeed() };
    const told = { ...words, model: 'sd3-5-large' };
    return {
      ...words,
      ...megapixel(image),
      from: { image, format: asked.output_format, make: ({ size }) => vary(image, told, strength, size) },
    };
  },
};

/** The size of this aspect ratio at about one megapixel, in steps of 64. */
function megapixel({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.sqrt((1024 * 1024) / (width * height));
  const side = (length: number) => Math.max(64, Math.round((length * scale) / 64) * 64);
  return { width: side(width), height: side(height) };
}
