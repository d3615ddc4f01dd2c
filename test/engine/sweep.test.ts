import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { SandboxS3 } from '../../sandbox/s3/start-s3.js';
import { createMarkerStore } from '../../src/aws/marker-store.js';
import type { OpenWork, WorkMarker } from '../../src/core/batch/job.js';
import { createLeases } from '../../src/engine/leases.js';
import { createSweep } from '../../src/engine/sweep.js';
import { startBucket } from '../aws/bucket-server.js';
import { createRecordingLog, type RecordingLog } from '../core/recording-log.js';

const ids = ['01JCZZZZZZZZZZZZZZZZ7F3A2A', '01JCZZZZZZZZZZZZZZZZ7F3A2B'];

const marker = (id: string, expiresAt: string): WorkMarker => ({
  version: 1,
  workspaceId: 'T0WORK',
  id,
  batch: { workspaceId: 'T0WORK', channelId: 'C0ROOM', id },
  task: { kind: 'pick' },
  failures: 0,
  lease: { owner: 'dead', expiresAt },
});

/** A process that looks for work once a minute, in a bucket with work whose owner died a moment ago. */
async function startSweep(leaseMilliseconds: number, gapMilliseconds = 60_000) {
  const { s3, ...bucket } = await startBucket();
  const markers = createMarkerStore(bucket);
  const log = createRecordingLog();
  const minute = 60_000;
  for (const id of ids) {
    await markers.create(marker(id, new Date(Date.now() + leaseMilliseconds).toISOString()));
  }
  const resumed: OpenWork[] = [];
  const sweep = createSweep({
    workspaceId: 'T0WORK',
    markers,
    leases: createLeases({
      markers,
      owner: 'alive',
      leaseMilliseconds: minute,
      retryMilliseconds: minute,
      newId: () => '',
      now,
      log,
    }),
    resume: (work) => void resumed.push(work),
    gapMilliseconds,
    now,
    log,
  });
  onTestFinished(() => sweep.stop());
  return { s3, bucket, sweep, resumed, log };
}

const now = () => new Date();
const batchesOf = (works: OpenWork[]) => works.map(({ batch }) => batch.id);

test('work that nobody holds is taken up at once', async () => {
  const { sweep, resumed } = await startSweep(-1000);
  sweep.start();
  await vi.waitFor(() => expect(batchesOf(resumed)).toEqual(ids));
});

test('work that is held is taken up as soon as its lease ends, long before the next look would be', async () => {
  const { sweep, resumed } = await startSweep(1000);
  sweep.start();
  await vi.waitFor(() => expect(batchesOf(resumed)).toEqual(ids), { timeout: 10_000 });
});

test('what cannot be read keeps nobody from the rest', async () => {
  const { s3, sweep, resumed, log } = await startSweep(-1000);
  s3.faults.add(
    { kind: 'error', code: 'AccessDenied' },
    { when: ({ operation, key }) => operation === 'GetObject' && key.includes(`${ids[0]}`) },
  );
  sweep.start();
  await vi.waitFor(() => expect(batchesOf(resumed)).toEqual([ids[1]]));
  expect(log.lines).toContainEqual(expect.objectContaining({ event: 'open work not taken up' }));
});

describe('a marker that', () => {
  const brokenKey = `T0WORK/open/${ids[0]}.json`;
  const looks = (s3: SandboxS3) => s3.requests().filter(({ operation }) => operation === 'ListObjectsV2').length;
  const warnings = (log: RecordingLog) => log.lines.filter(({ event }) => event === 'open work not taken up');

  test.each([
    ['is no JSON', 'a red fox'],
    ['lacks fields', '{"version":1}'],
    ['names other work', JSON.stringify(marker(`${ids[1]}`, '2020-01-01T00:00:00.000Z'))],
    ['is of a later release', '{"version":2}'],
  ])('%s is reported once by its key, however often it is seen, and stays', async (_what, text) => {
    const { s3, bucket, sweep, resumed, log } = await startSweep(-1000, 1);
    await bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucket, Key: brokenKey, Body: text }));
    sweep.start();
    await vi.waitFor(() => expect(looks(s3)).toBeGreaterThan(4), { timeout: 10_000 });
    expect(batchesOf(resumed)).toEqual([ids[1]]);
    expect(warnings(log).map(({ fields }) => String(fields?.error))).toEqual([expect.stringContaining(brokenKey)]);
    expect(String(warnings(log)[0]?.fields?.error)).not.toContain('fox');
    expect(s3.objects(bucket.bucket).map(({ key }) => key)).toContain(brokenKey);
  });

  test('is broken again after it was taken up is reported again', async () => {
    const { s3, bucket, sweep, resumed, log } = await startSweep(-1000, 1);
    const put = (Body: string) =>
      bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucket, Key: brokenKey, Body }));
    const [{ bytes } = { bytes: Buffer.of() }] = s3.objects(bucket.bucket).filter(({ key }) => key === brokenKey);
    await put('a red fox');
    sweep.start();
    await vi.waitFor(() => expect(warnings(log)).toHaveLength(1), { timeout: 10_000 });
    await put(bytes.toString());
    await vi.waitFor(() => expect(batchesOf(resumed)).toContain(ids[0]), { timeout: 10_000 });
    await Promise.all(resumed.map((work) => work.close()));
    await put('a blue fox');
    await vi.waitFor(() => expect(warnings(log)).toHaveLength(2), { timeout: 10_000 });
  });
});

test('a process that stops takes up nothing more', async () => {
  const { s3, sweep, resumed } = await startSweep(60_000);
  sweep.start();
  await vi.waitFor(() => expect(s3.requests().some(({ operation }) => operation === 'GetObject')).toBe(true));
  await sweep.stop();
  expect(resumed).toEqual([]);
});

test('a process that stops in the middle of a look leaves the rest to others', async () => {
  const { s3, sweep, resumed } = await startSweep(-1000);
  const stopAtFirst = ({ operation }: { operation: string }) => {
    if (operation === 'GetObject') void sweep.stop();
    return false;
  };
  s3.faults.add({ kind: 'reset' }, { when: stopAtFirst });
  sweep.start();
  await vi.waitFor(() => expect(s3.requests().some(({ operation }) => operation === 'GetObject')).toBe(true));
  await sweep.stop();
  expect(batchesOf(resumed)).toEqual([ids[0]]);
});
