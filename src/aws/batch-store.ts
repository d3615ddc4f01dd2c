import { S3ServiceException } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { type Batch, type BatchReference, batchSchema, slackIdSchema } from '../core/batch.js';
import { type BatchStore, type StoredBatch, UnreadableBatchError } from '../core/batch-store.js';
import { batchKey, placeKey } from '../core/keys.js';
import { type Bucket, getJson, NotJsonError, putJson } from './json-object.js';

/** Another writer was first: 412 by the condition, 409 where two raced. */
const lostStatuses: readonly (number | undefined)[] = [409, 412];
/** A race ends after as many rounds as there are writers; clicks and pictures of one batch are a handful. */
const mostAttempts = 12;

/**
 * `batch.json` beside its pictures, written with conditional PUTs.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function createBatchStore(bucket: Bucket): BatchStore {
  return {
    create: (batch) => create(bucket, batch),
    async addPlace(batch, channelId) {
      const { channelId: home } = batch;
      await putJson(bucket, placeKey({ ...batch, channelId }), { channelId: home });
    },
    load: (reference) => loadFromAnywhere(bucket, reference),
    change: (stored, apply) => change(bucket, stored, apply),
  };
}

/** Ids are never used twice, so a record that is there already is our own write, made again after its answer was lost. */
async function create(bucket: Bucket, batch: Batch): Promise<StoredBatch> {
  try {
    return await put(bucket, batch, { IfNoneMatch: '*' });
  } catch (error) {
    const written = isLost(error) ? await load(bucket, batch) : undefined;
    if (!written) throw error;
    return written;
  }
}

const placeSchema = z.object({ channelId: slackIdSchema });

async function loadFromAnywhere(bucket: Bucket, reference: BatchReference): Promise<StoredBatch | undefined> {
  const stored = await load(bucket, reference);
  if (stored) return stored;
  const place = await getJson(bucket, placeKey(reference));
  return place && load(bucket, { ...reference, ...placeSchema.parse(place.value) });
}

async function load(bucket: Bucket, reference: BatchReference): Promise<StoredBatch | undefined> {
  const key = batchKey(reference);
  try {
    const object = await getJson(bucket, key);
    return object && { batch: batchSchema.parse(object.value), etag: object.etag };
  } catch (cause) {
    if (!(cause instanceof NotJsonError || cause instanceof z.ZodError)) throw cause;
    throw new UnreadableBatchError(`${key} is no batch record of a version that this app knows.`, { cause });
  }
}

async function change(bucket: Bucket, stored: StoredBatch, apply: (batch: Batch) => Batch): Promise<StoredBatch> {
  let current = stored;
  for (let attempt = 1; ; attempt += 1) {
    const changed = apply(current.batch);
    if (changed === current.batch) return current;
    try {
      const next = { ...changed, revision: current.batch.revision + 1 };
      return await put(bucket, next, { IfMatch: current.etag });
    } catch (error) {
      const latest = isLost(error) && attempt < mostAttempts ? await load(bucket, stored.batch) : undefined;
      if (!latest) throw error;
      current = latest;
    }
  }
}

async function put(bucket: Bucket, batch: Batch, condition: Parameters<typeof putJson>[3]): Promise<StoredBatch> {
  return { batch, etag: await putJson(bucket, batchKey(batch), batch, condition) };
}

function isLost(error: unknown): boolean {
  return error instanceof S3ServiceException && lostStatuses.includes(error.$metadata.httpStatusCode);
}
