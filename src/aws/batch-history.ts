import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { BatchReference } from '../core/batch/batch.js';
import type { BatchHistory } from '../core/batch/history.js';
import { type Bucket, putJson } from './json-object.js';
import { namedPrefix, nameKey, ownKey, ownPrefix, readNameKey, readOwnKey } from './keys.js';

const entrySchema = z.object({});

/**
 * Two objects a batch, whose keys say all: one under the person, one under the batch's name. So the last ten batches
 * of a person, and a batch by its name, cost one listing of a handful of keys each, however many years the bucket holds.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html lists forwards only, hence the mirrored ids.
 */
export function createBatchHistory(bucket: Bucket): BatchHistory {
  return {
    async enter(batch) {
      await Promise.all([ownKey(batch), nameKey(batch)].map((key) => putJson(bucket, key, entrySchema, {})));
    },
    newest: (person, count) => list(bucket, ownPrefix(person), count, readOwnKey),
    async named(workspaceId, name) {
      const found = await list(bucket, namedPrefix(workspaceId, name), maxOfOneName, readNameKey);
      return found.filter(({ id }) => id.endsWith(name.toUpperCase()));
    },
  };
}

/** Six characters make a thousand million names. */
const maxOfOneName = 10;

async function list(
  { client, bucket }: Bucket,
  prefix: string,
  count: number,
  read: (key: string) => BatchReference | undefined,
): Promise<BatchReference[]> {
  const { Contents = [] } = await client.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: count }),
  );
  return Contents.flatMap(({ Key = '' }) => read(Key) ?? []);
}
