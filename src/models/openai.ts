import OpenAI from 'openai';
import { z } from 'zod';
import { ImageModelError } from '../core/errors.js';
import type { ImageModel, ModelInfo } from '../core/image-model.js';
import { checkRequest } from './check-request.js';
import { toImageModelError } from './openai-failure.js';
import { type PixelSizes, pixelSize } from './pixel-size.js';
import { readImage } from './read-image.js';

/** The three standard sizes, and sizes of about one megapixel with sides that 16 divides. */
const sizes: PixelSizes = {
  '21:9': [1568, 672],
  '16:9': [1536, 864],
  '3:2': [1536, 1024],
  '4:3': [1152, 864],
  '5:4': [1120, 896],
  '1:1': [1024, 1024],
  '4:5': [896, 1120],
  '3:4': [864, 1152],
  '2:3': [1024, 1536],
  '9:16': [864, 1536],
  '9:21': [672, 1568],
};

const answerSchema = z.object({ data: z.array(z.object({ b64_json: z.string().nullish() })).nullish() });

export interface OpenAiOptions {
  apiKey: string;
  /** Where the API is, such as `https://api.openai.com/v1`: OpenAI's own unless told. */
  baseURL?: string | undefined;
}

/** One client serves every model of the account. Rate limits are answered by the caller's queue, so one retry is enough. */
export const createOpenAiClient = ({ apiKey, baseURL }: OpenAiOptions): OpenAI =>
  new OpenAI({ apiKey, baseURL, maxRetries: 1 });

/**
 * One of OpenAI's image models; no seed, no negative prompt, one image a call so that each can fail alone.
 * https://platform.openai.com/docs/api-reference/images/create
 */
export function createOpenAiModel({ client, modelInfo }: { client: OpenAI; modelInfo: ModelInfo }): ImageModel {
  return {
    modelInfo,
    async generateImage(request) {
      checkRequest(request, modelInfo);
      const { width, height } = pixelSize(sizes, request.aspectRatio);
      const body = {
        model: modelInfo.modelId,
        prompt: request.prompt,
        n: 1,
        size: `${width}x${height}`,
        output_format: 'png',
      } as const;
      try {
        const answer = client.images.generate(body, { signal: request.abortSignal });
        return { ...readImage(readBase64(await untilAborted(answer, request.abortSignal))), seed: request.seed };
      } catch (error) {
        throw toImageModelError(error, request.abortSignal.aborted);
      }
    },
  };
}

function readBase64(answer: unknown): string {
  const base64 = answerSchema.safeParse(answer).data?.data?.[0]?.b64_json;
  if (!base64) throw new ImageModelError('unusable_answer', 'The answer holds no image');
  return base64;
}

/** The client sleeps through `retry-after`, up to a minute, without looking at the signal. */
async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise: aborted, reject } = withRejecter();
  signal.addEventListener('abort', reject, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', reject);
  }
}

function withRejecter(): { promise: Promise<never>; reject: () => void } {
  let reject = () => {};
  const promise = new Promise<never>((_resolve, rejectPromise) => {
    reject = () => rejectPromise(new ImageModelError('timed_out', 'The call was ended'));
  });
  return { promise, reject };
}
