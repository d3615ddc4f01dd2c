import { z } from 'zod';
import { type FailureReason, ImageModelError } from '../core/errors.js';
import { serviceBody } from './stability-services.js';
import { answeredSeed, type ModelFamily } from './vendor-model.js';

/**
 * Stability's answer, read as loosely as it can be used: a blocked request holds `finish_reasons` and perhaps nothing else.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-stable-image-core-text-image-request-response.html
 */
const answerSchema = z.object({
  images: z.array(z.string().nullish()).nullish(),
  seeds: z.array(answeredSeed).nullish().catch(undefined),
  finish_reasons: z.array(z.string().nullish()).nullish(),
});

/**
 * Stable Image Core and Ultra, Stable Diffusion 3.5 Large, and the services that work from an image: one image a call.
 * `mode` is left out: without it, all of them draw from text.
 * Lower-case `png` is what all three take; Core's page prints upper case, SD3.5's lower.
 */
export const stability: ModelFamily = {
  buildBody({ input, ...request }) {
    if (input) return serviceBody({ ...request, input });
    return {
      prompt: request.prompt,
      aspect_ratio: request.aspectRatio,
      seed: request.seed,
      output_format: 'png',
      ...(request.negativePrompt && { negative_prompt: request.negativePrompt }),
    };
  },

  readAnswer(answer) {
    const { images, seeds, finish_reasons } = answerSchema.parse(answer);
    const finishReason = finish_reasons?.find((reason) => reason != null);
    if (finishReason != null) {
      throw new ImageModelError(failureReason(finishReason), `The model finished with: ${finishReason}`);
    }
    return { base64: images?.[0], seed: seeds?.[0] };
  },
};

/** The documented values: "Filter reason: prompt", "… output image", "… input image", "Inference error". */
function failureReason(finishReason: string): FailureReason {
  if (/^filter reason: output image/i.test(finishReason)) return 'filtered_image';
  if (/^filter reason: input image/i.test(finishReason)) return 'filtered_input';
  if (/^filter reason/i.test(finishReason)) return 'filtered_prompt';
  return 'failed';
}
