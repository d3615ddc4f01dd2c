import { type BatchReference, batchReferenceSchema } from './batch.js';
import type { ImageMediaType } from './image-model.js';

const extensions: Record<ImageMediaType, string> = { 'image/png': 'png', 'image/jpeg': 'jpg' };

/** `<workspace id>/<channel id>/<batch id>`; throws where an id could lead anywhere else. */
function batchFolder(reference: BatchReference): string {
  const { workspaceId, channelId, id } = batchReferenceSchema.parse(reference);
  return `${workspaceId}/${channelId}/${id}`;
}

export function batchKey(reference: BatchReference): string {
  return `${batchFolder(reference)}/batch.json`;
}

export function imageKey(reference: BatchReference, image: { number: number; mediaType: ImageMediaType }): string {
  return `${batchFolder(reference)}/${image.number}.${extensions[image.mediaType]}`;
}
