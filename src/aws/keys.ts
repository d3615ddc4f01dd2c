import { z } from 'zod';
import type { Batch } from '../core/batch/batch.js';
import type { PreviewFolder } from '../core/batch/deps.js';
import {
  type JobReference,
  jobReferenceSchema,
  type ProcessReference,
  processReferenceSchema,
} from '../core/batch/job.js';
import { type UsageReference, usageReferenceSchema } from '../core/batch/usage.js';
import {
  type BatchReference,
  batchReferenceSchema,
  type Person,
  personSchema,
  shortBatchId,
  slackIdSchema,
  ulidSchema,
} from '../core/ids.js';
import type { ImageMediaType } from '../core/image-model.js';
import type { DraftReference } from '../core/prompt/draft.js';

/* Every function that makes a key throws if an ID could lead outside its folder. */

const extensions: Record<ImageMediaType, string> = { 'image/png': 'png', 'image/jpeg': 'jpg' };

function batchFolder(reference: BatchReference): string {
  const { workspaceId, channelId, id } = batchReferenceSchema.parse(reference);
  return `${workspaceId}/${channelId}/${id}`;
}

export const batchKey = (reference: BatchReference): string => `${batchFolder(reference)}/batch.json`;

/** In another channel that the batch was brought to: names the channel of its record. */
export const placeKey = (reference: BatchReference): string => `${batchFolder(reference)}/place.json`;

/** 0 is the image that a user gave to work from. */
export const imageKey = (reference: BatchReference, image: { number: number; mediaType: ImageMediaType }): string =>
  `${batchFolder(reference)}/${image.number || 'input'}.${extensions[image.mediaType]}`;

/** A smaller JPEG made of a batch's images, or of none. */
export function previewKey(folder: PreviewFolder, name: string): string {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error('This name of a preview could lead outside its folder.');
  const prefix = 'id' in folder ? batchFolder(folder) : slackIdSchema.parse(folder.workspaceId);
  return `${prefix}/previews/${name}.jpg`;
}

/** Every user's folder is under this one. */
export const peoplePrefix = (workspaceId: string): string => `${slackIdSchema.parse(workspaceId)}/people/`;

function personFolder(person: Person): string {
  const { workspaceId, userId } = personSchema.parse(person);
  return `${peoplePrefix(workspaceId)}${userId}`;
}

/** A user's defaults. */
export const preferencesKey = (person: Person): string => `${personFolder(person)}.json`;

/** Within a user's folder. */
export const draftsFolder = 'drafts/';

/** Removed once its batch begins. */
export const draftKey = ({ id, ...person }: DraftReference): string =>
  `${personFolder(person)}/${draftsFolder}${ulidSchema.parse(id)}/draft.json`;

/** undefined for any other key. */
export const draftIdOf = (key: string): string | undefined =>
  ulidSchema.safeParse(/^\w+\/people\/\w+\/drafts\/(\w+)\/draft\.json$/.exec(key)?.[1]).data;

/** A user's batches, the newest first. */
export const ownPrefix = (person: Person): string => `${personFolder(person)}/batches/`;

export function ownKey(batch: Batch): string {
  const { workspaceId, channelId, id } = batchReferenceSchema.parse(batch);
  return `${ownPrefix({ workspaceId, userId: batch.requesterId })}${mirror(id)}/${channelId}`;
}

/** The reverse; undefined for any other key. */
export function readOwnKey(key: string): BatchReference | undefined {
  const [workspaceId, , , , mirroredId = '', channelId] = key.split('/');
  return batchReferenceSchema.safeParse({ workspaceId, channelId, id: mirror(mirroredId) }).data;
}

const shortNameSchema = z.string().regex(/^[0-9a-hjkmnp-tv-z]{6}$/);

/** @param name a batch ID, or its last six characters, in any case */
export function namedPrefix(workspaceId: string, name: string): string {
  return `${slackIdSchema.parse(workspaceId)}/names/${shortNameSchema.parse(shortBatchId({ id: name }))}/`;
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

/** Crockford's Base32, the alphabet of ULIDs. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Replaces each digit by its opposite, so that a later ID sorts earlier: S3 lists in ascending order only. Applied twice, it is the ID again. */
const mirror = (id: string): string =>
  id.replace(/[0-9A-HJKMNP-TV-Z]/g, (digit) => digits.at(-1 - digits.indexOf(digit)) ?? digit);

/** What a user, or the whole workspace, asked for on one day. User IDs are upper case, so none is `workspace`. */
export function usageKey(reference: UsageReference): string {
  const { workspaceId, day, userId = 'workspace' } = usageReferenceSchema.parse(reference);
  return `${workspaceId}/usage/${day}/${userId}.json`;
}

/** A workspace's open jobs, together, so that finding them does not take a listing of the rest of the bucket. */
export const jobPrefix = (workspaceId: string): string => `${slackIdSchema.parse(workspaceId)}/open/`;

export function jobKey(reference: JobReference): string {
  const { workspaceId, id } = jobReferenceSchema.parse(reference);
  return `${jobPrefix(workspaceId)}${id}.json`;
}

/** A workspace's heartbeats, together. */
export const processPrefix = (workspaceId: string): string => `${slackIdSchema.parse(workspaceId)}/processes/`;

/** The key says all. */
export function processKey(reference: ProcessReference): string {
  const { workspaceId, id, host, pid } = processReferenceSchema.parse(reference);
  return `${processPrefix(workspaceId)}${id}/${host}/${pid}`;
}

/** undefined for anything else under `processes/`. */
export function readProcessKey(key: string): ProcessReference | undefined {
  const [workspaceId, , id, host, pid] = key.split('/');
  const process = processReferenceSchema.safeParse({ workspaceId, id, host, pid: Number(pid) }).data;
  return process && processKey(process) === key ? process : undefined;
}
