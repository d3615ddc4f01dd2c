import PQueue from 'p-queue';
import type { GeneratedImage, ImageModel, ImageModelRequest } from '../core/image-model.js';

export interface ModelLimits {
  /** The account's quota for this model. */
  requestsPerMinute: number;
  /** One deadline for one picture, retries included; it starts when the picture's turn comes. */
  timeoutSeconds: number;
}

/**
 * How many answers of one model may be under way at once. Each holds megabytes of base64, and no model's quota of today
 * needs more: 90 pictures a minute of some seconds each are a handful at a time.
 */
const concurrency = 16;

/**
 * Longer than this nobody is asked to wait. With the drawing and a form before it, it stays well within the 30 minutes for
 * which Slack takes answers at a request's response_url.
 */
export const longestLineMinutes = 10;

/** Keeps calls of one model within its quota, first come first served, each with its deadline. */
export function limitModel(model: ImageModel, { requestsPerMinute, timeoutSeconds }: ModelLimits) {
  const queue = new PQueue({ concurrency, interval: 60_000, intervalCap: requestsPerMinute, strict: true });
  return (request: Omit<ImageModelRequest, 'abortSignal'>): Promise<GeneratedImage> =>
    queue.add(() => model.generateImage({ ...request, abortSignal: AbortSignal.timeout(timeoutSeconds * 1000) }));
}
