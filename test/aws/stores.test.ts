import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { batchKey, draftKey, jobKey, preferencesKey, usageKey } from '../../src/aws/keys.js';
import { putJson } from '../../src/aws/records.js';
import { createStores, type Stores } from '../../src/aws/stores.js';
import { batchSchema } from '../../src/core/batch/batch.js';
import { exampleBatch, storedImage } from '../core/example-batch.js';
import { startBucket } from './bucket-server.js';

const batch = exampleBatch();
const { workspaceId, id } = batch;
const person = { workspaceId, userId: batch.requesterId };
const counter = { ...person, day: '2026-11-20' };
const draft = { version: 1, ...person, id, channelId: batch.channelId, responseUrl: 'none' } as const;
const oddBatch = { ...batch, images: [storedImage(1, -1)] };

test('a new record is written again if S3 asks for that, though no one else wrote it', async () => {
  const bucket = await startBucket();
  bucket.s3.faults.add({ kind: 'error', code: 'ConditionalRequestConflict' });
  const { batches } = createStores(bucket);
  expect(await batches.create(batch)).toEqual(await batches.load(batch));
});

test('fields of a newer release survive when this one writes the record', async () => {
  const bucket = await startBucket();
  const { batches } = createStores(bucket);
  const newer = { ...batch, rating: { stars: 5 }, tags: ['fox'] };
  await putJson(bucket, batchKey(newer), batchSchema, newer);
  const stored = await batches.load(newer);
  if (!stored) throw new Error('no record');
  const finishedAt = '2026-11-20T10:00:30.000Z';
  await batches.change(stored, (before) => ({ ...before, finishedAt }));
  const written: unknown = JSON.parse(String(bucket.s3.objects('images')[0]?.bytes));
  expect(written).toEqual({ ...newer, finishedAt, revision: 1 });
});

test('defaults that were never saved are empty', async () => {
  const { preferences } = createStores(await startBucket());
  expect(await preferences.load(person)).toEqual({ version: 1 });
});

describe('a record that cannot be read fails with its key, and quotes nothing of it', () => {
  test.each<[what: string, text: string, key: string, load: (stores: Stores) => Promise<unknown>]>([
    ['a batch cut short', '{"version":1,"prompt":"a red', batchKey(batch), ({ batches }) => batches.load(batch)],
    ['a job that is not JSON', 'a red fox', jobKey(draft), ({ jobs }) => jobs.load(draft)],
    ['an empty draft', '', draftKey(draft), ({ drafts }) => drafts.load(draft)],
    [
      'defaults of a later version',
      '{"version":99}',
      preferencesKey(person),
      (stores) => stores.preferences.load(person),
    ],
    ['a counter of a later version', '{"version":99}', usageKey(counter), ({ usage }) => usage.load(counter)],
  ])('%s', async (_what, text, key, load) => {
    const bucket = await startBucket();
    await bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucket, Key: key, Body: Buffer.from(text) }));
    const error: unknown = await load(createStores(bucket)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'UnreadableRecordError', message: expect.stringContaining(key) });
    expect(String(error instanceof Error && error.cause)).not.toContain('red');
  });
});

describe('what its own schema does not read is not written', () => {
  test.each<[what: string, write: (stores: Stores) => Promise<unknown>]>([
    ['a batch that begins', ({ batches }) => batches.create(oddBatch)],
    ['a value that is lost only in JSON', ({ batches }) => batches.create({ ...batch, revision: Number.NaN })],
    ['a draft', ({ drafts }) => drafts.save(draft)],
    ['defaults', ({ preferences }) => preferences.save(person, { version: 1, aspectRatio: '1e3:1' })],
    [
      'a counter',
      ({ usage }) => usage.change(counter, (before) => ({ ...before, batches: { [id]: { pictures: -1 } } })),
    ],
  ])('%s', async (_what, write) => {
    const { s3, ...bucket } = await startBucket();
    await expect(write(createStores(bucket))).rejects.toThrow('would be unreadable, so it was not written');
    expect(s3.objects(bucket.bucket)).toEqual([]);
  });

  test('over one that is there', async () => {
    const { batches } = createStores(await startBucket());
    const stored = await batches.create(batch);
    await expect(batches.change(stored, () => oddBatch)).rejects.toThrow('would be unreadable');
    expect((await batches.load(batch))?.value).toEqual(batch);
  });
});
