import { expect, test } from 'vitest';
import { z } from 'zod';
import { putJson } from '../../src/aws/records.js';
import { createStores } from '../../src/aws/stores.js';
import type { JobRecord } from '../../src/core/batch/job.js';
import { startBucket } from './bucket-server.js';

const job: JobRecord = {
  version: 1,
  workspaceId: 'T0WORK',
  id: '01JCZZZZZZZZZZZZZZZZ7F3A2C',
  batch: { workspaceId: 'T0WORK', channelId: 'C0ROOM', id: '01JCZZZZZZZZZZZZZZZZ7F3A2D' },
  task: { kind: 'pick' },
  failures: 0,
  owner: '01JCZZZZZZZZZZZZZZZZZZZZZ1',
};
const key = 'T0WORK/open/01JCZZZZZZZZZZZZZZZZ7F3A2C.json';
const [two, three] = ['01JCZZZZZZZZZZZZZZZZZZZZZ2', '01JCZZZZZZZZZZZZZZZZZZZZZ3'];
const byOwner = (owner: string): JobRecord => ({ ...job, owner });

async function startStore() {
  const { s3, ...bucket } = await startBucket();
  return { s3, bucket, jobs: createStores(bucket).jobs };
}

test('a job record is among the open jobs, and gone once removed', async () => {
  const { s3, jobs } = await startStore();
  await jobs.create(job);
  expect(s3.objects('images').map((object) => object.key)).toEqual([key]);
  expect((await jobs.load(job))?.value).toEqual(job);
  await jobs.remove(job);
  expect(await jobs.load(job)).toBeUndefined();
});

test('of two that replace a job record one does', async () => {
  const { jobs } = await startStore();
  const stored = await jobs.create(job);
  const replaced = await Promise.all([two, three].map((owner) => jobs.replace(stored, byOwner(owner))));
  const winners = replaced.filter((outcome) => outcome !== undefined);
  expect(winners).toHaveLength(1);
  expect((await jobs.load(job))?.value).toEqual(winners[0]?.value);
});

test('a job record that is gone is not put back', async () => {
  const { s3, jobs } = await startStore();
  const stored = await jobs.create(job);
  await jobs.remove(job);
  expect(await jobs.replace(stored, byOwner(two))).toBeUndefined();
  expect(s3.objects('images')).toEqual([]);
});

test('a write whose answer was lost counts as made', async () => {
  const { s3, jobs } = await startStore();
  const isWrite = { when: ({ operation }: { operation: string }) => operation === 'PutObject' };
  s3.faults.add({ kind: 'answer lost' }, isWrite);
  const stored = await jobs.create(job);
  s3.faults.add({ kind: 'answer lost' }, isWrite);
  expect(await jobs.replace(stored, byOwner(two))).toMatchObject({ value: { owner: two } });
});

test('a write whose outcome the bucket does not tell is not taken for another process’s', async () => {
  const { s3, jobs } = await startStore();
  const stored = await jobs.create(job);
  s3.faults.add({ kind: 'answer lost' }, { when: ({ operation }) => operation === 'PutObject' });
  s3.faults.add(
    { kind: 'error', code: 'ExpiredToken' },
    { times: 5, when: ({ operation }) => operation === 'GetObject' },
  );
  await expect(jobs.replace(stored, byOwner(two))).rejects.toMatchObject({ name: 'ExpiredToken' });
});

test('a job record of a release that held jobs by leases can be read, and goes to one owner', async () => {
  const { bucket, jobs } = await startStore();
  const { owner: _, ...leased } = { ...job, lease: { owner: 'one', expiresAt: '2026-11-20T10:00:30.000Z' } };
  await putJson(bucket, key, z.unknown(), leased);
  const stored = await jobs.load(job);
  if (!stored) throw new Error('no record');
  expect(stored.value).toEqual({ ...leased, lease: { expiresAt: leased.lease.expiresAt } });
  expect(await jobs.replace(stored, job)).toMatchObject({ value: job });
  expect((await jobs.load(job))?.value).toEqual(job);
});

test('a job record of a newer version cannot be read, and is not replaced', async () => {
  const { bucket, jobs } = await startStore();
  const stored = await jobs.create(job);
  await putJson(bucket, key, z.unknown(), { ...job, version: 2 });
  await expect(jobs.load(job)).rejects.toThrow(key);
  expect(await jobs.replace(stored, byOwner(two))).toBeUndefined();
});

test('every page of open jobs is listed, and nothing else in the bucket', async () => {
  const { s3, bucket, jobs } = await startStore();
  bucket.client.middlewareStack.add((next, { commandName }) => (args) => {
    if (commandName === 'ListObjectsV2Command') Object.assign(args.input, { MaxKeys: 2 });
    return next(args);
  });
  const ids = ['A', 'B', 'C'].map((end) => `01JCZZZZZZZZZZZZZZZZ7F3A2${end}`);
  const others = ['T0WORK/C0ROOM/batch.json', 'T0WORK/open/notes.txt', 'T0WORK/open/x.json', 'T0OTHER/open/x'];
  for (const written of [...ids.map((id) => `T0WORK/open/${id}.json`), ...others]) {
    await putJson(bucket, written, z.unknown(), {});
  }
  expect((await jobs.list('T0WORK')).map(({ id }) => id)).toEqual(ids);
  expect(s3.requests().filter(({ operation }) => operation === 'ListObjectsV2')).toHaveLength(3);
});
