import { describe, expect, test } from 'vitest';
import { JobLostError } from '../../src/core/batch/job.js';
import { exampleBatch } from '../core/example-batch.js';
import { startProcesses as start, workspaceId } from './processes.js';

const url = 'https://hooks.slack.test/commands/1';
const fail = () => Promise.reject(new Error('no'));

/** The first of them has opened a job. */
async function startProcesses() {
  const all = await start();
  const [one, two, three] = [all.startProcess(), all.startProcess(), all.startProcess()];
  const opened = await one.jobs.open(exampleBatch(), { kind: 'pick' }, url);
  const reference = { workspaceId, id: opened.id };
  const record = async () => (await all.records.load(reference))?.value;
  return { ...all, one, two, three, opened, reference, record };
}

describe('a job', () => {
  test('is held by the process that opened it, and by no other while that one lives', async () => {
    const { one, two, opened, reference } = await startProcesses();
    expect(await two.claim(opened)).toBeUndefined();
    expect([one, two].map(({ jobs }) => jobs.holds(reference))).toEqual([true, false]);
    expect([one, two].map(({ jobs }) => jobs.count())).toEqual([1, 0]);
  });

  test('is still held after a beat that was not long ago, without a look at its record', async () => {
    const { opened, reads, pass } = await startProcesses();
    pass(7);
    expect([await opened.isHeld(), reads()]).toEqual([true, 0]);
  });

  test('is still held by a process that opened it after it had been idle, without a look at its record', async () => {
    const { one, opened, reads, pass } = await startProcesses();
    await opened.close();
    pass(50);
    const next = await one.jobs.open(exampleBatch(), { kind: 'pick' }, url);
    expect([await next.isHeld(), reads()]).toEqual([true, 0]);
  });

  test('is still held after a silence in which no other process claimed it, as its record says', async () => {
    const { two, opened, reads, pass } = await startProcesses();
    pass(60);
    expect([await opened.isHeld(), reads()]).toEqual([true, 1]);
    expect(await two.claim(opened)).toBeUndefined(); // it has beaten again
  });

  test('is looked up once for those that ask at the same time after a silence', async () => {
    const { opened, reads, pass } = await startProcesses();
    pass(60);
    expect(await Promise.all([1, 2, 3].map(() => opened.isHeld()))).toEqual([true, true, true]);
    expect(reads()).toBe(1);
  });

  test('is looked up each time for as long as another process may be about to claim it', async () => {
    const { one, opened, reads, pass } = await startProcesses();
    pass(60);
    for (const seconds of [0, 5, 5, 5]) {
      pass(seconds);
      await one.presence.beat();
      expect(await opened.isHeld()).toBe(true);
    }
    expect(reads()).toBe(3);
  });

  test('is lost if another process claimed it during a silence, and its record is then left alone', async () => {
    const { two, opened, record, pass } = await startProcesses();
    pass(60);
    expect(await two.claim(opened)).toBeDefined();
    expect(await opened.isHeld()).toBe(false);
    await opened.close();
    await opened.release();
    expect(await record()).toMatchObject({ owner: two.self.id, failures: 0 });
  });

  test('is lost if another process claims it after its own process woke and beat', async () => {
    const { one, two, opened, reference, pass } = await startProcesses();
    pass(60);
    const found = await two.jobs.load(reference);
    const others = await two.presence.findOthers();
    await one.presence.beat();
    expect(await opened.isHeld()).toBe(true);
    expect(found && (await two.jobs.claim(found, others))).toBeDefined();
    expect(await opened.isHeld()).toBe(false);
  });

  test('is still held if the bucket does not answer after a silence', async () => {
    const { s3, opened, pass } = await startProcesses();
    pass(60);
    s3.faults.add({ kind: 'error', code: 'InternalError' }, { times: 100 });
    expect(await opened.isHeld()).toBe(true);
  });

  test('can be claimed once its process is silent, with its task', async () => {
    const { two, opened, pass } = await startProcesses();
    pass(60);
    const { workspaceId, channelId, id: batchId } = exampleBatch();
    expect(await two.claim(opened)).toMatchObject({
      id: opened.id,
      batch: { workspaceId, channelId, id: batchId },
      task: { kind: 'pick' },
      responseUrl: url,
      attempts: 0,
      isResumed: true,
    });
  });

  test('can be claimed at once if its process has stopped', async () => {
    const { one, two, opened } = await startProcesses();
    await one.presence.leave();
    expect(await two.claim(opened)).toBeDefined();
  });

  test('goes to one of two processes that claim it', async () => {
    const { two, three, opened, record, pass } = await startProcesses();
    pass(60);
    const claimed = await Promise.all([two.claim(opened), three.claim(opened)]);
    expect(claimed.filter((job) => job)).toHaveLength(1);
    expect((await record())?.owner).toBe((claimed[0] ? two : three).self.id);
  });

  test('leaves nothing behind when it is done', async () => {
    const { one, records, opened, reference } = await startProcesses();
    await opened.run(async () => undefined);
    expect([await records.list(workspaceId), one.jobs.holds(reference)]).toEqual([[], false]);
  });

  test('that could not be recorded is not held', async () => {
    const { one, s3 } = await startProcesses();
    s3.faults.add({ kind: 'error', code: 'AccessDenied' });
    await expect(one.jobs.open(exampleBatch(), { kind: 'pick' }, url)).rejects.toThrow();
    expect(one.jobs.count()).toBe(1);
  });

  test('that failed is claimed again by its own process in five seconds, with its failure counted', async () => {
    const { one, two, opened, pass, now, record } = await startProcesses();
    await expect(opened.run(fail)).rejects.toThrow('no');
    expect(await record()).toMatchObject({ failures: 1, retryAt: new Date(now() + 5000).toISOString() });
    const looked = now();
    pass(4);
    expect([await one.claim(opened), one.jobs.hasRetrySince(looked)]).toEqual([undefined, false]);
    pass(1);
    expect(one.jobs.hasRetrySince(looked)).toBe(true);
    expect(await two.claim(opened)).toBeUndefined();
    expect(await one.claim(opened)).toMatchObject({ attempts: 1, isResumed: true });
    expect(one.jobs.hasRetrySince(looked)).toBe(false);
  });

  test('that failed waits no less for another process to claim it', async () => {
    const { one, two, opened, pass } = await startProcesses();
    await expect(opened.run(fail)).rejects.toThrow('no');
    await one.presence.leave();
    pass(4);
    expect(await two.claim(opened)).toBeUndefined();
    pass(1);
    expect(await two.claim(opened)).toMatchObject({ attempts: 1 });
  });

  test('that is left to another process can be claimed by it at once, with no failure counted', async () => {
    const { two, opened, record } = await startProcesses();
    await expect(opened.run(() => Promise.reject(new JobLostError('left')))).rejects.toThrow('left');
    expect(await record()).not.toHaveProperty('owner');
    expect(await two.claim(opened)).toMatchObject({ attempts: 0 });
  });

  test('whose record cannot be deleted is not done twice', async () => {
    const { two, s3, opened, records, pass } = await startProcesses();
    s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: ({ operation }) => operation === 'DeleteObject' });
    await opened.run(async () => undefined);
    expect(await records.list(workspaceId)).toHaveLength(1);
    pass(60);
    expect(await two.claim(opened)).toBeUndefined();
    expect(await records.list(workspaceId)).toEqual([]);
  });

  test('that a release with leases holds is left alone until its lease expires', async () => {
    const { two, records, opened, reference, record, pass, now } = await startProcesses();
    await opened.close();
    const { workspaceId, channelId, id } = exampleBatch();
    const batch = { workspaceId, channelId, id };
    const lease = { expiresAt: new Date(now() + 30_000).toISOString() };
    await records.create({ version: 1, ...reference, batch, task: { kind: 'pick' }, failures: 0, lease });
    pass(29);
    expect(await two.claim(opened)).toBeUndefined();
    expect(two.jobs.candidates([reference], new Set())).toEqual([]);
    pass(1);
    expect(two.jobs.candidates([reference], new Set())).toEqual([reference]);
    expect(await two.claim(opened)).toMatchObject({ attempts: 0 });
    expect(await record()).toMatchObject({ owner: two.self.id });
    expect(await record()).not.toHaveProperty('lease');
  });

  test('of another process is read once, and again when that process is dead', async () => {
    const { one, two, opened, reference } = await startProcesses();
    expect(two.jobs.candidates([reference], new Set())).toEqual([reference]);
    await two.claim(opened);
    expect(two.jobs.candidates([reference], new Set([one.self.id]))).toEqual([]);
    expect(two.jobs.candidates([reference], new Set())).toEqual([reference]);
    expect(one.jobs.candidates([reference], new Set())).toEqual([]); // it holds it
  });
});
