import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { type DraftReference, type DraftStore, draftReferenceSchema, draftSchema } from '../core/draft.js';
import { draftKey } from '../core/keys.js';
import type { Log } from '../core/log.js';
import { type Bucket, loadJson, putJson } from './json-object.js';

/** `draft.json`, there while a modal is open. A modal that names an impossible id has no draft; that is no fault of the bucket. */
export function createDraftStore(bucket: Bucket, log: Log): DraftStore {
  return {
    async save(draft) {
      await putJson(bucket, draftKey(draft), draft);
    },
    load: async (reference) =>
      isPossible(reference) ? loadJson(bucket, draftKey(reference), draftSchema, log) : undefined,
    async remove(reference) {
      if (!isPossible(reference)) return;
      await bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.bucket, Key: draftKey(reference) }));
    },
  };
}

function isPossible(reference: DraftReference): boolean {
  return draftReferenceSchema.safeParse(reference).success;
}
