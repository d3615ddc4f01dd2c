import { once } from 'node:events';
import type OpenAI from 'openai';
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai/core/error';
import { z } from 'zod';
import { type FailureReason, ImageModelError } from '../core/errors.js';
import type { GenerateImage, InputImage } from '../core/image-model.js';
import { identifyImage } from './read-image.js';
import { type PixelSizes, pixelSize, reasonOfStatus, withReasons } from './vendor-model.js';

/** The three standard sizes, and sizes of about one megapixel with sides that 16 divides. */
const sizes: PixelSizes = {
  '21:9': [1568, 672],
  '16:9': [1536, 864],
  '3:2': [1536, 1024],
  '4:3': [1152, 864],
  '5:4': [1120, 896],
  '1:1': [1024, 1024],
};

const answerSchema = z.object({ data: z.array(z.object({ b64_json: z.string().nullish() })).nullish() });

/**
 * One client serves every model of the account, from its first use on: loading it takes a tenth of a second of the app's
 * start. Rate limits are answered by the caller's queue, so one retry is enough.
 */
export function createOpenAiClient(apiKey: string): () => Promise<OpenAI> {
  let client: Promise<OpenAI> | undefined;
  return () => {
    client ??= import('openai').then(({ OpenAI }) => new OpenAI({ apiKey, maxRetries: 1 }));
    return client;
  };
}

/**
 * One of OpenAI's image models; no seed, no negative prompt, one image a call so that each can fail alone.
 * https://platform.openai.com/docs/api-reference/images/create and /createEdit
 */
export function createOpenAiModel(client: () => Promise<OpenAI>, model: string): GenerateImage {
  return withReasons(async ({ prompt, aspectRatio, seed, input, abortSignal }) => {
    const { width, height } = pixelSize(sizes, aspectRatio);
    const body = { model, prompt, n: 1, size: `${width}x${height}`, output_format: 'png' } as const;
    const { images } = await client();
    const options = { signal: abortSignal };
    const answering = input
      ? images.edit({ ...body, image: await toFile(input.image) }, options)
      : images.generate(body, options);
    const answer = await untilAborted(answering, abortSignal);
    const base64 = answerSchema.parse(answer).data?.[0]?.b64_json;
    if (!base64) throw new ImageModelError('unusable_answer', 'The answer holds no image');
    return { ...identifyImage(Buffer.from(base64, 'base64')), seed };
  }, readReason);
}

async function toFile({ bytes }: InputImage): Promise<File> {
  const { mediaType } = identifyImage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return new File([Buffer.from(bytes)], 'image', { type: mediaType });
}

/** The client sleeps through `retry-after`, up to a minute, without looking at the signal. */
async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const done = new AbortController();
  const aborted = once(signal, 'abort', { signal: done.signal }).then(() => Promise.reject(signal.reason));
  try {
    return await Promise.race([work, aborted]);
  } finally {
    done.abort(); // a listener that stays would keep the answer in memory until the deadline
  }
}

/** https://platform.openai.com/docs/guides/error-codes */
function readReason(error: unknown): FailureReason {
  if (error instanceof APIConnectionTimeoutError) return 'timed_out';
  if (error instanceof APIConnectionError) return 'unavailable';
  if (error instanceof z.ZodError || error instanceof SyntaxError) return 'unusable_answer';
  if (!(error instanceof APIError)) return 'failed';
  const { code, message, status } = error;
  if (code === 'moderation_blocked' || code === 'content_policy_violation') return 'filtered_prompt';
  // An account without money answers 429 as well, but waiting does not help.
  if (code === 'insufficient_quota' || code === 'billing_hard_limit_reached') return 'denied';
  if (/deprecated|shut down|retired/i.test(message)) return 'retired';
  return status === undefined ? 'failed' : reasonOfStatus(status);
}
