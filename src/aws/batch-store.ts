import { type Batch, type BatchReference, batchSchema } from '../core/batch.js';
import { type BatchStore, type StoredBatch, UnreadableBatchError } from '../core/batch-store.js';
import { batchKey } from '../core/keys.js';
import { changeJson } from './change-json.js';
import { type Bucket, getJson, isWriteLost, parseJson, putJson } from './json-object.js';

/**
 * `batch.json` beside its pictures, written with conditional PUTs.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function createBatchStore(bucket: Bucket): BatchStore {
  return {
    create: (batch) => create(bucket, batch),
    load: (reference) => load(bucket, reference),
    change: (stored, apply) => change(bucket, stored, apply),
  };
}

/** Ids are never used twice, so a record that is there already is our own write, made again after its answer was lost. */
async function create(bucket: Bucket, batch: Batch): Promise<StoredBatch> {
  try {
    return { batch, etag: await putJson(bucket, batchKey(batch), batch, { IfNoneMatch: '*' }) };
  } catch (error) {
    const written = isWriteLost(error) ? await load(bucket, batch) : undefined;
    if (!written) throw error;
    return written;
  }
}

async function load(bucket: Bucket, reference: BatchReference): Promise<StoredBatch | undefined> {
  const key = batchKey(reference);
  const object = await getJson(bucket, key);
  return object && { batch: parseBatch(object.text, key), etag: object.etag };
}

async function change(
  bucket: Bucket,
  { batch, etag }: StoredBatch,
  apply: (batch: Batch) => Batch,
): Promise<StoredBatch> {
  const changed = await changeJson<Batch>(bucket, batchKey(batch), {
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

function parseBatch(text: string, key: string): Batch {
  try {
    return parseJson(text, batchSchema);
  } catch (cause) {
    throw new UnreadableBatchError(`${key} is no batch record of a version that this app knows.`, { cause });
  }
}
