import { z } from 'zod';
import { ImageModelError } from '../core/errors.js';
import { answeredSeed, type EncodedImage, type ModelFamily, type PixelSizes, pixelSize } from './vendor-model.js';

/** The nine sizes that version 1 takes, each under the usual name of the nearest aspect ratio. */
const sizes: PixelSizes = {
  '21:9': [1536, 640],
  '16:9': [1344, 768],
  '3:2': [1216, 832],
  '5:4': [1152, 896],
  '1:1': [1024, 1024],
};

/** How closely to follow the prompt (0–35) and how many steps to draw (10–50): the documented defaults, sent so that they stay. */
const quality = { cfg_scale: 7, steps: 30 };

const answerSchema = z.object({
  artifacts: z
    .array(z.object({ base64: z.string().nullish(), finishReason: z.string().nullish(), seed: answeredSeed }))
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

/** Version 0.8 has no other fields: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-0-8.html */
export const stableDiffusionXlV0: ModelFamily = {
  buildBody: ({ prompt, seed }) => ({ text_prompts: [{ text: prompt }], ...quality, seed }),
  readAnswer,
};

function readAnswer(answer: unknown): EncodedImage {
  const artifact = answerSchema.parse(answer).artifacts?.[0];
  // the filtered image comes too, blurred
  if (artifact?.finishReason === 'CONTENT_FILTERED') {
    throw new ImageModelError('filtered_image', 'The content filter blurred the image');
  }
  if (artifact?.finishReason === 'ERROR') throw new ImageModelError('failed', 'The model finished with ERROR');
  return { base64: artifact?.base64, seed: artifact?.seed };
}
