import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { InputError, type InputProblem } from '../../src/core/errors.js';
import { normalizeInput } from '../../src/images/fit-input.js';
import { createInputs } from '../../src/images/inputs.js';
import { exampleBatch } from '../core/example-batch.js';
import { drawPng } from '../models/draw-png.js';
import { framed, noise, readPixels } from './paint.js';

const red = { r: 255, g: 0, b: 0 };
const paint = (width: number, height: number, background: string | typeof red = red) =>
  sharp({ create: { width, height, channels: 3, background } });

/** The left half is red, the right half blue. */
const halves = (width = 80, height = 40) =>
  paint(width, height).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: 'blue' } }, left: width / 2, top: 0 },
  ]);

const glass = (alpha: number, width = 40, height = 40) =>
  sharp({ create: { width, height, channels: 4, background: { ...red, alpha } } });

async function problemOf(bytes: Uint8Array): Promise<InputProblem | undefined> {
  const error = await normalizeInput(bytes).catch((failure: unknown) => failure);
  return error instanceof InputError ? error.problem : undefined;
}

describe('an image that a user gives', () => {
  test.each<[string, Sharp, string, string]>([
    ['a JPEG', paint(40, 30).jpeg(), 'image/jpeg', 'jpeg'],
    ['a PNG', paint(40, 30).png(), 'image/jpeg', 'jpeg'],
    ['a gray PNG', paint(40, 30).grayscale().png(), 'image/jpeg', 'jpeg'],
    ['a PNG of 16 bits', paint(40, 30).toColorspace('rgb16').png(), 'image/jpeg', 'jpeg'],
    ['a CMYK JPEG', paint(40, 30).toColorspace('cmyk').jpeg(), 'image/jpeg', 'jpeg'],
    ['a WebP', paint(40, 30).webp(), 'image/jpeg', 'jpeg'],
    ['a PNG with an alpha channel that hides nothing', glass(1, 40, 30).png(), 'image/jpeg', 'jpeg'],
    ['a transparent PNG', glass(0.5, 40, 30).png(), 'image/png', 'png'],
    ['a transparent WebP', glass(0, 40, 30).webp(), 'image/png', 'png'],
    ['a transparent PNG with a palette', glass(0.5, 40, 30).png({ palette: true }), 'image/png', 'png'],
  ])('as %s is kept in color, in one of the two formats of the bucket', async (_what, image, mediaType, format) => {
    const kept = await normalizeInput(await image.toBuffer());
    expect(kept.mediaType).toBe(mediaType);
    const { width, height, space, depth, ...metadata } = await sharp(kept.bytes).metadata();
    expect({ width, height, space, depth, format: metadata.format }).toEqual({
      width: 40,
      height: 30,
      space: 'srgb',
      depth: 'uchar',
      format,
    });
  });

  test('keeps what is transparent', async () => {
    const { bytes } = await normalizeInput(await glass(0.5).webp({ lossless: true }).toBuffer());
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 4)]).toEqual([255, 0, 0, 128]);
  });

  test.each([
    [1, 80, 40, 'left'],
    [3, 80, 40, 'right'],
    [6, 40, 80, 'top'],
    [8, 40, 80, 'bottom'],
  ])('of EXIF orientation %i is turned upright', async (orientation, width, height, side) => {
    const given = await halves().jpeg().withMetadata({ orientation }).toBuffer();
    const { bytes } = await normalizeInput(given);
    const pixels = await readPixels(bytes);
    const { left, top, right, bottom } = pixels.bounds(([r, , b]) => r > 200 && b < 60);
    const red = { left: right < 45, right: left > 35, top: bottom < 45, bottom: top > 35 };
    expect([pixels.width, pixels.height]).toEqual([width, height]);
    expect(Object.entries(red).filter(([, isSo]) => isSo)).toEqual(expect.arrayContaining([[side, true]]));
  });

  test.each(['jpeg', 'png', 'webp'] as const)('as %s loses all its metadata', async (format) => {
    const given = await paint(40, 30)
      .toFormat(format)
      .withExif({ IFD0: { Artist: 'Ana Almeida' }, IFD3: { GPSLatitude: '38/1 43/1 0/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>Lisbon</place></x:xmpmeta>')
      .withIccProfile('p3')
      .toBuffer();
    const before = { exif: expect.any(Buffer), xmp: expect.any(Buffer), icc: expect.any(Buffer) };
    expect(await sharp(given).metadata()).toMatchObject(before);
    const { bytes } = await normalizeInput(given);
    const { exif, xmp, icc, iptc, comments, orientation } = await sharp(bytes).metadata();
    expect({ exif, xmp, icc, iptc, comments, orientation }).toEqual({});
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/Ana|Lisbon|GPS|Exif/);
  });

  test.each([
    [3000, 2000, 2508, 1672],
    [2048, 2048, 2048, 2048],
    [9000, 1000, 6144, 682],
  ])('of %i × %i pixels is at most 4,194,304 pixels large', async (width, height, ...kept) => {
    const { bytes } = await normalizeInput(await paint(width, height).jpeg().toBuffer());
    const size = await sharp(bytes).metadata();
    expect([size.width, size.height]).toEqual(kept);
    expect(size.width * size.height).toBeLessThanOrEqual(4_194_304);
  });

  test('is scaled down as it stands upright', async () => {
    const given = await paint(3000, 2000).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await sharp((await normalizeInput(given)).bytes).metadata()).toMatchObject({ width: 1672, height: 2508 });
  });

  const text = (words: string) => Promise.resolve(Buffer.from(words));
  test.each<[string, () => Promise<Buffer>]>([
    ['a GIF', () => paint(40, 30).gif().toBuffer()],
    ['a TIFF', () => paint(40, 30).tiff().toBuffer()],
    ['an AVIF, which is built like HEIC', () => paint(40, 30).avif().toBuffer()],
    ['an SVG', () => text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a web page', () => text('<!DOCTYPE html><html><head><title>Sign in</title></head></html>')],
    ['nothing', () => text('')],
    ['the beginning of a PNG', async () => drawPng().subarray(0, 8)],
    ['a PNG that breaks off', async () => (await noise(200, 200)).subarray(0, 60_000)],
    [
      'a JPEG that breaks off',
      async () =>
        (
          await sharp(await noise(200, 200))
            .jpeg()
            .toBuffer()
        ).subarray(0, 9000),
    ],
    [
      'a WebP that breaks off',
      async () =>
        (
          await sharp(await noise(200, 200))
            .webp()
            .toBuffer()
        ).subarray(0, 5000),
    ],
    ['a ZIP that says it is a PNG', () => text('\x89PNG\r\n\x1a\nPK\x03\x04')],
  ])('is refused as unreadable if it is %s', async (_what, make) => {
    expect(await problemOf(await make())).toBe('unreadable');
  });

  test('is refused if it is one byte larger than 10 MB, before it is looked at', async () => {
    const image = await paint(40, 30).jpeg().toBuffer();
    const filled = (length: number) => Buffer.concat([image, Buffer.alloc(length - image.length)]);
    expect(await problemOf(filled(10_485_760))).toBeUndefined();
    expect(await problemOf(filled(10_485_761))).toBe('too_large');
  });

  test('is refused if a few bytes promise more than 50 million pixels', async () => {
    const bomb = drawPng({ width: 10_000, height: 5_001 });
    expect(bomb.length).toBeLessThan(1_000_000);
    const before = process.memoryUsage().rss;
    expect(await problemOf(bomb)).toBe('too_many_pixels');
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });
});

test('images that are given at once are read one after the other, so that the largest take the memory of one', async () => {
  const given = drawPng({ width: 7000, height: 7000 });
  const saved: string[] = [];
  const inputs = createInputs({
    load: async () => given,
    saveInput: async (_, mediaType, bytes) => void saved.push(`${mediaType} ${bytes.length > 0}`),
  });
  const batch = exampleBatch();
  const before = process.memoryUsage().rss;
  const sources = await Promise.all([1, 2].map(() => inputs.keep(batch, given, 'sketch')));
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  const { channelId, id } = batch;
  expect(sources[0]).toEqual({ channelId, id, number: 0, mediaType: 'image/jpeg' });
  expect(saved).toEqual(['image/jpeg true', 'image/jpeg true']);
});

test('an image that was kept is loaded within the limits of its use', async () => {
  const bytes = await framed(2000, 1500, [255, 0, 0]);
  const inputs = createInputs({ load: async () => bytes, saveInput: async () => undefined });
  const source = { channelId: 'C1', id: exampleBatch().id, number: 0, mediaType: 'image/png' } as const;
  const { width, height } = await inputs.load('T1', source, 'image_to_image');
  expect(width * height).toBeLessThanOrEqual(1_048_576);
});
