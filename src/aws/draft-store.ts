import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { type DraftStore, draftSchema } from '../core/draft.js';
import { draftKey } from '../core/keys.js';
import { type Bucket, getJson, putJson } from './json-object.js';

/** `draft.json`, there while a modal is open. */
export function createDraftStore(bucket: Bucket): DraftStore {
  return {
    async save(draft) {
      await putJson(bucket, draftKey(draft), draft);
    },
    async load(reference) {
      const object = await getJson(bucket, draftKey(reference));
      return object && draftSchema.safeParse(object.value).data;
    },
    async remove(reference) {
      await bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.bucket, Key: draftKey(reference) }));
    },
  };
}
