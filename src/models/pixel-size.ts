import { ImageModelError } from '../core/errors.js';
import type { AspectRatio } from '../core/image-model.js';

/** Width and height in pixels for each shape that a model draws. */
export type PixelSizes = Readonly<Partial<Record<AspectRatio, readonly [width: number, height: number]>>>;

/** @throws ImageModelError `rejected` for a shape without a size. */
export function pixelSize(sizes: PixelSizes, aspectRatio: AspectRatio): { width: number; height: number } {
  const size = sizes[aspectRatio];
  if (!size) throw new ImageModelError('rejected', `No size is known for ${aspectRatio}`);
  const [width, height] = size;
  return { width, height };
}
