import { describe, expect, test, vi } from 'vitest';
import { createMarkerStore } from '../../src/aws/marker-store.js';
import type { MarkerStore, OpenWork } from '../../src/core/batch/job.js';
import { createLeases, type Leases } from '../../src/engine/leases.js';
import { startBucket } from '../aws/bucket-server.js';
import { exampleBatch } from '../core/example-batch.js';
import { createRecordingLog } from '../core/recording-log.js';

const id = '01JCZZZZZZZZZZZZZZZZ7F3A2D';
const work = { workspaceId: 'T0WORK', id };
const url = 'https://hooks.slack.test/commands/1';

/** Processes that share a bucket and a clock, which stands still unless told. */
async function startProcesses(leaseMilliseconds = 30_000) {
  const bucket = await startBucket();
  const markers = createMarkerStore(bucket);
  const clock = { time: Date.parse('2026-11-20T10:00:00Z') };
  const startProcess = (owner: string): Leases =>
    createLeases({
      markers,
      owner,
      leaseMilliseconds,
      retryMilliseconds: 60_000,
      newId: () => id,
      now: () => new Date(clock.time),
      log: createRecordingLog(),
    });
  return {
    ...bucket,
    markers,
    clock,
    one: startProcess('one'),
    two: startProcess('two'),
    three: startProcess('three'),
  };
}

const leaseOf = async (markers: MarkerStore) => (await markers.load(work))?.marker.lease;

async function take(process: Leases): Promise<OpenWork> {
  const outcome = await process.takeUp(work);
  if (outcome.kind !== 'held') throw new Error(outcome.kind);
  return outcome.work;
}

describe('open work', () => {
  test('is held by whoever opened it', async () => {
    const { one, two } = await startProcesses();
    await one.open(exampleBatch(), { kind: 'pick' }, url);
    expect(await two.takeUp(work)).toEqual({ kind: 'taken', freeAt: new Date('2026-11-20T10:00:30Z') });
    expect([one.holds(work), two.holds(work)]).toEqual([true, false]);
  });

  test('is held still where its lease ended unnoticed and nobody took it, and is renewed by that', async () => {
    const { one, two, clock } = await startProcesses();
    const opened = await one.open(exampleBatch(), { kind: 'pick' }, url);
    clock.time += 30_000;
    expect(await opened.isHeld()).toBe(true);
    expect(await two.takeUp(work)).toMatchObject({ kind: 'taken' });
  });

  test('is held no more where its lease ended unnoticed and somebody took it', async () => {
    const { one, two, clock } = await startProcesses();
    const opened = await one.open(exampleBatch(), { kind: 'pick' }, url);
    clock.time += 30_000;
    await take(two);
    expect(await opened.isHeld()).toBe(false);
  });

  test('is held where its lease ended and the bucket cannot say whose it is: nobody can have taken it there', async () => {
    const { one, clock, s3 } = await startProcesses();
    const opened = await one.open(exampleBatch(), { kind: 'pick' }, url);
    clock.time += 30_000;
    s3.faults.add({ kind: 'error', code: 'ExpiredToken' }, { times: 100 });
    expect(await opened.isHeld()).toBe(true);
  });

  test('is free once its lease ended, and says what it was', async () => {
    const { one, two, clock } = await startProcesses();
    await one.open(exampleBatch(), { kind: 'pick' }, url);
    clock.time += 30_000;
    const { workspaceId, channelId, id: batchId } = exampleBatch();
    expect(await take(two)).toMatchObject({
      batch: { workspaceId, channelId, id: batchId },
      task: { kind: 'pick' },
      responseUrl: url,
      failures: 0,
      isTakenUp: true,
    });
  });

  test('goes to one of two that want it', async () => {
    const { one, two, three, clock } = await startProcesses();
    await one.open(exampleBatch(), { kind: 'pick' }, url);
    clock.time += 30_000;
    const outcomes = await Promise.all([two.takeUp(work), three.takeUp(work)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['held', 'taken']);
  });

  test('stays held for as long as its process lives', async () => {
    const { one, two, clock, markers } = await startProcesses(60);
    await one.open(exampleBatch(), { kind: 'pick' }, url);
    clock.time += 1000;
    await vi.waitFor(async () => expect((await leaseOf(markers))?.expiresAt).toBe('2026-11-20T10:00:01.060Z'));
    expect(await two.takeUp(work)).toMatchObject({ kind: 'taken' });
  });

  test('tells the process that was silent for too long that it lost it, and keeps it from the marker', async () => {
    const { one, two, clock, markers } = await startProcesses(3000);
    const lost = await one.open(exampleBatch(), { kind: 'pick' }, url);
    clock.time += 30_000;
    await take(two);
    await vi.waitFor(async () => expect(await lost.isHeld()).toBe(false), { timeout: 5000 });
    await lost.close();
    expect((await leaseOf(markers))?.owner).toBe('two');
  });

  test('leaves nothing behind when it is done', async () => {
    const { one, s3 } = await startProcesses();
    await (await one.open(exampleBatch(), { kind: 'pick' }, url)).carryOut(async () => undefined);
    expect([s3.objects('images'), one.holds(work)]).toEqual([[], false]);
  });

  test('that failed is tried again in a minute, by anybody, and counts', async () => {
    const { one, two, clock } = await startProcesses();
    const opened = await one.open(exampleBatch(), { kind: 'pick' }, url);
    await expect(opened.carryOut(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await one.takeUp(work)).toEqual({ kind: 'taken', freeAt: new Date('2026-11-20T10:01:00Z') });
    clock.time += 60_000;
    expect(await take(two)).toMatchObject({ failures: 1 });
  });

  test('whose marker may not be deleted is not done twice', async () => {
    const { one, two, s3, clock } = await startProcesses();
    const isDelete = ({ operation }: { operation: string }) => operation === 'DeleteObject';
    s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: isDelete });
    await (await one.open(exampleBatch(), { kind: 'pick' }, url)).close();
    clock.time += 60_000;
    expect(await two.takeUp(work)).toEqual({ kind: 'gone' });
  });
});
