import { expect, test } from 'vitest';
import { batchKey } from '../../src/aws/keys.js';
import { putJson } from '../../src/aws/records.js';
import { createStores } from '../../src/aws/stores.js';
import { batchSchema } from '../../src/core/batch/batch.js';
import { exampleBatch } from '../core/example-batch.js';
import { startBucket } from './bucket-server.js';

test('a new record is written again if S3 asks for that, though no one else wrote it', async () => {
  const bucket = await startBucket();
  bucket.s3.faults.add({ kind: 'error', code: 'ConditionalRequestConflict' });
  const batch = exampleBatch();
  const { batches } = createStores(bucket);
  expect(await batches.create(batch)).toEqual(await batches.load(batch));
});

test('fields of a newer release survive when this one writes the record', async () => {
  const bucket = await startBucket();
  const { batches } = createStores(bucket);
  const newer = { ...exampleBatch(), rating: { stars: 5 }, tags: ['fox'] };
  await putJson(bucket, batchKey(newer), batchSchema, newer);
  const stored = await batches.load(newer);
  if (!stored) throw new Error('no record');
  const finishedAt = '2026-11-20T10:00:30.000Z';
  await batches.change(stored, (batch) => ({ ...batch, finishedAt }));
  const written: unknown = JSON.parse(String(bucket.s3.objects('images')[0]?.bytes));
  expect(written).toEqual({ ...newer, finishedAt, revision: 1 });
});
