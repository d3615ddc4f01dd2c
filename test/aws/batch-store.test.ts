import { expect, test } from 'vitest';
import { createBatchStore } from '../../src/aws/batch-store.js';
import { getJson, putJson } from '../../src/aws/json-object.js';
import { batchKey } from '../../src/aws/keys.js';
import { batchSchema } from '../../src/core/batch/batch.js';
import { exampleBatch } from '../core/example-batch.js';
import { startBucket } from './bucket-server.js';

test('a new record is written again where S3 asks for that, though nobody else wrote it', async () => {
  const bucket = await startBucket();
  bucket.s3.faults.add({ kind: 'error', code: 'ConditionalRequestConflict' });
  const batch = exampleBatch();
  const { etag } = await createBatchStore(bucket).create(batch);
  expect(await getJson(bucket, batchKey(batch))).toMatchObject({ etag });
});

test('what a newer release keeps in a record survives when this one writes it', async () => {
  const bucket = await startBucket();
  const batches = createBatchStore(bucket);
  const newer = { ...exampleBatch(), rating: { stars: 5 }, tags: ['fox'] };
  await putJson(bucket, batchKey(newer), batchSchema, newer);
  const stored = await batches.load(newer);
  if (!stored) throw new Error('no record');
  const finishedAt = '2026-11-20T10:00:30.000Z';
  await batches.change(stored, (batch) => ({ ...batch, finishedAt }));
  const written: unknown = JSON.parse((await getJson(bucket, batchKey(newer)))?.text ?? '');
  expect(written).toEqual({ ...newer, finishedAt, revision: 1 });
});
