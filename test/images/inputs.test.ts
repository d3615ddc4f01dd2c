import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.js';
import type { OperationName } from '../../src/core/image-model.js';
import { findOperation, operations } from '../../src/core/model-catalog.js';
import { createInputs } from '../../src/images/inputs.js';

const source = { channelId: 'C0ROOM', id: '01JCZZZZZZZZZZZZZZZZ7F3A2C', number: 2, mediaType: 'image/png' } as const;

const blank = (width: number, height: number, alpha = 1, channels: 3 | 4 = 4) =>
  sharp({ create: { width, height, channels, background: { r: 200, g: 40, b: 40, alpha } } });
const encode = (image: Sharp, as: 'png' | 'jpeg' = 'png') => image[as]().toBuffer();

/** A bucket with this image, which counts how often it was read. */
function startWith(bytes: Uint8Array | Error) {
  const reads: unknown[] = [];
  const { load } = createInputs({
    async load(...of) {
      reads.push(of);
      if (bytes instanceof Error) throw bytes;
      return bytes;
    },
    saveInput: async () => undefined,
  });
  return { reads, load: (operation: OperationName = 'replace') => load('T0WORK', source, operation) };
}

const problemOf = async (width: number, height: number, operation: OperationName = 'replace') =>
  startWith(await encode(blank(width, height)))
    .load(operation)
    .then(() => undefined)
    .catch((error: unknown) => (error instanceof InputError ? error.problem : expect.fail(String(error))));

describe('an image to work from', () => {
  test.each(['png', 'jpeg'] as const)('is untouched if the operation takes it as it is: %s', async (as) => {
    const bytes = await encode(blank(640, 480, 1, 3), as);
    const { load, reads } = startWith(bytes);
    expect(await load()).toEqual({ bytes, width: 640, height: 480 });
    expect(reads).toMatchObject([[{ workspaceId: 'T0WORK', channelId: 'C0ROOM', id: source.id }, { number: 2 }]]);
  });

  test.each<[name: OperationName, width: number, height: number]>([
    ['upscale', 1536, 1024],
    ['upscale', 1024, 1025],
    ['upscale', 640, 1600],
    ['aspect_ratio', 1600, 1200],
    ['aspect_ratio', 2999, 1200],
    ['replace', 4000, 2500],
  ])('is scaled down for %s from %i × %i, in its own shape and within every limit', async (name, width, height) => {
    const image = await startWith(await encode(blank(width, height, 1, 3))).load(name);
    const { input } = findOperation(name);
    const decoded = await sharp(image.bytes).metadata();
    expect([decoded.format, decoded.width, decoded.height]).toEqual(['jpeg', image.width, image.height]);
    expect(image.width * image.height).toBeLessThanOrEqual(input.maxPixels);
    expect(image.width * image.height).toBeGreaterThan(0.89 * Math.min(input.maxPixels, width * height));
    const [short = 0, long = 0] = [image.width, image.height].toSorted((one, other) => one - other);
    expect(long).toBeLessThanOrEqual(input.maxSide);
    expect(long / short).toBeLessThanOrEqual(input.maxRatio);
    expect(Math.abs(image.width / image.height / (width / height) - 1)).toBeLessThan(0.01);
  });

  test('stays a PNG with its transparency if it is scaled down', async () => {
    const { bytes } = await startWith(await encode(blank(2000, 1000, 0.5))).load('upscale');
    const { format, hasAlpha } = await sharp(bytes).metadata();
    expect([format, hasAlpha]).toEqual(['png', true]);
  });

  test.each<[width: number, height: number, operation: OperationName, problem: string | undefined]>([
    [64, 64, 'replace', undefined],
    [63, 100, 'replace', 'too_small'],
    [100, 63, 'replace', 'too_small'],
    [32, 32, 'upscale', undefined],
    [31, 40, 'upscale', 'too_small'],
    [1000, 400, 'replace', undefined],
    [1001, 400, 'replace', 'too_slim'],
    [400, 1001, 'upscale', 'too_slim'],
    [2048, 2048, 'upscale', undefined],
    [2048, 2049, 'upscale', 'final_size'],
    [2048, 2049, 'replace', undefined],
  ])('of %i × %i is, for %s: %s', async (width, height, operation, problem) => {
    expect(await problemOf(width, height, operation)).toBe(problem);
  });

  test.each(operations.map(({ name }) => name))('of a megapixel can be used for %s', async (name) => {
    expect(await problemOf(1024, 1024, name)).toBeUndefined();
  });

  test.each([
    ['is no image', Buffer.from('not an image')],
    ['is empty', Buffer.alloc(0)],
  ])('that %s is unreadable', async (_what, bytes) => {
    await expect(startWith(bytes).load()).rejects.toMatchObject({ name: 'InputError', problem: 'unreadable' });
  });

  test('that is not in the bucket is gone, and is looked for again the next time', async () => {
    const { load, reads } = startWith(new InputError('gone'));
    await expect(load()).rejects.toMatchObject({ problem: 'gone' });
    await expect(load()).rejects.toMatchObject({ problem: 'gone' });
    expect(reads).toHaveLength(2);
  });

  test('is read once for four variations that are drawn at a time, and again for another operation', async () => {
    const { load, reads } = startWith(await encode(blank(2000, 2000)));
    const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => load('vary_strong')));
    for (const other of others) expect(other).toBe(first);
    expect(reads).toHaveLength(1);
    await load('upscale');
    expect(reads).toHaveLength(2);
  });
});
