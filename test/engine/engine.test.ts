import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ulid } from 'ulid';
import { expect, onTestFinished, test } from 'vitest';
import { createStores } from '../../src/aws/stores.js';
import type { Job, JobRecord } from '../../src/core/batch/job.js';
import { createEngine } from '../../src/engine/engine.js';
import type { Lines } from '../../src/engine/model-queues.js';
import { startBucket } from '../aws/bucket-server.js';
import { exampleBatch } from '../core/example-batch.js';
import { createRecordingLog } from '../core/recording-log.js';
import { until } from './world.js';

const workspaceId = 'T0WORK';
const nothing = async () => undefined;
const noLines: Lines = { isShared: false, open: () => undefined, drain: nothing, close: nothing };

/** A process beside a bucket; its clock goes on when it is told to. */
async function startProcess() {
  let passed = 0;
  let clockReads = 0;
  const start = Date.now();
  const clock = () => new Date(start + passed);
  const { s3, ...bucket } = await startBucket({}, clock);
  const { jobs, heartbeats } = createStores(bucket);
  const log = createRecordingLog();
  const resumed: string[] = [];
  const engine = createEngine({
    workspaceId,
    jobs,
    heartbeats,
    lines: noLines,
    modelIds: [],
    resume: async (job: Job) => void resumed.push(job.id),
    newId: ulid,
    observe: () => undefined,
    now() {
      clockReads += 1;
      return clock();
    },
    log,
  });
  onTestFinished(async () => {
    await engine.stop();
    await engine.finish();
  });
  const asked = (operation: string, folder: string) =>
    s3.requests().filter((request) => request.operation === operation && request.key.includes(folder)).length;
  const looks = () => s3.requests().filter(({ operation }) => operation === 'ListObjectsV2').length;

  return {
    s3,
    jobs,
    heartbeats,
    engine,
    resumed,
    reports: () => log.lines.filter(({ event }) => event === 'open job not resumed').map(({ fields }) => fields?.error),
    asked,
    put: (Key: string, Body: string) => bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucket, Key, Body })),
    looks,
    pass(seconds: number) {
      passed += seconds * 1000;
    },
    now: () => clock().getTime(),
    /** Once it has asked more than once whether it is time for anything. */
    async idle() {
      const before = clockReads;
      await until(() => clockReads > before + 3);
    },
    async leaveJob(differences: Partial<JobRecord> = {}): Promise<string> {
      const id = ulid();
      const { channelId, id: batchId } = exampleBatch();
      const batch = { workspaceId, channelId, id: batchId };
      await jobs.create({ version: 1, workspaceId, id, batch, task: { kind: 'pick' }, failures: 0, ...differences });
      return id;
    },
  };
}

test('a process resumes at its start what no process holds', async () => {
  const { engine, resumed, jobs, leaveJob } = await startProcess();
  const ids = [await leaveJob(), await leaveJob({ owner: ulid() })];
  engine.start();
  await until(() => resumed.length === 2);
  expect(resumed.sort()).toEqual(ids.sort());
  await until(async () => (await jobs.list(workspaceId)).length === 0);
});

test('a process that is alone and idle asks the bucket for nothing until a minute has passed', async () => {
  const { engine, s3, asked, looks, pass, idle } = await startProcess();
  engine.start();
  await until(() => looks() === 2); // of open jobs, and of processes
  await idle();
  const before = s3.requests().length;
  pass(59);
  await idle();
  expect(s3.requests()).toHaveLength(before);
  pass(1);
  await until(() => looks() === 4);
  expect(asked('PutObject', '/processes/')).toBeGreaterThan(1);
});

test('a process with a job beats every few seconds, and looks for jobs of others no sooner', async () => {
  const { engine, asked, looks, idle } = await startProcess();
  engine.start();
  await until(() => looks() === 2);
  const job = await engine.openJob(exampleBatch({ workspaceId }), { kind: 'pick' }, undefined);
  const beats = () => asked('PutObject', '/processes/');
  const before = beats();
  await until(() => beats() > before);
  await idle();
  expect(looks()).toBe(2);
  await job.close();
});

test('a process beside another one looks for its jobs every five seconds', async () => {
  const { engine, heartbeats, looks, pass, idle } = await startProcess();
  const other = { workspaceId, id: ulid(), host: '0123456789abcdef', pid: 1 };
  await heartbeats.beat(other);
  engine.start();
  await until(() => looks() === 2);
  for (const count of [4, 6]) {
    await idle();
    pass(5);
    await heartbeats.beat(other);
    await until(() => looks() === count);
  }
});

test('broken job records are reported once by their keys, however often they are seen, and stay', async () => {
  const { engine, resumed, reports, s3, looks, pass, put, leaveJob } = await startProcess();
  const texts = ['a red fox', '{"version":1}', '{"version":2}']; // not JSON, lacks fields, of a later release
  const keys = texts.map(() => `${workspaceId}/open/${ulid()}.json`);
  await Promise.all(texts.map((text, index) => put(keys[index] ?? '', text)));
  const id = await leaveJob();
  engine.start();
  await until(() => resumed.length === 1);
  for (let look = 0; look < 3; look += 1) {
    const before = looks();
    pass(5);
    await until(() => looks() > before + 1);
  }
  expect(resumed).toEqual([id]);
  expect(reports()).toHaveLength(3);
  for (const key of keys) expect(reports().map(String)).toContainEqual(expect.stringContaining(key));
  expect(reports().map(String).join()).not.toContain('fox');
  expect(s3.objects('images').flatMap(({ key }) => (key.includes('/open/') ? [key] : []))).toEqual(keys.sort());
});

test('a job that fails again, after it was read in between, is reported again', async () => {
  const { engine, reports, asked, s3, pass, now, idle, leaveJob } = await startProcess();
  await leaveJob({ retryAt: new Date(now() + 30_000).toISOString() });
  const refuse = () =>
    s3.faults.add(
      { kind: 'error', code: 'AccessDenied' },
      { when: ({ operation, key }) => operation === 'GetObject' && key.includes('/open/') },
    );
  const reads = () => asked('GetObject', '/open/');
  refuse();
  engine.start();
  await until(() => reports().length === 1);
  pass(5);
  await until(() => reads() === 2);
  await idle(); // it is left for its time
  refuse();
  pass(30);
  await until(() => reports().length === 2);
});

test('a process that stops in the middle of a look leaves the rest to other processes', async () => {
  const { engine, resumed, jobs, s3, asked, leaveJob } = await startProcess();
  for (let count = 0; count < 7; count += 1) await leaveJob();
  let goOn = () => {};
  const hold = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const when = ({ operation, key }: { operation: string; key: string }) =>
    operation === 'GetObject' && key.includes('/open/');
  s3.faults.add({ kind: 'held', until: hold }, { times: 7, when });
  engine.start();
  await until(() => asked('GetObject', '/open/') === 5);
  const stopped = engine.stop();
  goOn();
  await stopped;
  expect(resumed).toHaveLength(5);
  await until(async () => (await jobs.list(workspaceId)).length === 2);
});
