import { expect, onTestFinished, test, vi } from 'vitest';
import { createMarkerStore } from '../../src/aws/marker-store.js';
import type { OpenWork } from '../../src/core/open-work.js';
import { createLeases } from '../../src/queue/leases.js';
import { createSweep } from '../../src/queue/sweep.js';
import { startBucket } from '../aws/bucket-server.js';
import { createRecordingLog } from '../core/recording-log.js';

const ids = ['01JCZZZZZZZZZZZZZZZZ7F3A2A', '01JCZZZZZZZZZZZZZZZZ7F3A2B'];

/** A process that looks for work once a minute, in a bucket with work whose owner died a moment ago. */
async function startSweep(leaseMilliseconds: number) {
  const { s3, ...bucket } = await startBucket();
  const markers = createMarkerStore(bucket);
  const log = createRecordingLog();
  const minute = 60_000;
  for (const id of ids) {
    await markers.create({
      version: 1,
      workspaceId: 'T0WORK',
      id,
      batch: { workspaceId: 'T0WORK', channelId: 'C0ROOM', id },
      task: { kind: 'pick' },
      failures: 0,
      lease: { owner: 'dead', expiresAt: new Date(Date.now() + leaseMilliseconds).toISOString() },
    });
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
    gapMilliseconds: minute,
    now,
    log,
  });
  onTestFinished(() => sweep.stop());
  return { s3, sweep, resumed, log };
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
