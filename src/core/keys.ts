import { type BatchReference, batchReferenceSchema, slackIdSchema } from './batch.js';
import type { ImageMediaType } from './image-model.js';
import { type WorkReference, workReferenceSchema } from './open-work.js';
import { type PreferencesReference, preferencesReferenceSchema } from './preferences.js';
import { type UsageReference, usageReferenceSchema } from './usage.js';

const extensions: Record<ImageMediaType, string> = { 'image/png': 'png', 'image/jpeg': 'jpg' };

/** `<workspace id>/<channel id>/<batch id>`; throws where an id could lead anywhere else. */
function batchFolder(reference: BatchReference): string {
  const { workspaceId, channelId, id } = batchReferenceSchema.parse(reference);
  return `${workspaceId}/${channelId}/${id}`;
}

export function batchKey(reference: BatchReference): string {
  return `${batchFolder(reference)}/batch.json`;
}

/** A draft is no batch yet, and gone as soon as it is one. */
export function draftKey(reference: BatchReference): string {
  return `${batchFolder(reference)}/draft.json`;
}

/** A person's own defaults. */
export function preferencesKey(reference: PreferencesReference): string {
  const { workspaceId, userId } = preferencesReferenceSchema.parse(reference);
  return `${workspaceId}/people/${userId}.json`;
}

/** What one person, or the whole workspace, has asked for on one day; a person's id is in capitals, so no two meet. */
export function usageKey(reference: UsageReference): string {
  const { workspaceId, day, userId } = usageReferenceSchema.parse(reference);
  return `${workspaceId}/usage/${day}/${userId ?? 'workspace'}.json`;
}

/** What is left to do in a workspace stands together, so that finding it costs no look at the rest of the bucket. */
export function workPrefix(workspaceId: string): string {
  return `${slackIdSchema.parse(workspaceId)}/open/`;
}

export function workKey(reference: WorkReference): string {
  const { workspaceId, id } = workReferenceSchema.parse(reference);
  return `${workPrefix(workspaceId)}${id}.json`;
}

export function imageKey(reference: BatchReference, image: { number: number; mediaType: ImageMediaType }): string {
  return `${batchFolder(reference)}/${image.number}.${extensions[image.mediaType]}`;
}
