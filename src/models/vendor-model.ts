import { z } from 'zod';
import { type FailureReason, ImageModelError } from '../core/errors.js';
import type { AspectRatio, GenerateImage, ImageModelRequest } from '../core/image-model.js';

/** The request and answer of related models, as pure functions of plain data. */
export interface ModelFamily {
  /** Only fields that the vendor documents: most refuse any other. */
  buildBody(request: ImageModelRequest): unknown;
  /**
   * @throws ImageModelError if the answer says why there is no image
   * @throws ZodError if it is no answer of this family
   */
  readAnswer(answer: unknown): EncodedImage;
}

/** The image as the vendor's JSON holds it. */
export interface EncodedImage {
  base64: string | null | undefined;
  /** The seed that the model used, if it says so. */
  seed?: number | undefined;
}

/** A seed that is not a safe whole number is left out: it could not be recorded, and must not lose a paid image. */
export const answeredSeed = z.int().nonnegative().optional().catch(undefined);

/** Width and height in pixels for each aspect ratio of a model. A tall one that is left out has the size of the wide one, turned. */
export type PixelSizes = Readonly<Partial<Record<AspectRatio, readonly [width: number, height: number]>>>;

/** @throws ImageModelError `rejected` for an aspect ratio without a size */
export function pixelSize(sizes: PixelSizes, aspectRatio: AspectRatio): { width: number; height: number } {
  const [wide = 0, tall = 0] = aspectRatio.split(':').map(Number);
  const [width, height] = sizes[aspectRatio] ?? sizes[`${tall}:${wide}`]?.toReversed() ?? [];
  if (!width || !height) throw new ImageModelError('rejected', `No size is known for ${aspectRatio}`);
  return { width, height };
}

/** @param readReason what an error of the vendor's client means */
export function withReasons(generate: GenerateImage, readReason: (error: unknown) => FailureReason): GenerateImage {
  return async (request) => {
    try {
      return await generate(request);
    } catch (error) {
      if (error instanceof ImageModelError) throw error;
      const reason = request.abortSignal.aborted ? 'timed_out' : readReason(error);
      const name = error instanceof Error ? error.name : 'an unknown error';
      throw new ImageModelError(reason, `The call ended with ${name}`, { cause: error });
    }
  };
}

/** What an HTTP status means if the vendor says nothing more exact. */
export function reasonOfStatus(status: number): FailureReason {
  if (status === 401 || status === 403 || status === 404) return 'denied';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unavailable' : 'rejected';
}
