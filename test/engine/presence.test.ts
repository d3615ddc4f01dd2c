import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { describeProcess } from '../../src/engine/presence.js';
import { startProcesses, workspaceId } from './processes.js';

const refused = { kind: 'error', code: 'AccessDenied' } as const;
const crowded = 'several processes run without a shared queue, and each spends the whole quota; set REDIS_URL';
/** No process of this machine any more. */
const gonePid = () => spawnSync(process.execPath, ['--version']).pid;

test('a process sees the others that beat, and not itself', async () => {
  const { startProcess } = await startProcesses();
  const [one, two, silent] = [startProcess(), startProcess(), startProcess()];
  for (const { presence } of [one, two]) await presence.beat();
  expect(await one.presence.findOthers()).toEqual(new Set([two.self.id]));
  expect(await silent.presence.findOthers()).toEqual(new Set([one.self.id, two.self.id]));
});

test.each([
  [11, 1],
  [12, 0],
])('of a process that has been silent for %i seconds, %i is taken to live', async (seconds, count) => {
  const { startProcess, pass } = await startProcesses();
  const [one, two] = [startProcess(), startProcess()];
  await two.presence.beat();
  pass(seconds);
  expect((await one.presence.findOthers()).size).toBe(count);
});

test('a process that is silent is taken for dead by the clock of the bucket, however wrong its own is', async () => {
  const { startProcess, pass } = await startProcesses();
  const [fast, slow] = [startProcess({ ahead: 3_600_000 }), startProcess({ ahead: -3_600_000 })];
  for (const { presence } of [fast, slow]) await presence.beat();
  expect((await fast.presence.findOthers()).size).toBe(1);
  expect((await slow.presence.findOthers()).size).toBe(1);
  pass(12);
  expect((await slow.presence.findOthers()).size).toBe(0);
});

test('a process that has stopped is not taken to live any more', async () => {
  const { startProcess } = await startProcesses();
  const [one, two] = [startProcess(), startProcess()];
  await two.presence.beat();
  await two.presence.leave();
  expect((await one.presence.findOthers()).size).toBe(0);
});

test.each([
  ['of this machine', 0, { host: '0123456789abcdef' }],
  ['of another machine', 1, { host: 'fedcba9876543210' }],
])(
  'a process %s whose process ID is gone is taken to live in %i cases, if it beat before',
  async (_where, count, at) => {
    const { startProcess } = await startProcesses();
    const [one, two] = [startProcess({ host: '0123456789abcdef' }), startProcess({ ...at, pid: gonePid() })];
    await two.presence.beat();
    expect((await one.presence.findOthers()).size).toBe(count);
  },
);

test('a process of this machine whose process ID is in use lives until it falls silent', async () => {
  const { startProcess, pass } = await startProcesses();
  const host = '0123456789abcdef';
  const [one, two] = [startProcess({ host }), startProcess({ host, pid: process.ppid })];
  await two.presence.beat();
  expect((await one.presence.findOthers()).size).toBe(1);
  pass(12);
  expect((await one.presence.findOthers()).size).toBe(0);
});

test('a process describes itself in the same way again, and by its process ID', () => {
  const id = '01JCZZZZZZZZZZZZZZZZ7F3A2C';
  expect(describeProcess(workspaceId, id)).toEqual(describeProcess(workspaceId, id));
  expect(describeProcess(workspaceId, id)).toMatchObject({ workspaceId, id, pid: process.pid });
});

test('a process with jobs beats each time it may, and one without once a minute', async () => {
  const { startProcess, pass } = await startProcesses();
  const [busy, idle] = [startProcess({ isBusy: () => true }), startProcess()];
  const due = () => [busy, idle].map(({ presence }) => presence.isDue());
  expect(due()).toEqual([true, true]);
  for (const { presence } of [busy, idle]) await presence.beat();
  expect(due()).toEqual([true, false]);
  pass(59);
  expect(due()).toEqual([true, false]);
  pass(1);
  expect(due()).toEqual([true, true]);
});

test('a process trusts in its jobs for eight seconds after a beat', async () => {
  const { startProcess, pass } = await startProcesses();
  const { presence } = startProcess();
  expect(presence.isTrusted()).toBe(false);
  await presence.beat();
  const trusted: boolean[] = [];
  for (let second = 1; second <= 9; second += 1) {
    pass(1);
    trusted.push(presence.isTrusted());
  }
  expect(trusted).toEqual([...Array(7).fill(true), false, false]);
});

