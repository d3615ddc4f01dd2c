import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { type DraftStore, draftSchema } from '../core/draft.js';
import { draftKey } from '../core/keys.js';
import type { Log } from '../core/log.js';
import { type Bucket, loadJson, putJson } from './json-object.js';

/** `draft.json`, there while a modal is open. */
export function createDraftStore(bucket: Bucket, log: Log): DraftStore {
  return {
    async save(draft) {
      await putJson(bucket, draftKey(draft), draft);
    },
    load: (reference) => loadJson(bucket, draftKey(reference), draftSchema, log),
    async remove(reference) {
      await bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.bucket, Key: draftKey(reference) }));
    },
  };
}
