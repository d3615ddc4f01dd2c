import { describe, expect, test } from 'vitest';
import { createBatchStore } from '../../src/aws/batch-store.js';
import { createDraftStore } from '../../src/aws/draft-store.js';
import { type Bucket, createJson } from '../../src/aws/json-object.js';
import { batchKey } from '../../src/aws/keys.js';
import { createMarkerStore } from '../../src/aws/marker-store.js';
import { createPreferencesStore } from '../../src/aws/preferences-store.js';
import { createUsageStore } from '../../src/aws/usage-store.js';
import { type Batch, batchSchema } from '../../src/core/batch/batch.js';
import type { WorkMarker } from '../../src/core/batch/job.js';
import { exampleBatch, storedImage } from '../core/example-batch.js';
import { createRecordingLog } from '../core/recording-log.js';
import { startBucket } from './bucket-server.js';

const batch = exampleBatch();
const oddBatch: Batch = { ...batch, images: [storedImage(1, -1)] };
const person = { workspaceId: batch.workspaceId, userId: batch.requesterId };
const { id } = batch;
const marker: WorkMarker = {
  version: 1,
  workspaceId: batch.workspaceId,
  id,
  batch: { workspaceId: batch.workspaceId, channelId: batch.channelId, id },
  task: { kind: 'draw', seeds: [42] },
  failures: 0,
  lease: { owner: 'one', expiresAt: '2026-11-20T10:00:00.000Z' },
};
const log = createRecordingLog();

type Write = (bucket: Bucket) => Promise<unknown>;

const writes: [kind: string, write: Write][] = [
  ['batch that begins', (bucket) => createBatchStore(bucket).create(oddBatch)],
  [
    'draft',
    (bucket) =>
      createDraftStore(bucket, log).save({
        version: 1,
        ...person,
        id,
        channelId: batch.channelId,
        responseUrl: 'none',
      }),
  ],
  [
    'person’s defaults',
    (bucket) => createPreferencesStore(bucket, log).save(person, { version: 1, aspectRatio: '1e3:1' }),
  ],
  [
    'counter',
    (bucket) =>
      createUsageStore(bucket).change({ ...person, day: '2026-11-20' }, (usage) => ({
        ...usage,
        batches: { [id]: { pictures: -1 } },
      })),
  ],
  ['marker that begins', (bucket) => createMarkerStore(bucket).create({ ...marker, failures: -1 })],
];

describe('what its own schema does not read is not written', () => {
  test.each(writes)('as a %s', async (_kind, write) => {
    const { s3, ...bucket } = await startBucket();
    await expect(write(bucket)).rejects.toThrow('would be unreadable, so it was not written');
    expect(s3.objects(bucket.bucket)).toEqual([]);
  });

  test('over a batch', async () => {
    const store = createBatchStore(await startBucket());
    const stored = await store.create(batch);
    await expect(store.change(stored, () => oddBatch)).rejects.toThrow('would be unreadable');
    expect((await store.load(batch))?.batch).toEqual(batch);
  });

  test('over a marker', async () => {
    const store = createMarkerStore(await startBucket());
    const stored = await store.create(marker);
    await expect(store.replace(stored, { ...marker, failures: 0.5 })).rejects.toThrow('would be unreadable');
    expect((await store.load(marker))?.marker).toEqual(marker);
  });

  test('though its values are lost only in JSON', async () => {
    const bucket = await startBucket();
    const withoutCount = { ...batch, revision: Number.NaN };
    await expect(createJson(bucket, batchKey(batch), batchSchema, withoutCount)).rejects.toThrow('would be unreadable');
  });
});
