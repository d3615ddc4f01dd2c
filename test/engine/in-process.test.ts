import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { SandboxS3 } from '../../sandbox/s3/start-s3.js';
import { createStores } from '../../src/aws/stores.js';
import type { Job, JobRecord } from '../../src/core/batch/job.js';
import { createInProcessEngine } from '../../src/engine/in-process.js';
import { createLeases } from '../../src/engine/leases.js';
import { startBucket } from '../aws/bucket-server.js';
import { createRecordingLog, type RecordingLog } from '../core/recording-log.js';

const ids = ['01JCZZZZZZZZZZZZZZZZ7F3A2A', '01JCZZZZZZZZZZZZZZZZ7F3A2B'];

const record = (id: string, expiresAt: string): JobRecord => ({
  version: 1,
  workspaceId: 'T0WORK',
  id,
  batch: { workspaceId: 'T0WORK', channelId: 'C0ROOM', id },
  task: { kind: 'pick' },
  failures: 0,
  lease: { owner: 'dead', expiresAt },
});

/** A process that looks for work once a minute, in a bucket with work whose owner died a moment ago. */
async function startEngine(leaseMilliseconds: number, gapMilliseconds = 60_000) {
  const { s3, ...bucket } = await startBucket();
  const { jobs } = createStores(bucket);
  const log = createRecordingLog();
  const minute = 60_000;
  for (const id of ids) {
    await jobs.create(record(id, new Date(Date.now() + leaseMilliseconds).toISOString()));
  }
  const resumed: Job[] = [];
  const engine = createInProcessEngine({
    workspaceId: 'T0WORK',
    jobs,
    leases: createLeases({
      jobs,
      owner: 'alive',
      leaseMilliseconds: minute,
      retryMilliseconds: minute,
      newId: () => '',
      now,
      log,
    }),
    resume: async (job) => void resumed.push(job),
    gapMilliseconds,
    now,
    log,
  });
  onTestFinished(() => engine.stop());
  return { s3, bucket, engine, resumed, log };
}

const now = () => new Date();
const batchesOf = (jobs: Job[]) => jobs.map(({ batch }) => batch.id);

test('a job that no process holds is resumed at once', async () => {
  const { engine, resumed } = await startEngine(-1000);
  engine.start();
  await vi.waitFor(() => expect(batchesOf(resumed)).toEqual(ids));
});

test('a job is resumed as soon as its lease expires, long before the next regular look', async () => {
  const { engine, resumed } = await startEngine(1000);
  engine.start();
  await vi.waitFor(() => expect(batchesOf(resumed)).toEqual(ids), { timeout: 10_000 });
});

describe('a job record that', () => {
  const brokenKey = `T0WORK/open/${ids[0]}.json`;
  const looks = (s3: SandboxS3) => s3.requests().filter(({ operation }) => operation === 'ListObjectsV2').length;
  const warnings = (log: RecordingLog) => log.lines.filter(({ event }) => event === 'open job not resumed');

  test.each([
    ['is not JSON', 'a red fox'],
    ['lacks fields', '{"version":1}'],
    ['is of a later release', '{"version":2}'],
  ])('%s is reported once by its key, however often it is seen, and stays', async (_what, text) => {
    const { s3, bucket, engine, resumed, log } = await startEngine(-1000, 1);
    await bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucket, Key: brokenKey, Body: text }));
    engine.start();
    await vi.waitFor(() => expect(looks(s3)).toBeGreaterThan(4), { timeout: 10_000 });
    expect(batchesOf(resumed)).toEqual([ids[1]]);
    expect(warnings(log).map(({ fields }) => String(fields?.error))).toEqual([expect.stringContaining(brokenKey)]);
    expect(String(warnings(log)[0]?.fields?.error)).not.toContain('fox');
    expect(s3.objects(bucket.bucket).map(({ key }) => key)).toContain(brokenKey);
  });
});

test('a job that fails again, after it was read in between, is reported again', async () => {
  const { s3, engine, log } = await startEngine(60_000, 1);
  const isFirst = ({ operation, key }: { operation: string; key: string }) =>
    operation === 'GetObject' && key.includes(`${ids[0]}`);
  const reports = () => log.lines.filter(({ event }) => event === 'open job not resumed').length;
  const reads = () => s3.requests().filter(isFirst).length;
  s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: isFirst });
  engine.start();
  await vi.waitFor(() => expect(reads()).toBeGreaterThan(2));
  expect(reports()).toBe(1);
  s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: isFirst });
  await vi.waitFor(() => expect(reports()).toBe(2));
});

test('a process that stops in the middle of a look leaves the rest to other processes', async () => {
  const { s3, engine, resumed } = await startEngine(-1000);
  const stopAtFirst = ({ operation }: { operation: string }) => {
    if (operation === 'GetObject') void engine.stop();
    return false;
  };
  s3.faults.add({ kind: 'reset' }, { when: stopAtFirst });
  engine.start();
  await vi.waitFor(() => expect(s3.requests().some(({ operation }) => operation === 'GetObject')).toBe(true));
  await engine.stop();
  expect(batchesOf(resumed)).toEqual([ids[0]]);
});
