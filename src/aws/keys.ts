import { z } from 'zod';
import {
  type Batch,
  type BatchReference,
  batchReferenceSchema,
  shortBatchId,
  slackIdSchema,
} from '../core/batch/batch.js';
import { type WorkReference, workReferenceSchema } from '../core/batch/job.js';
import { type UsageReference, usageReferenceSchema } from '../core/batch/usage.js';
import type { ImageMediaType } from '../core/image-model.js';
import { type DraftReference, draftReferenceSchema } from '../core/prompt/draft.js';
import { type PreferencesReference, preferencesReferenceSchema } from '../core/prompt/preferences.js';

const extensions: Record<ImageMediaType, string> = { 'image/png': 'png', 'image/jpeg': 'jpg' };

/** `<workspace id>/<channel id>/<batch id>`; throws where an id could lead anywhere else. */
function batchFolder(reference: BatchReference): string {
  const { workspaceId, channelId, id } = batchReferenceSchema.parse(reference);
  return `${workspaceId}/${channelId}/${id}`;
}

export function batchKey(reference: BatchReference): string {
  return `${batchFolder(reference)}/batch.json`;
}

/** In another channel that the batch was brought to: says where its record is. */
export function placeKey(reference: BatchReference): string {
  return `${batchFolder(reference)}/place.json`;
}

/** What a person asked for lies under these, the newest first. */
export function ownPrefix(person: PreferencesReference): string {
  const { workspaceId, userId } = preferencesReferenceSchema.parse(person);
  return `${workspaceId}/people/${userId}/batches/`;
}

export function ownKey(batch: Batch): string {
  const { workspaceId, channelId, id } = batchReferenceSchema.parse(batch);
  return `${ownPrefix({ workspaceId, userId: batch.requesterId })}${mirror(id)}/${channelId}`;
}

/** The other way round; undefined for what is no such key. */
export function readOwnKey(key: string): BatchReference | undefined {
  const [workspaceId, , , , mirroredId = '', channelId] = key.split('/');
  return batchReferenceSchema.safeParse({ workspaceId, channelId, id: mirror(mirroredId) }).data;
}

/** @param name a batch's id, or the last six characters of it, in any case */
export function namedPrefix(workspaceId: string, name: string): string {
  const shortName = shortNameSchema.parse(shortBatchId({ id: name }));
  return `${slackIdSchema.parse(workspaceId)}/names/${shortName}/`;
}

export function nameKey(batch: Batch): string {
  const { workspaceId, channelId, id } = batchReferenceSchema.parse(batch);
  return `${namedPrefix(workspaceId, id)}${channelId}/${id}`;
}

/** The other way round; undefined for what is no such key. */
export function readNameKey(key: string): BatchReference | undefined {
  const [workspaceId, , , channelId, id] = key.split('/');
  return batchReferenceSchema.safeParse({ workspaceId, channelId, id }).data;
}

const shortNameSchema = z.string().regex(/^[0-9a-hjkmnp-tv-z]{6}$/);
/** Crockford's Base 32, which ULIDs are written in. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const mirrored = new Map([...digits].map((digit, index) => [digit, digits.at(-1 - index)]));

/** Each digit exchanged for the one that is as far from the other end: a later id sorts earlier. Twice, the id again. */
function mirror(id: string): string {
  return [...id].map((digit) => mirrored.get(digit) ?? digit).join('');
}

/** Of each person with anything but defaults there is a folder under this one. */
export function peoplePrefix(workspaceId: string): string {
  return `${slackIdSchema.parse(workspaceId)}/people/`;
}

/** Within a person's folder. */
export const draftsFolder = 'drafts/';

/** The other way round; undefined for what is no such key. */
export function readDraftKey(key: string): DraftReference | undefined {
  const [workspaceId, , userId, , id] = key.split('/');
  const reference = draftReferenceSchema.safeParse({ workspaceId, userId, id }).data;
  return reference && draftKey(reference) === key ? reference : undefined;
}

/** A draft is no batch yet, and gone as soon as it is one. */
export function draftKey(reference: DraftReference): string {
  const { workspaceId, userId, id } = draftReferenceSchema.parse(reference);
  return `${peoplePrefix(workspaceId)}${userId}/${draftsFolder}${id}/draft.json`;
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
