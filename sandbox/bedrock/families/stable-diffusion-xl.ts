import { z } from 'zod';
import { imageSize } from '../../images/image-size.js';
import { BedrockError } from '../bedrock-error.js';
import { decodeBase64, type ImageOrder, type ModelFamily, parseStrictly } from '../model-family.js';

// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-1-0-text-image.html

const largestSeed = 4_294_967_295;

const stylePresets = `3d-model analog-film anime cinematic comic-book digital-art enhance fantasy-art isometric line-art
  low-poly modeling-compound neon-punk origami photographic pixel-art tile-texture`.split(/\s+/);

const samplers =
  `DDIM DDPM K_DPMPP_2M K_DPMPP_2S_ANCESTRAL K_DPM_2 K_DPM_2_ANCESTRAL K_EULER K_EULER_ANCESTRAL K_HEUN K_LMS`.split(
    /\s+/,
  );

const guidancePresets = ['FAST_BLUE', 'FAST_GREEN', 'NONE', 'SIMPLE', 'SLOW', 'SLOWER', 'SLOWEST'];

const sizes = new Set('1024x1024 1152x896 1216x832 1344x768 1536x640 640x1536 768x1344 832x1216 896x1152'.split(' '));

const requestSchema = z.strictObject({
  text_prompts: z.array(z.strictObject({ text: z.string().max(2000), weight: z.number().optional() })).min(1),
  width: z.int().optional(),
  height: z.int().optional(),
  cfg_scale: z.number().min(0).max(35).optional(),
  clip_guidance_preset: z.enum(guidancePresets).optional(),
  sampler: z.enum(samplers).optional(),
  samples: z.literal(1).optional(),
  seed: z.int().min(0).max(largestSeed).optional(),
  steps: z.int().min(10).max(50).optional(),
  style_preset: z.enum(stylePresets).optional(),
  extras: z.record(z.string(), z.unknown()).optional(),
  init_image: z.string().optional(),
  init_image_mode: z.literal('IMAGE_STRENGTH').optional(),
  image_strength: z.number().min(0).max(1).optional(),
});

export const stableDiffusionXl: ModelFamily = {
  read(body, seedByChance) {
    const asked = parseStrictly(requestSchema, body);
    const { width = 1024, height = 1024 } = asked;
    if (!sizes.has(`${width}x${height}`)) {
      throw new BedrockError(
        'ValidationException',
        `Invalid dimensions: ${width}x${height} is not one of the allowed sizes`,
      );
    }
    const texts = (isWanted: boolean) =>
      asked.text_prompts.filter(({ weight = 1 }) => weight > 0 === isWanted).map(({ text }) => text);
    const style = asked.style_preset ? [asked.style_preset] : [];
    return {
      prompt: [...texts(true), ...style].join(', '),
      negativePrompt: texts(false).join(', '),
      seeds: [asked.seed || seedByChance(largestSeed)],
      width,
      height,
      format: 'png',
      ...beginning(asked.init_image, asked.image_strength),
    };
  },
  drawn: (order, images) => ({ result: 'success', artifacts: artifacts(order, images, 'SUCCESS') }),
  refused(order, why) {
    if (why === 'prompt') {
      const message = { message: 'One or more prompts contains filtered words.', name: 'invalid_prompts' };
      throw new BedrockError('ValidationException', JSON.stringify(message));
    }
    return {
      result: 'success',
      artifacts: artifacts(order, [''], why === 'output image' ? 'CONTENT_FILTERED' : 'ERROR'),
    };
  },
};

function artifacts(order: ImageOrder, images: readonly string[], finishReason: string) {
  return images.map((base64, index) => ({ seed: order.seeds[index], base64, finishReason }));
}

function beginning(image: string | undefined, strength = 0.35): Pick<ImageOrder, 'from'> {
  if (image === undefined) return {};
  const bytes = decodeBase64(image);
  if (!bytes || !imageSize(bytes)) throw new BedrockError('ValidationException', 'init_image is not a valid image');
  return { from: { bytes, kept: strength } };
}
