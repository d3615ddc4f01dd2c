import type { FailureReason } from '../errors.js';
import type { Batch } from './batch.js';

/** Why no image came of a batch that has ended, each reason once; none where an image came or may still come. */
export function reasonsForNothing({ finishedAt, images }: Batch): readonly FailureReason[] {
  if (!finishedAt) return [];
  const reasons = images.flatMap((image) => (image.state === 'failed' ? [image.reason] : []));
  return reasons.length === images.length ? [...new Set(reasons)] : [];
}
