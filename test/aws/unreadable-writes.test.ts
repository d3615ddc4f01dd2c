import { describe, expect, test } from 'vitest';
import type { Bucket } from '../../src/aws/records.js';
import { createStores } from '../../src/aws/stores.js';
import type { Batch } from '../../src/core/batch/batch.js';
import type { JobRecord } from '../../src/core/batch/job.js';
import { exampleBatch, storedImage } from '../core/example-batch.js';
import { startBucket } from './bucket-server.js';

const batch = exampleBatch();
const oddBatch: Batch = { ...batch, images: [storedImage(1, -1)] };
const person = { workspaceId: batch.workspaceId, userId: batch.requesterId };
const { id } = batch;
const job: JobRecord = {
  version: 1,
  workspaceId: batch.workspaceId,
  id,
  batch: { workspaceId: batch.workspaceId, channelId: batch.channelId, id },
  task: { kind: 'draw', seeds: [42] },
  failures: 0,
  lease: { owner: 'one', expiresAt: '2026-11-20T10:00:00.000Z' },
};

type Write = (bucket: Bucket) => Promise<unknown>;

const writes: [kind: string, write: Write][] = [
  ['batch that begins', (bucket) => createStores(bucket).batches.create(oddBatch)],
  [
    'draft',
    (bucket) =>
      createStores(bucket).drafts.save({
        version: 1,
        ...person,
        id,
        channelId: batch.channelId,
        responseUrl: 'none',
      }),
  ],
  ['user’s defaults', (bucket) => createStores(bucket).preferences.save(person, { version: 1, aspectRatio: '1e3:1' })],
  [
    'counter',
    (bucket) =>
      createStores(bucket).usage.change({ ...person, day: '2026-11-20' }, (usage) => ({
        ...usage,
        batches: { [id]: { pictures: -1 } },
      })),
  ],
  ['job that begins', (bucket) => createStores(bucket).jobs.create({ ...job, failures: -1 })],
];

describe('what its own schema does not read is not written', () => {
  test.each(writes)('as a %s', async (_kind, write) => {
    const { s3, ...bucket } = await startBucket();
    await expect(write(bucket)).rejects.toThrow('would be unreadable, so it was not written');
    expect(s3.objects(bucket.bucket)).toEqual([]);
  });

  test('over a batch', async () => {
    const store = createStores(await startBucket()).batches;
    const stored = await store.create(batch);
    await expect(store.change(stored, () => oddBatch)).rejects.toThrow('would be unreadable');
    expect((await store.load(batch))?.value).toEqual(batch);
  });

  test('over a job', async () => {
    const store = createStores(await startBucket()).jobs;
    const stored = await store.create(job);
    await expect(store.replace(stored, { ...job, failures: 0.5 })).rejects.toThrow('would be unreadable');
    expect((await store.load(job))?.value).toEqual(job);
  });

  test('though its values are lost only in JSON', async () => {
    const { batches } = createStores(await startBucket());
    await expect(batches.create({ ...batch, revision: Number.NaN })).rejects.toThrow('would be unreadable');
  });
});
