import { expect, test } from 'vitest';
import { z } from 'zod';
import { putJson } from '../../src/aws/json-object.js';
import { createMarkerStore } from '../../src/aws/marker-store.js';
import type { WorkMarker } from '../../src/core/batch/job.js';
import { startBucket } from './bucket-server.js';

const marker: WorkMarker = {
  version: 1,
  workspaceId: 'T0WORK',
  id: '01JCZZZZZZZZZZZZZZZZ7F3A2C',
  batch: { workspaceId: 'T0WORK', channelId: 'C0ROOM', id: '01JCZZZZZZZZZZZZZZZZ7F3A2D' },
  task: { kind: 'pick' },
  failures: 0,
  lease: { owner: 'one', expiresAt: '2026-11-20T10:00:30.000Z' },
};
const key = 'T0WORK/open/01JCZZZZZZZZZZZZZZZZ7F3A2C.json';
const byOwner = (owner: string): WorkMarker => ({ ...marker, lease: { ...marker.lease, owner } });

async function startStore() {
  const { s3, ...bucket } = await startBucket();
  return { s3, bucket, markers: createMarkerStore(bucket) };
}

test('a marker lies where only open work lies, and is gone once removed', async () => {
  const { s3, markers } = await startStore();
  await markers.create(marker);
  expect(s3.objects('images').map((object) => object.key)).toEqual([key]);
  expect((await markers.load(marker))?.marker).toEqual(marker);
  await markers.remove(marker);
  expect(await markers.load(marker)).toBeUndefined();
});

test('of two that replace a marker one does', async () => {
  const { markers } = await startStore();
  const stored = await markers.create(marker);
  const replaced = await Promise.all(['two', 'three'].map((owner) => markers.replace(stored, byOwner(owner))));
  const winners = replaced.filter((outcome) => outcome !== undefined);
  expect(winners).toHaveLength(1);
  expect((await markers.load(marker))?.marker).toEqual(winners[0]?.marker);
});

test('a marker that is gone is not put back', async () => {
  const { s3, markers } = await startStore();
  const stored = await markers.create(marker);
  await markers.remove(marker);
  expect(await markers.replace(stored, byOwner('two'))).toBeUndefined();
  expect(s3.objects('images')).toEqual([]);
});

test('a write whose answer was lost counts as made', async () => {
  const { s3, markers } = await startStore();
  const isWrite = { when: ({ operation }: { operation: string }) => operation === 'PutObject' };
  s3.faults.add({ kind: 'answer lost' }, isWrite);
  const stored = await markers.create(marker);
  s3.faults.add({ kind: 'answer lost' }, isWrite);
  expect(await markers.replace(stored, byOwner('two'))).toMatchObject({ marker: { lease: { owner: 'two' } } });
});

test('a marker that a newer version wrote cannot be read, and is not replaced', async () => {
  const { bucket, markers } = await startStore();
  const stored = await markers.create(marker);
  await putJson(bucket, key, z.unknown(), { ...marker, version: 2 });
  await expect(markers.load(marker)).rejects.toThrow(key);
  expect(await markers.replace(stored, byOwner('two'))).toBeUndefined();
});

test('every page of open work is listed, and nothing else in the bucket', async () => {
  const { s3, bucket, markers } = await startStore();
  const ids = Array.from({ length: 1001 }, (_, index) => `01JCZZZZZZZZZZZZZZZZ7F${String(index).padStart(4, '0')}`);
  await Promise.all(ids.map((id) => putJson(bucket, `T0WORK/open/${id}.json`, z.unknown(), {})));
  for (const other of ['T0WORK/C0ROOM/batch.json', 'T0WORK/open/notes.txt', 'T0WORK/open/x.json', 'T0OTHER/open/x']) {
    await putJson(bucket, other, z.unknown(), {});
  }
  expect((await markers.list('T0WORK')).map(({ id }) => id)).toEqual(ids);
  expect(s3.requests().filter(({ operation }) => operation === 'ListObjectsV2')).toHaveLength(2);
});
