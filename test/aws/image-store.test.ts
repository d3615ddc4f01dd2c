import { expect, test } from 'vitest';
import { createImageStore } from '../../src/aws/image-store.js';
import { exampleBatch } from '../core/example-batch.js';
import { startBucket } from './bucket-server.js';

const batch = exampleBatch();
const bytes = Uint8Array.of(1, 2, 3);

async function startStore() {
  const { client, bucket } = await startBucket();
  return createImageStore({ client, signingClient: client, bucket });
}

test.each(['image/png', 'image/jpeg'] as const)(
  'a saved picture of type %s is found by its seed',
  async (mediaType) => {
    const images = await startStore();
    await images.save(batch, { number: 2, mediaType, askedSeed: 43, seed: 7 }, bytes);
    expect(await images.find(batch, { number: 2, askedSeed: 43 })).toEqual({
      number: 2,
      mediaType,
      askedSeed: 43,
      seed: 7,
      byteLength: 3,
    });
  },
);

test('an image saved beside an odd seed is found by the seed that was asked for', async () => {
  const images = await startStore();
  await images.save(batch, { number: 2, mediaType: 'image/png', askedSeed: 43, seed: -1 }, bytes);
  expect(await images.find(batch, { number: 2, askedSeed: 43 })).toMatchObject({ seed: 43 });
});

test('the picture of an earlier try is not taken for this one', async () => {
  const images = await startStore();
  await images.save(batch, { number: 2, mediaType: 'image/png', askedSeed: 43, seed: 43 }, bytes);
  expect(await images.find(batch, { number: 2, askedSeed: 44 })).toBeUndefined();
});

test('a picture that was not saved is not found', async () => {
  expect(await (await startStore()).find(batch, { number: 1, askedSeed: 42 })).toBeUndefined();
});
