import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import {
  type MarkerStore,
  type StoredMarker,
  type WorkMarker,
  type WorkReference,
  workMarkerSchema,
  workReferenceSchema,
} from '../core/batch/job.js';
import { type Bucket, createJson, getJson, isWriteLost, parseJson, putJson } from './json-object.js';
import { workKey, workPrefix } from './keys.js';

/** `open/<work id>.json`, written with conditional PUTs: of two processes that want the same work one gets it. */
export function createMarkerStore(bucket: Bucket): MarkerStore {
  return {
    create: async (marker) => ({ marker, etag: await createJson(bucket, workKey(marker), workMarkerSchema, marker) }),
    load: (reference) => load(bucket, reference),
    replace: (stored, marker) => replace(bucket, stored, marker),
    async remove(reference) {
      await bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.bucket, Key: workKey(reference) }));
    },
    list: (workspaceId) => list(bucket, workspaceId),
  };
}

async function load(bucket: Bucket, reference: WorkReference): Promise<StoredMarker | undefined> {
  const object = await getJson(bucket, workKey(reference));
  if (!object) return undefined;
  const marker = parseMarker(object.text, reference);
  if (!marker)
    throw new Error(
      `${workKey(reference)} is not a marker that this version can read. If no newer version wrote it, delete it.`,
    );
  return { marker, etag: object.etag };
}

function parseMarker(text: string, { id, workspaceId }: WorkReference): WorkMarker | undefined {
  try {
    const marker = workMarkerSchema.parse(parseJson(text));
    return marker.id === id && marker.workspaceId === workspaceId ? marker : undefined;
  } catch {
    return undefined;
  }
}

async function replace(bucket: Bucket, stored: StoredMarker, marker: WorkMarker): Promise<StoredMarker | undefined> {
  try {
    return { marker, etag: await putJson(bucket, workKey(marker), workMarkerSchema, marker, { IfMatch: stored.etag }) };
  } catch (error) {
    if (!isWriteLost(error)) throw error;
    const object = await getJson(bucket, workKey(marker));
    const latest = object && parseMarker(object.text, marker);
    if (!latest || !isSameLease(latest, marker)) return undefined;
    return { marker: latest, etag: object.etag }; // our own write, whose answer was lost
  }
}

function isSameLease({ lease: one }: WorkMarker, { lease: other }: WorkMarker): boolean {
  return one.owner === other.owner && one.expiresAt === other.expiresAt;
}

async function list({ client, bucket }: Bucket, workspaceId: string): Promise<WorkReference[]> {
  const Prefix = workPrefix(workspaceId);
  const found: WorkReference[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, ContinuationToken }));
    for (const { Key = '' } of page.Contents ?? []) {
      const id = /^(.*)\.json$/.exec(Key.slice(Prefix.length))?.[1];
      const reference = workReferenceSchema.safeParse({ workspaceId, id });
      if (reference.success) found.push(reference.data); // what else lies there is not ours
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return found;
}
