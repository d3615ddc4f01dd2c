import { z } from 'zod';
import type { ImageModelRequest, ModelInfo } from '../core/image-model.js';

/**
 * The seed in an answer. Any but a safe whole number counts as none, since it could be neither recorded nor asked for
 * again, and it must not lose a paid image.
 */
export const answeredSeed = z.int().nonnegative().optional().catch(undefined);

/** The image as it stands in a vendor's JSON. */
export interface EncodedImage {
  base64: string;
  /** The seed that the model says it used, where it says so. */
  seed?: number | undefined;
}

/** One vendor's request and answer shapes, as pure functions of plain data. */
export interface ModelFamily {
  /** Only fields that the vendor documents: most refuse any other. */
  buildBody(request: ImageModelRequest, modelInfo: ModelInfo): unknown;
  /** @throws ImageModelError where the answer says why there is no image, or is no answer at all. */
  readAnswer(answer: unknown): EncodedImage;
}
