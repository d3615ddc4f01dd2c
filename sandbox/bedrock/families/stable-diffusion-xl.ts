import { z } from 'zod';
import { AwsError } from '../../json-service.js';
import { type ModelFamily, parseStrictly, randomSeed } from '../model-family.js';

const stylePresets = `3d-model analog-film anime cinematic comic-book digital-art enhance fantasy-art isometric line-art
  low-poly modeling-compound neon-punk origami photographic pixel-art tile-texture`.split(/\s+/);

const sizes = new Set('1024x1024 1152x896 1216x832 1344x768 1536x640 640x1536 768x1344 832x1216 896x1152'.split(' '));

const requestSchema = z.strictObject({
  text_prompts: z.array(z.strictObject({ text: z.string().max(2000), weight: z.number().optional() })).min(1),
  width: z.int().optional(),
  height: z.int().optional(),
  cfg_scale: z.number().min(0).max(35).optional(),
  seed: z.int().min(0).max(4_294_967_295).optional(),
  steps: z.int().min(10).max(50).optional(),
  style_preset: z.enum(stylePresets).optional(),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-1-0-text-image.html */
export const stableDiffusionXl: ModelFamily = {
  read(body) {
    const asked = parseStrictly(requestSchema, body);
    const { width = 1024, height = 1024, style_preset } = asked;
    if (!sizes.has(`${width}x${height}`)) {
      throw new AwsError(
        'ValidationException',
        `Invalid dimensions: ${width}x${height} is not one of the allowed sizes`,
      );
    }
    const texts = (isWanted: boolean) =>
      asked.text_prompts.filter(({ weight = 1 }) => weight > 0 === isWanted).map(({ text }) => text);
    return {
      prompt: [...texts(true), ...(style_preset ? [style_preset] : [])].join(', '),
      negativePrompt: texts(false).join(', '),
      seed: asked.seed || randomSeed(),
      width,
      height,
    };
  },
  drawn: (seed, base64) => ({ result: 'success', artifacts: [{ seed, base64, finishReason: 'SUCCESS' }] }),
  refused(seed, why) {
    if (why === 'prompt') {
      const message = { message: 'One or more prompts contains filtered words.', name: 'invalid_prompts' };
      throw new AwsError('ValidationException', JSON.stringify(message));
    }
    const finishReason = why === 'output image' ? 'CONTENT_FILTERED' : 'ERROR';
    return { result: 'success', artifacts: [{ seed, base64: '', finishReason }] };
  },
};
