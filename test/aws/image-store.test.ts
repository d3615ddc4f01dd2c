import { describe, expect, test } from 'vitest';
import { createImageStore } from '../../src/aws/image-store.js';
import { exampleBatch } from '../core/example-batch.js';
import { startBucket } from './bucket-server.js';

const batch = exampleBatch();
const bytes = Uint8Array.of(1, 2, 3);

const once = { deadline: new AbortController().signal, onRetry: () => undefined };

async function startStore() {
  const { client, bucket } = await startBucket();
  return createImageStore({ client, signingClient: client, bucket });
}

test.each(['image/png', 'image/jpeg'] as const)(
  'a saved image of type %s is found by the seed that was asked for, and no other',
  async (mediaType) => {
    const images = await startStore();
    const image = { number: 2, mediaType, askedSeed: 43, seed: 7 };
    await images.save(batch, image, bytes, once);
    expect(await images.find(batch, { number: 2, askedSeed: 43 })).toEqual({ ...image, byteLength: 3 });
    expect(await images.find(batch, { number: 2, askedSeed: 44 })).toBeUndefined();
    expect(await images.find(batch, { number: 1, askedSeed: 43 })).toBeUndefined();
  },
);

test('an image saved beside an odd seed has the seed that was asked for', async () => {
  const images = await startStore();
  await images.save(batch, { number: 2, mediaType: 'image/png', askedSeed: 43, seed: -1 }, bytes, once);
  expect(await images.find(batch, { number: 2, askedSeed: 43 })).toMatchObject({ seed: 43 });
});

test('a preview is there once it is saved, and its link opens it as a JPEG until the link expires', async () => {
  const images = await startStore();
  const life = { expiresInSeconds: 60, signedAt: new Date() };
  for (const folder of [batch, { workspaceId: batch.workspaceId }]) {
    expect(await images.hasPreview(folder, 'sheet-1')).toBe(false);
    await images.savePreview(folder, 'sheet-1', bytes);
    expect([await images.hasPreview(folder, 'sheet-1'), await images.hasPreview(folder, 'sheet-2')]).toEqual([
      true,
      false,
    ]);
    const link = await images.signPreview(folder, 'sheet-1', life);
    expect(link).toBe(await images.signPreview(folder, 'sheet-1', life)); // Slack downloads it once
    const answer = await fetch(link);
    expect([answer.headers.get('content-type'), new Uint8Array(await answer.arrayBuffer())]).toEqual([
      'image/jpeg',
      bytes,
    ]);
    const expired = await images.signPreview(folder, 'sheet-1', { ...life, signedAt: new Date(Date.now() - 120_000) });
    expect((await fetch(expired)).status).toBe(403);
  }
});

test('whether a preview is there is not answered by a guess if the bucket cannot be asked', async () => {
  const { client, bucket, s3 } = await startBucket();
  s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { times: 2 });
  const images = createImageStore({ client, signingClient: client, bucket });
  await expect(images.hasPreview(batch, 'sheet-1')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
});

describe('an image that the bucket does not take', () => {
  const second = { number: 2, mediaType: 'image/png', askedSeed: 43, seed: 43 } as const;

  async function startRefusing(code: 'SlowDown' | 'InternalError' | 'AccessDenied' | 'NoSuchBucket') {
    const { client, bucket, s3 } = await startBucket();
    s3.faults.add({ kind: 'error', code }, { times: 1000 });
    return { s3, images: createImageStore({ client, signingClient: client, bucket }) };
  }

  test.each(['SlowDown', 'InternalError'] as const)('for now (%s) is saved by a later try', async (code) => {
    const { s3, images } = await startRefusing(code);
    let retries = 0;
    await images.save(batch, second, bytes, {
      ...once,
      onRetry() {
        retries += 1;
        if (retries === 2) s3.faults.clear();
      },
    });
    expect(retries).toBe(2);
    expect(await images.find(batch, second)).toMatchObject({ byteLength: 3 });
  });

  test('for now is given up at its deadline', async () => {
    const { images } = await startRefusing('SlowDown');
    const deadline = new AbortController();
    const onRetry = () => deadline.abort();
    const saved = images.save(batch, second, bytes, { deadline: deadline.signal, onRetry });
    await expect(saved).rejects.toMatchObject({ name: 'SlowDown' });
  });

  test.each(['AccessDenied', 'NoSuchBucket'] as const)('for good (%s) is given up at once', async (code) => {
    const { s3, images } = await startRefusing(code);
    const saved = images.save(batch, second, bytes, once);
    await expect(saved).rejects.toMatchObject({ name: code });
    expect(s3.requests()).toHaveLength(1);
  });
});

test.each(['image/png', 'image/jpeg'] as const)(
  'an image of type %s that a user gave is beside those of its batch until it is removed',
  async (mediaType) => {
    const images = await startStore();
    await images.saveInput(batch, mediaType, bytes);
    expect(await images.load(batch, { number: 0, mediaType })).toEqual(bytes);
    await images.removeInput(batch, mediaType);
    await expect(images.load(batch, { number: 0, mediaType })).rejects.toMatchObject({ problem: 'gone' });
  },
);
