import { z } from 'zod';
import { ImageModelError } from '../core/errors.js';
import { answeredSeed, type EncodedImage, type ModelFamily } from './model-family.js';
import { type PixelSizes, pixelSize } from './pixel-size.js';

/** The nine sizes that version 1 takes, each under the usual name nearest to its shape. */
const sizes: PixelSizes = {
  '21:9': [1536, 640],
  '16:9': [1344, 768],
  '3:2': [1216, 832],
  '5:4': [1152, 896],
  '1:1': [1024, 1024],
  '4:5': [896, 1152],
  '2:3': [832, 1216],
  '9:16': [768, 1344],
  '9:21': [640, 1536],
};

/** How far the prompt rules (0–35) and how many steps are drawn (10–50): the documented defaults, so that they stay ours. */
const quality = { cfg_scale: 7, steps: 30 };

const answerSchema = z.object({
  artifacts: z
    .array(
      z.object({
        base64: z.string().nullish(),
        finishReason: z.string().nullish(),
        seed: answeredSeed,
      }),
    )
    .nullish(),
});

/** Version 1: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-1-0-text-image.html */
export const stableDiffusionXl: ModelFamily = {
  buildBody: ({ prompt, negativePrompt, nativeStyle, aspectRatio, seed }) => ({
    text_prompts: [{ text: prompt, weight: 1 }, ...(negativePrompt ? [{ text: negativePrompt, weight: -1 }] : [])],
    ...quality,
    ...pixelSize(sizes, aspectRatio),
    seed,
    ...(nativeStyle && { style_preset: nativeStyle }),
  }),
  readAnswer,
};

/** Version 0.8 knows no more: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-0-8.html */
export const stableDiffusionXlV0: ModelFamily = {
  buildBody: ({ prompt, seed }) => ({ text_prompts: [{ text: prompt }], ...quality, seed }),
  readAnswer,
};

function readAnswer(answer: unknown): EncodedImage {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) {
    throw new ImageModelError('unusable_answer', 'Not an answer of Stable Diffusion XL', { cause: parsed.error });
  }
  const artifact = parsed.data.artifacts?.[0];
  // A filtered image comes all the same, blurred.
  if (artifact?.finishReason === 'CONTENT_FILTERED') {
    throw new ImageModelError('filtered_image', 'The content filter blurred the image');
  }
  if (artifact?.finishReason === 'ERROR') throw new ImageModelError('failed', 'The model finished with ERROR');
  if (!artifact?.base64) throw new ImageModelError('unusable_answer', 'The answer holds no image');
  return { base64: artifact.base64, seed: artifact.seed };
}
