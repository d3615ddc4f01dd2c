import { expect, test } from 'vitest';
import { z } from 'zod';
import { processKey } from '../../src/aws/keys.js';
import { putJson } from '../../src/aws/records.js';
import { createStores } from '../../src/aws/stores.js';
import type { ProcessReference } from '../../src/core/batch/job.js';
import { startBucket } from './bucket-server.js';

const host = '0123456789abcdef';
const first: ProcessReference = { workspaceId: 'T0WORK', id: '01JCZZZZZZZZZZZZZZZZ7F3A2C', host, pid: 1 };
const second: ProcessReference = { ...first, id: '01JCZZZZZZZZZZZZZZZZ7F3A2D', pid: 4_194_304 };

async function startStore() {
  const { s3, ...bucket } = await startBucket();
  return { s3, bucket, heartbeats: createStores(bucket).heartbeats };
}

test('a heartbeat is an empty object that is written again with each beat, and listed with its time', async () => {
  const { s3, heartbeats } = await startStore();
  const began = Math.floor(Date.now() / 1000) * 1000; // the bucket tells whole seconds
  for (const process of [first, second, first]) await heartbeats.beat(process);
  expect(s3.objects('images').map(({ key, bytes }) => [key, String(bytes)])).toEqual([
    [processKey(first), '{}'],
    [processKey(second), '{}'],
  ]);
  const listed = await heartbeats.list('T0WORK');
  expect(listed.map(({ beatAt: _, ...process }) => process)).toEqual([first, second]);
  for (const { beatAt } of listed) expect(beatAt.getTime()).toBeGreaterThanOrEqual(began);
});

test('a heartbeat that was removed is not listed, and can be removed again', async () => {
  const { heartbeats } = await startStore();
  for (const process of [first, second]) await heartbeats.beat(process);
  await heartbeats.remove(first);
  await heartbeats.remove(first);
  expect(await heartbeats.list('T0WORK')).toEqual([{ ...second, beatAt: expect.any(Date) }]);
});

test('objects that are no heartbeats of the workspace are not listed', async () => {
  const { bucket, heartbeats } = await startStore();
  const folder = 'T0WORK/processes';
  const others = [
    `${folder}/notes.txt`,
    `${folder}/${first.id}/${host}`,
    `${folder}/${first.id}/${host}/`,
    `${folder}/${first.id}/${host}/0`,
    `${folder}/${first.id}/${host}/1e3`,
    `${folder}/${first.id}/${host}/1/notes.txt`,
    `${folder}/${first.id}/machine/1`,
    `${folder}/one/${host}/1`,
    `T0WORK/open/${first.id}.json`,
    processKey({ ...first, workspaceId: 'T0OTHER' }),
  ];
  for (const key of others) await putJson(bucket, key, z.unknown(), {});
  expect(await heartbeats.list('T0WORK')).toEqual([]);
});
