import { DeleteObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { Log } from '../core/log.js';
import { type DraftReference, type DraftStore, draftReferenceSchema, draftSchema } from '../core/prompt/draft.js';
import { type Bucket, loadJson, putJson } from './json-object.js';
import { draftKey, draftsFolder, peoplePrefix, readDraftKey } from './keys.js';

/** `draft.json`, there while a modal is open. A modal that names an impossible id has no draft; that is no fault of the bucket. */
export function createDraftStore(bucket: Bucket, log: Log): DraftStore {
  return {
    async save(draft) {
      await putJson(bucket, draftKey(draft), draftSchema, draft);
    },
    load: async (reference) =>
      isPossible(reference) ? loadJson(bucket, draftKey(reference), draftSchema, log) : undefined,
    async remove(reference) {
      if (!isPossible(reference)) return;
      await remove(bucket, draftKey(reference));
    },
    async removeBefore(workspaceId, id, stopped) {
      let removed = 0;
      for await (const { CommonPrefixes = [] } of list(bucket, peoplePrefix(workspaceId), '/')) {
        for (const { Prefix: person = '' } of CommonPrefixes) {
          if (stopped.aborted) return removed;
          removed += await removeOfPerson(bucket, person, id);
        }
      }
      return removed;
    },
  };
}

async function removeOfPerson(bucket: Bucket, person: string, beforeId: string): Promise<number> {
  let removed = 0;
  for await (const { Contents = [] } of list(bucket, person + draftsFolder)) {
    const keys = Contents.map(({ Key = '' }) => Key);
    const old = keys.filter((key) => (readDraftKey(key)?.id ?? beforeId) < beforeId);
    await Promise.all(old.map((key) => remove(bucket, key)));
    removed += old.length;
  }
  return removed;
}

function list({ client, bucket }: Bucket, Prefix: string, Delimiter?: string) {
  return paginateListObjectsV2({ client }, { Bucket: bucket, Prefix, ...(Delimiter && { Delimiter }) });
}

async function remove({ client, bucket }: Bucket, key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

function isPossible(reference: DraftReference): boolean {
  return draftReferenceSchema.safeParse(reference).success;
}
