import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createStores } from '../../src/aws/stores.js';
import type { JobRecords } from '../../src/core/batch/deps.js';
import type { Job } from '../../src/core/batch/job.js';
import { createLeases, type Leases } from '../../src/engine/leases.js';
import { startBucket } from '../aws/bucket-server.js';
import { exampleBatch } from '../core/example-batch.js';
import { createRecordingLog } from '../core/recording-log.js';

const id = '01JCZZZZZZZZZZZZZZZZ7F3A2D';
const reference = { workspaceId: 'T0WORK', id };
const url = 'https://hooks.slack.test/commands/1';

/** Processes that share a bucket and a clock, which does not move until it is set. The first has opened a job. */
async function startProcesses() {
  const bucket = await startBucket();
  const { jobs } = createStores(bucket);
  const clock = { time: Date.parse('2026-11-20T10:00:00Z') };
  const startProcess = (owner: string): Leases =>
    createLeases({
      jobs,
      owner,
      leaseMilliseconds: 30_000,
      retryMilliseconds: 60_000,
      newId: () => id,
      now: () => new Date(clock.time),
      log: createRecordingLog(),
    });
  const [one, two, three] = [startProcess('one'), startProcess('two'), startProcess('three')];
  const opened = await one.open(exampleBatch(), { kind: 'pick' }, url);
  return { s3: bucket.s3, jobs, clock, one, two, three, opened };
}

const leaseOf = async (jobs: JobRecords) => (await jobs.load(reference))?.value.lease;

async function take(process: Leases): Promise<Job> {
  const outcome = await process.claim(reference);
  if (outcome.kind !== 'held') throw new Error(outcome.kind);
  return outcome.job;
}

describe('a job', () => {
  test('is held by the process that opened it', async () => {
    const { one, two } = await startProcesses();
    expect(await two.claim(reference)).toEqual({ kind: 'taken', freeAt: new Date('2026-11-20T10:00:30Z') });
    expect([one.holds(reference), two.holds(reference)]).toEqual([true, false]);
  });

  test('is still held if its lease expired unnoticed and no other process claimed it, and is renewed by the question', async () => {
    const { two, clock, opened } = await startProcesses();
    clock.time += 30_000;
    expect(await opened.isHeld()).toBe(true);
    expect(await two.claim(reference)).toMatchObject({ kind: 'taken' });
  });

  test('is still held if its lease expired and the bucket does not answer, as no process can have claimed it', async () => {
    const { clock, s3, opened } = await startProcesses();
    clock.time += 30_000;
    s3.faults.add({ kind: 'error', code: 'ExpiredToken' }, { times: 100 });
    expect(await opened.isHeld()).toBe(true);
  });

  test('can be claimed once its lease has expired, with its task', async () => {
    const { two, clock } = await startProcesses();
    clock.time += 30_000;
    const { workspaceId, channelId, id: batchId } = exampleBatch();
    expect(await take(two)).toMatchObject({
      batch: { workspaceId, channelId, id: batchId },
      task: { kind: 'pick' },
      responseUrl: url,
      attempts: 0,
      isResumed: true,
    });
  });

  test('goes to one of two processes that claim it', async () => {
    const { two, three, clock } = await startProcesses();
    clock.time += 30_000;
    const outcomes = await Promise.all([two.claim(reference), three.claim(reference)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['held', 'taken']);
  });

  test('is renewed again if the renewal under way took longer than the lease', async () => {
    const { clock, jobs, opened } = await startProcesses();
    const { replace } = jobs;
    let renewals = 0;
    jobs.replace = async (stored, record) => {
      renewals += 1;
      if (renewals === 1) clock.time += 60_000; // a slow bucket
      return replace(stored, record);
    };
    clock.time += 30_000;
    expect(await Promise.all([opened.isHeld(), opened.isHeld()])).toEqual([true, true]);
    expect(renewals).toBe(2);
    expect(await leaseOf(jobs)).toMatchObject({ expiresAt: new Date(clock.time + 30_000).toISOString() });
  });

  test('is renewed three times before its lease expires, so that two renewals may fail', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { clock, jobs, opened } = await startProcesses();
    const renewals: string[] = [];
    const replace = vi.spyOn(jobs, 'replace').mockImplementation(async (last, value) => {
      renewals.push(value.lease.expiresAt);
      return { ...last, value };
    });
    for (let second = 1; second <= 30; second += 1) {
      clock.time += 1000;
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(renewals).toEqual(['2026-11-20T10:00:40.000Z', '2026-11-20T10:00:50.000Z', '2026-11-20T10:01:00.000Z']);
    replace.mockRestore();
    await opened.close();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(renewals).toHaveLength(3);
  });

  test('is lost if its lease expired unnoticed and another process claimed it, whose record is then left alone', async () => {
    const { two, clock, jobs, opened } = await startProcesses();
    clock.time += 30_000;
    await take(two);
    expect(await opened.isHeld()).toBe(false);
    await opened.close();
    expect((await leaseOf(jobs))?.owner).toBe('two');
  });

  test('leaves nothing behind when it is closed', async () => {
    const { one, s3, opened } = await startProcesses();
    await opened.run(async () => undefined);
    expect([s3.objects('images'), one.holds(reference)]).toEqual([[], false]);
  });

  test('that failed can be claimed again in a minute, with its failure counted', async () => {
    const { one, two, clock, opened } = await startProcesses();
    await expect(opened.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await one.claim(reference)).toEqual({ kind: 'taken', freeAt: new Date('2026-11-20T10:01:00Z') });
    clock.time += 60_000;
    expect(await take(two)).toMatchObject({ attempts: 1 });
  });

  test('whose record cannot be deleted is not done twice', async () => {
    const { two, s3, clock, opened } = await startProcesses();
    const isDelete = ({ operation }: { operation: string }) => operation === 'DeleteObject';
    s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: isDelete });
    await opened.close();
    clock.time += 60_000;
    expect(await two.claim(reference)).toEqual({ kind: 'gone' });
  });
});