test('a process with jobs that was silent trusts in them only after another process would have claimed them', async () => {
  const { startProcess, pass } = await startProcesses();
  const { presence } = startProcess({ isBusy: () => true });
  await presence.beat();
  pass(9);
  await presence.beat();
  expect(presence.isTrusted()).toBe(false);
  for (const seconds of [5, 5]) {
    pass(seconds);
    await presence.beat();
    expect(presence.isTrusted()).toBe(false);
  }
  pass(2);
  expect(presence.isTrusted()).toBe(true);
});

test('a process without jobs that was silent has nothing to lose, and trusts in those that it opens', async () => {
  const { startProcess, pass } = await startProcesses();
  const { presence } = startProcess();
  await presence.beat();
  pass(60);
  await presence.ensure();
  expect(presence.isTrusted()).toBe(true);
});

test('a process beats before its first job, unless it did so no more than a beat ago', async () => {
  const { startProcess, s3, pass } = await startProcesses();
  const { presence } = startProcess();
  const beats = () => s3.requests().filter(({ operation }) => operation === 'PutObject').length;
  await presence.ensure();
  expect(beats()).toBe(1);
  pass(4);
  await presence.ensure();
  expect(beats()).toBe(1);
  pass(1); // with the five seconds to the next beat, it would be silent for nearly as long as the dead are
  await presence.ensure();
  expect(beats()).toBe(2);
});

test('the heartbeat of a process that died is removed after an hour', async () => {
  const { startProcess, s3, pass } = await startProcesses();
  const [one, dead] = [startProcess(), startProcess()];
  await dead.presence.beat();
  const keys = () => s3.objects('images').map(({ key }) => key.split('/')[2]);
  pass(3600);
  await one.presence.findOthers();
  expect(keys()).toEqual([one.self.id, dead.self.id].sort());
  pass(1);
  await one.presence.findOthers();
  expect(keys()).toEqual([one.self.id]);
});

test('a heartbeat that cannot be removed is reported, and stops nothing', async () => {
  const { startProcess, s3, pass } = await startProcesses();
  const [one, two, dead] = [startProcess(), startProcess(), startProcess()];
  await dead.presence.beat();
  pass(3601);
  await two.presence.beat();
  s3.faults.add(refused, { times: 10, when: ({ operation }) => operation === 'DeleteObject' });
  expect(await one.presence.findOthers()).toEqual(new Set([two.self.id]));
  await one.presence.leave();
  expect(one.warnings()).toEqual(['heartbeat not removed', 'heartbeat not removed']);
});

/** So many minutes, in which each of these beats as idle processes do and the first looks for the others. */
async function letLive(
  processes: readonly ReturnType<Awaited<ReturnType<typeof startProcesses>>['startProcess']>[],
  minutes: number,
  pass: (seconds: number) => void,
): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    for (const { presence } of processes) await presence.beat();
    await processes[0]?.presence.findOthers();
    pass(60);
  }
}

test('a second process is warned of after ten minutes, once', async () => {
  const { startProcess, pass } = await startProcesses();
  const [one, two] = [startProcess(), startProcess()];
  await letLive([one, two], 10, pass);
  expect(one.warnings()).toEqual([]);
  await letLive([one, two], 20, pass);
  expect(one.warnings()).toEqual([crowded]);
});

test('a process that is alone warns of nothing, even if others died before', async () => {
  const { startProcess, pass } = await startProcesses();
  const [one, dead] = [startProcess(), startProcess()];
  await dead.presence.beat();
  await letLive([one], 30, pass);
  expect(one.warnings()).toEqual([]);
});

test('an old process that runs on beside a new one for nine minutes is not warned of, deployment after deployment', async () => {
  const { startProcess, pass } = await startProcesses();
  const one = startProcess();
  for (const old of [startProcess(), startProcess()]) {
    await letLive([one, old], 9, pass);
    await old.presence.leave();
    await letLive([one], 5, pass);
  }
  expect(one.warnings()).toEqual([]);
});

test('processes that share a queue are not warned of', async () => {
  const { startProcess, pass } = await startProcesses();
  const [one, two] = [startProcess({ isShared: true }), startProcess({ isShared: true })];
  await letLive([one, two], 20, pass);
  expect(one.warnings()).toEqual([]);
});
