import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { Limits } from '../../../src/core/batch/deps.js';
import { checkAccess, reconcileImages, reserveImages, usageToday } from '../../../src/core/batch/quota.js';
import { noUsage } from '../../../src/core/batch/usage.js';
import { type Problem, RequestError } from '../../../src/core/errors.js';
import { createTestDeps, unlimited } from '../batch-deps.js';
import { exampleBatch, failedImage, storedImage } from '../example-batch.js';

/** Why a batch was refused; any other failure is thrown. */
function problemOf(error: unknown): Problem {
  if (!(error instanceof RequestError)) throw error;
  return error.problem;
}

function begin(limits: Partial<Limits> = {}, time = '2026-11-20T10:00:00Z') {
  const clock = { time };
  const { deps, usage, log } = createTestDeps({ limits: { ...unlimited, ...limits }, now: () => new Date(clock.time) });
  const quota = {
    reserve: (batch: Batch) => reserveImages(deps, batch).catch(problemOf),
    reconcile: (batch: Batch) => reconcileImages(deps, batch),
    today: () => usageToday(deps, { workspaceId: 'T0WORK', userId: 'U0ASKER' }),
  };
  return { quota, usage, clock, log };
}

/** Batches of two images, told apart by a digit. */
const batch = (digit: number, differences: Partial<Batch> = {}) =>
  exampleBatch({ id: `01JCZZZZZZZZZZZZZZZZ7F3A2${digit}`, ...differences });
const drawn = (digit: number) => batch(digit, { images: [storedImage(1), storedImage(2)] });

describe('the lists', () => {
  const ana = { requesterId: 'U0ANA', channelId: 'C0ROOM' };
  test.each<[what: string, limits: Partial<Limits>, kind: string | undefined]>([
    ['no lists', {}, undefined],
    ['a person blocked', { blockedUsers: ['U0ANA'] }, 'person_blocked'],
    ['a person both blocked and allowed', { blockedUsers: ['U0ANA'], allowedUsers: ['U0ANA'] }, 'person_blocked'],
    ['another blocked', { blockedUsers: ['U0BEN'] }, undefined],
    ['a conversation blocked', { blockedChannels: ['C0ROOM'], allowedChannels: ['C0ROOM'] }, 'channel_blocked'],
    ['others allowed', { allowedUsers: ['U0BEN'] }, 'person_not_allowed'],
    ['the person allowed', { allowedUsers: ['U0BEN', 'U0ANA'] }, undefined],
    ['other conversations allowed', { allowedChannels: ['C0ELSE'] }, 'channel_not_allowed'],
    ['allowed here, blocked there', { allowedUsers: ['U0ANA'], blockedChannels: ['C0ROOM'] }, 'channel_blocked'],
  ])('with %s', (_what, limits, kind) => {
    expect(checkAccess({ ...unlimited, ...limits }, ana)?.kind).toBe(kind);
  });

  test('count nothing for a user who is turned away', async () => {
    const { quota, usage } = begin({ blockedUsers: ['U0ASKER'] });
    expect(await quota.reserve(batch(1))).toEqual({ kind: 'person_blocked' });
    expect(usage.counters.size).toBe(0);
  });
});

test('limits are judged in order: running, then the person, then the workspace', async () => {
  const all = { batchesPerUser: 1, imagesPerUserPerDay: 2, imagesPerWorkspacePerDay: 2 };
  const { quota } = begin(all);
  expect(await quota.reserve(batch(1))).toBeUndefined();
  expect(await quota.reserve(batch(2))).toEqual({ kind: 'too_many_running', running: 1, limit: 1 });
  await quota.reconcile(drawn(1));
  expect(await quota.reserve(batch(2))).toEqual({ kind: 'person_day', used: 2, asked: 2, limit: 2 });
  expect(await quota.reserve(batch(2, { requesterId: 'U0OTHER' }))).toMatchObject({ kind: 'workspace_day', used: 2 });
});

test('a request that the workspace has no room for costs its person nothing', async () => {
  const { quota, usage } = begin({ imagesPerWorkspacePerDay: 1 });
  expect(await quota.reserve(batch(1))).toMatchObject({ kind: 'workspace_day', used: 0, asked: 2, limit: 1 });
  expect(await quota.today()).toMatchObject({ images: 0, running: 0, limit: undefined });
  expect([...usage.counters.values()].map(({ batches }) => batches)).toEqual([{}]);
});

