import { z } from 'zod';
import type { Batch } from '../core/batch/batch.js';
import { type JobReference, jobReferenceSchema } from '../core/batch/job.js';
import { type UsageReference, usageReferenceSchema } from '../core/batch/usage.js';
import {
  type BatchReference,
  batchReferenceSchema,
  type Person,
  personSchema,
  shortBatchId,
  slackIdSchema,
} from '../core/ids.js';
import type { ImageMediaType } from '../core/image-model.js';
import { type DraftReference, draftReferenceSchema } from '../core/prompt/draft.js';

const extensions: Record<ImageMediaType, string> = { 'image/png': 'png', 'image/jpeg': 'jpg' };

/** `<workspace id>/<channel id>/<batch id>`; throws if an ID could lead anywhere else. */
function batchFolder(reference: BatchReference): string {
  const { workspaceId, channelId, id } = batchReferenceSchema.parse(reference);
  return `${workspaceId}/${channelId}/${id}`;
}

export function batchKey(reference: BatchReference): string {
  return `${batchFolder(reference)}/batch.json`;
}

/** In another channel that the batch was brought to: names the channel of its record. */
export function placeKey(reference: BatchReference): string {
  return `${batchFolder(reference)}/place.json`;
}

/** A user's batches, the newest first. */
export function ownPrefix(person: Person): string {
  const { workspaceId, userId } = personSchema.parse(person);
  return `${workspaceId}/people/${userId}/batches/`;
}

export function ownKey(batch: Batch): string {
  const { workspaceId, channelId, id } = batchReferenceSchema.parse(batch);
  return `${ownPrefix({ workspaceId, userId: batch.requesterId })}${mirror(id)}/${channelId}`;
}

/** The reverse; undefined for any other key. */
export function readOwnKey(key: string): BatchReference | undefined {
  const [workspaceId, , , , mirroredId = '', channelId] = key.split('/');
  return batchReferenceSchema.safeParse({ workspaceId, channelId, id: mirror(mirroredId) }).data;
}

/** @param name a batch ID, or its last six characters, in any case */
export function namedPrefix(workspaceId: string, name: string): string {
  const shortName = shortNameSchema.parse(shortBatchId({ id: name }));
  return `${slackIdSchema.parse(workspaceId)}/names/${shortName}/`;
}

export function nameKey(batch: Batch): string {
  const { workspaceId, channelId, id } = batchReferenceSchema.parse(batch);
  return `${namedPrefix(workspaceId, id)}${channelId}/${id}`;
}

/** The reverse; undefined for any other key. */
export function readNameKey(key: string): BatchReference | undefined {
  const [workspaceId, , , channelId, id] = key.split('/');
  return batchReferenceSchema.safeParse({ workspaceId, channelId, id }).data;
}

const shortNameSchema = z.string().regex(/^[0-9a-hjkmnp-tv-z]{6}$/);
/** Crockford's Base32, the alphabet of ULIDs. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const mirrored = new Map([...digits].map((digit, index) => [digit, digits.at(-1 - index)]));

/** Replaces each digit by its opposite, so that a later ID sorts earlier: S3 lists in ascending order only. Applied twice, it is the ID again. */
function mirror(id: string): string {
  return [...id].map((digit) => mirrored.get(digit) ?? digit).join('');
}

/** Every user's folder is under this one. */
export function peoplePrefix(workspaceId: string): string {
  return `${slackIdSchema.parse(workspaceId)}/people/`;
}

/** Within a user's folder. */
export const draftsFolder = 'drafts/';

/** The reverse; undefined for any other key. */
export function readDraftKey(key: string): DraftReference | undefined {
  const [workspaceId, , userId, , id] = key.split('/');
  const reference = draftReferenceSchema.safeParse({ workspaceId, userId, id }).data;
  return reference && draftKey(reference) === key ? reference : undefined;
}

/** Removed once its batch begins. */
export function draftKey(reference: DraftReference): string {
  const { workspaceId, userId, id } = draftReferenceSchema.parse(reference);
  return `${peoplePrefix(workspaceId)}${userId}/${draftsFolder}${id}/draft.json`;
}

/** A user's defaults. */
export function preferencesKey(reference: Person): string {
  const { workspaceId, userId } = personSchema.parse(reference);
  return `${workspaceId}/people/${userId}.json`;
}

/** What a user, or the whole workspace, asked for on one day. User IDs are upper case, so none is `workspace`. */
export function usageKey(reference: UsageReference): string {
  const { workspaceId, day, userId } = usageReferenceSchema.parse(reference);
  return `${workspaceId}/usage/${day}/${userId ?? 'workspace'}.json`;
}

/** A workspace's open jobs, together, so that finding them does not take a listing of the rest of the bucket. */
export function jobPrefix(workspaceId: string): string {
  return `${slackIdSchema.parse(workspaceId)}/open/`;
}

export function jobKey(reference: JobReference): string {
  const { workspaceId, id } = jobReferenceSchema.parse(reference);
  return `${jobPrefix(workspaceId)}${id}.json`;
}

export function imageKey(reference: BatchReference, image: { number: number; mediaType: ImageMediaType }): string {
  return `${batchFolder(reference)}/${image.number}.${extensions[image.mediaType]}`;
}
