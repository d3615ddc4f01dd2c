import { z } from 'zod';
import { type Batch, type BatchReference, batchSchema, slackIdSchema } from '../core/batch/batch.js';
import { type BatchStore, type StoredBatch, UnreadableBatchError } from '../core/batch/batch-store.js';
import { changeJson } from './change-json.js';
import { type Bucket, createJson, getJson, parseJson, putJson } from './json-object.js';
import { batchKey, placeKey } from './keys.js';

/**
 * `batch.json` beside its images, written with conditional PUTs.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function createBatchStore(bucket: Bucket): BatchStore {
  return {
    create: async (batch) => ({ batch, etag: await createJson(bucket, batchKey(batch), batchSchema, batch) }),
    async addPlace(batch, channelId) {
      const { channelId: home } = batch;
      await putJson(bucket, placeKey({ ...batch, channelId }), placeSchema, { channelId: home });
    },
    load: (reference) => loadFromAnywhere(bucket, reference),
    change: (stored, apply) => change(bucket, stored, apply),
  };
}

const placeSchema = z.object({ channelId: slackIdSchema });

async function loadFromAnywhere(bucket: Bucket, reference: BatchReference): Promise<StoredBatch | undefined> {
  const stored = await load(bucket, reference);
  if (stored) return stored;
  const place = await getJson(bucket, placeKey(reference));
  return place && load(bucket, { ...reference, ...parseRecord(place.text, placeSchema, placeKey(reference)) });
}

async function load(bucket: Bucket, reference: BatchReference): Promise<StoredBatch | undefined> {
  const key = batchKey(reference);
  const object = await getJson(bucket, key);
  return object && { batch: parseRecord(object.text, batchSchema, key), etag: object.etag };
}

async function change(
  bucket: Bucket,
  { batch, etag }: StoredBatch,
  apply: (batch: Batch) => Batch,
): Promise<StoredBatch> {
  const changed = await changeJson(bucket, batchKey(batch), batchSchema, {
    current: { value: batch, etag },
    apply(latest) {
      const next = apply(latest);
      return next === latest ? latest : { ...next, revision: latest.revision + 1 };
    },
    async reload() {
      const stored = await load(bucket, batch);
      return stored && { value: stored.batch, etag: stored.etag };
    },
  });
  return { batch: changed.value, etag: changed.etag ?? etag };
}

function parseRecord<Value>(text: string, schema: z.ZodType<Value>, key: string): Value {
  try {
    return schema.parse(parseJson(text));
  } catch (cause) {
    throw new UnreadableBatchError(`${key} is no batch record of a version that this app knows.`, { cause });
  }
}