test.each([
  ['person', 'U0ASKER'],
  ['workspace', undefined],
])('what could not be counted for the %s is given back, even if that write arrived', async (_who, failing) => {
  const { quota, usage } = begin({ imagesPerUserPerDay: 2, imagesPerWorkspacePerDay: 2 });
  const error = new Error('AccessDenied');
  const { change } = usage;
  usage.change = async (reference, apply) => {
    await change(reference, apply);
    if (reference.userId !== failing) return noUsage;
    usage.change = change;
    throw error;
  };
  await expect(quota.reserve(batch(1))).rejects.toBe(error);
  expect([...usage.counters.values()].flatMap(({ batches }) => Object.keys(batches))).toEqual([]);
  expect(await quota.reserve(batch(2))).toBeUndefined();
});

test('images count when they are asked for, and those that did not come are given back, once', async () => {
  const { quota } = begin({ imagesPerUserPerDay: 2 });
  await quota.reserve(batch(1));
  expect(await quota.today()).toMatchObject({ images: 2, running: 1, limit: 2 });
  const ended = batch(1, { images: [storedImage(1), failedImage(2)] });
  await quota.reconcile(ended);
  await quota.reconcile(ended);
  expect(await quota.today()).toMatchObject({ images: 1, running: 0, limit: 2 });
});

test('an image that comes by a second try counts when it comes', async () => {
  const { quota } = begin();
  await quota.reserve(batch(1));
  await quota.reconcile(batch(1, { images: [failedImage(1), failedImage(2)] }));
  await quota.reconcile(batch(1, { images: [storedImage(1), failedImage(2)] }));
  expect(await quota.today()).toMatchObject({ images: 1 });
});

test('asking twice for the same batch counts once', async () => {
  const { quota } = begin({ imagesPerUserPerDay: 2, batchesPerUser: 1 });
  await quota.reserve(batch(1));
  expect(await quota.reserve(batch(1))).toBeUndefined();
  expect(await quota.today()).toMatchObject({ images: 2, running: 1 });
});

test('a new day in UTC begins at nought, and a batch counts on the day on which it was asked for', async () => {
  const { quota, clock, usage } = begin({ imagesPerUserPerDay: 2 }, '2026-11-20T23:59:59Z');
  await quota.reserve(batch(1, { requestedAt: '2026-11-20T23:59:59.000Z' }));
  clock.time = '2026-11-21T00:00:00Z';
  expect(await quota.reserve(batch(2, { requestedAt: '2026-11-21T00:00:00.000Z' }))).toBeUndefined();
  await quota.reconcile({ ...drawn(1), requestedAt: '2026-11-20T23:59:59.000Z' });
  expect(usage.counters.get('T0WORK/usage/2026-11-20/U0ASKER.json')?.batches).toEqual({
    [batch(1).id]: { pictures: 2, cost: 0.08 },
  });
});

test('the cost is that of what is counted, and unknown if any of it is', async () => {
  const { quota } = begin();
  await quota.reserve(batch(1));
  await quota.reserve(batch(2));
  await quota.reconcile(drawn(1));
  expect((await quota.today()).cost).toBeCloseTo(0.16);
  await quota.reconcile(batch(2, { images: [storedImage(1), failedImage(2)] }));
  expect((await quota.today()).cost).toBeCloseTo(0.12);
  const images = batch(3).images.map((image) => ({ ...image, modelId: 'stability.stable-image-core-v9:0' }));
  await quota.reserve(batch(3, { images }));
  expect((await quota.today()).cost).toBeUndefined();
});

test('a batch that its process left behind stops holding its person up', async () => {
  const { quota, clock } = begin({ batchesPerUser: 1 });
  await quota.reserve(batch(1));
  clock.time = '2026-11-20T10:10:00Z';
  expect(await quota.reserve(batch(2))).toMatchObject({ kind: 'too_many_running' });
  clock.time = '2026-11-20T10:10:01Z';
  expect(await quota.reserve(batch(2))).toBeUndefined();
});

test('what cannot be given back is told to the operator, and the batch goes on', async () => {
  const { quota, usage, log } = begin();
  const error = new Error('SlowDown');
  usage.change = () => Promise.reject(error);
  await quota.reconcile(drawn(1));
  expect(log.lines).toEqual([
    { severity: 'error', event: 'images not given back', fields: { batch: batch(1).id, error } },
  ]);
});
