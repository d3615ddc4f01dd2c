import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { AspectRatio } from '../../src/core/image-model.js';
import { models } from '../../src/core/model-catalog.js';
import { drawContactSheet, type FilledCell, openOpaque, toJpeg } from '../../src/images/contact-sheet.js';
import { missingImage } from '../../src/text/user-message.js';
import { drawPng } from '../models/draw-png.js';
import { framed, isNear, noise, readPixels } from './paint.js';

const aspectRatios = [...new Set(models.flatMap((model) => [...model.aspectRatios]))];
const frames = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 0, 255],
] as const;
const sizeOf = (aspectRatio: AspectRatio) => {
  const [wide = 1, tall = 1] = aspectRatio.split(':').map(Number);
  const scale = 400 / Math.max(wide, tall);
  return { width: Math.round(wide * scale), height: Math.round(tall * scale) };
};

/** Where each image with its own frame is. Fails if a part of a frame is not there. */
async function findImages(sheet: Uint8Array, count: number) {
  const { at, bounds } = await readPixels(sheet);
  return frames.slice(0, count).map((frame) => {
    const { left, top, right, bottom } = bounds((color) => isNear(color, frame));
    const [center, middle] = [Math.round((left + right) / 2), Math.round((top + bottom) / 2)];
    const [west, north, east, south] = [left + 4, top + 4, right - 4, bottom - 4];
    const corners = [at(west, north), at(east, north), at(west, south), at(east, south)];
    const sides = [at(center, north), at(center, south), at(west, middle), at(east, middle)];
    for (const color of [...corners, ...sides]) expect(isNear(color, frame)).toBe(true);
    return { left, top, width: right - left + 1, height: bottom - top + 1 };
  });
}

describe('every image is on the sheet, whole and in its own shape', () => {
  test.each(aspectRatios)('at %s, of one to four images', async (aspectRatio) => {
    const { width, height } = sizeOf(aspectRatio);
    const images = await Promise.all(frames.map((frame) => framed(width, height, frame)));
    for (let count = 1; count <= 4; count += 1) {
      const cells = images.slice(0, count).map((image, index) => ({ number: index + 1, image }));
      const sheet = await drawContactSheet(cells, aspectRatio);
      const size = await sharp(sheet).metadata();
      expect(size.format).toBe('jpeg');
      expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(2048);
      expect(sheet.length).toBeLessThanOrEqual(300_000);
      const found = await findImages(sheet, count);
      for (const place of found)
        expect(Math.abs(Math.log(place.width / place.height / (width / height)))).toBeLessThan(0.03);
      for (const [index, { left, top }] of found.slice(1).entries()) {
        const before = found[index] ?? expect.fail();
        expect(top > before.top + 20 || left > before.left + 20).toBe(true);
      }
    }
  });

  test('even if a model drew another shape than it was asked for', async () => {
    const cells = await Promise.all(
      frames.map(async (frame, index) => ({ number: index + 1, image: await framed(400, 400, frame) })),
    );
    const found = await findImages(await drawContactSheet(cells, '16:9'), 4);
    for (const { width, height } of found) expect(Math.abs(width - height)).toBeLessThan(6);
  });
});

test.each(['1:1', '21:9', '5:11'] as const)('four images of noise at %s fit into 300 KB', async (aspectRatio) => {
  const { width, height } = sizeOf(aspectRatio);
  const image = await noise(2 * width, 2 * height);
  const cells = [1, 2, 3, 4].map((number) => ({ number, image }));
  const sheet = await drawContactSheet(cells, aspectRatio);
  expect(sheet.length).toBeLessThanOrEqual(300_000);
  expect((await sharp(sheet).metadata()).width).toBeGreaterThan(300);
});

describe('words on the sheet', () => {
  const white = [255, 255, 255] as const;
  const textColor = [63, 63, 70] as const;
  /** The rectangle around the words in the middle of a cell, in pixels. */
  async function wordsOf(cells: FilledCell[], aspectRatio: AspectRatio = '1:1') {
    const { width, height, bounds } = await readPixels(await drawContactSheet(cells, aspectRatio));
    return { width, height, ...bounds((color, _, y) => y > height / 8 && isNear(color, textColor)) };
  }

  test('say in the middle of a cell why it has no image', async () => {
    const { width, height, left, right, top, bottom } = await wordsOf([{ number: 1, text: 'Drawing…' }]);
    expect(right).toBeGreaterThan(left);
    expect(Math.abs((left + right - width) / 2)).toBeLessThan(6);
    expect(Math.abs((top + bottom - height) / 2)).toBeLessThan(20);
    expect((await wordsOf([{ number: 1 }])).right).toBe(-1);
  });

  test('leave room around them in the narrowest cell', async () => {
    const text = Object.values(missingImage).reduce((one, other) => (other.length > one.length ? other : one));
    const cells = [1, 2, 3, 4].map((number) => ({ number, ...(number === 2 && { text }) }));
    const { width, height, left, right, top, bottom } = await wordsOf(cells, '5:11');
    expect([left > width / 4, right < width / 2, top > height / 8, bottom < height - 12]).toEqual(Array(4).fill(true));
  });

  test('may contain markup, which is written out', async () => {
    const widthOf = async (text: string) => {
      const { left, right } = await wordsOf([{ number: 1, text }]);
      return right - left;
    };
    expect(await widthOf('<b>C</b>')).toBeGreaterThan(3 * (await widthOf('C')));
    expect(await widthOf('&amp;')).toBeGreaterThan(2 * (await widthOf('&')));
    for (const text of [`"A" & 'B' < C > D`, '</span>', '&#0;', '&nothing;']) {
      expect(await widthOf(text)).toBeGreaterThan(0);
    }
  });

  test.each([
    ['a short one', 'Stable Image Core'],
    ['one that is too long', `arn:aws:bedrock:us-west-2:123456789012:${'custom-model/'.repeat(8)}`],
  ])('name the model at the bottom of its own cell, even %s', async (_what, label) => {
    const cells = (labels: boolean) =>
      [1, 2, 3, 4].map((number) => ({ number, ...(labels && number === 2 && { label }) }));
    const [named, plain] = await Promise.all(
      [cells(true), cells(false)].map(async (drawn) => readPixels(await drawContactSheet(drawn, '9:16'))),
    );
    const { width, height } = named ?? expect.fail();
    const changed = named?.bounds((color, x, y) => !isNear(color, plain?.at(x, y) ?? white)) ?? expect.fail();
    expect(changed.left).toBeGreaterThan(width / 4);
    expect(changed.right).toBeLessThan(width / 2);
    expect([changed.top > height * 0.85, changed.bottom < height - 8]).toEqual([true, true]);
  });
});

test('images of several aspect ratios are on one sheet, each whole and in its own shape', async () => {
  const shapes: AspectRatio[] = ['21:9', '9:16', '4:5', '1:1'];
  const cells = await Promise.all(
    shapes.map(async (shape, index) => {
      const { width, height } = sizeOf(shape);
      return { number: index + 1, label: shape, image: await framed(width, height, frames[index] ?? frames[0]) };
    }),
  );
  const { bounds } = await readPixels(await drawContactSheet(cells, '1:1'));
  for (const [index, shape] of shapes.entries()) {
    const { left, top, right, bottom } = bounds((color) => isNear(color, frames[index] ?? frames[0]));
    const { width, height } = sizeOf(shape);
    expect(Math.abs(Math.log((right - left) / (bottom - top) / (width / height)))).toBeLessThan(0.05);
  }
});

describe('what is transparent', () => {
  const side = 64;
  /** Half of it is opaque red. */
  const cutOut = async () => {
    const red = { create: { width: side / 2, height: side, channels: 4, background: '#ff0000' } } as const;
    const right = { right: side / 2, background: { r: 0, g: 0, b: 0, alpha: 0 } };
    return sharp(red).extend(right).png().toBuffer();
  };

  test('shows light and dark squares, and what is opaque keeps its color', async () => {
    const { at } = await readPixels(
      await (await openOpaque(await cutOut(), { width: side, height: side })).png().toBuffer(),
    );
    const squares = [40, 56].map((x) => [8, 24].map((y) => at(x, y)[0]));
    expect(squares).toEqual([
      [255, 224],
      [224, 255],
    ]);
    expect([at(8, 8), at(24, 40)]).toEqual([
      [255, 0, 0],
      [255, 0, 0],
    ]);
  });

  test('is never black in a preview', async () => {
    const { at } = await readPixels(await toJpeg(await cutOut(), 400_000));
    for (const [x, y] of [
      [36, 4],
      [60, 60],
      [50, 30],
    ] as const)
      expect(Math.min(...at(x, y))).toBeGreaterThan(190);
  });
});

test.each([
  [4096, 4096, 2048, 2048],
  [4000, 1000, 2048, 512],
  [1024, 3000, 699, 2048],
  [640, 480, 640, 480],
])(
  'a preview of %i × %i has %i × %i pixels: at most 2,048 a side, and never more than the image',
  async (width, height, wide, tall) => {
    const image = await sharp({ create: { width, height, channels: 3, background: '#3366cc' } })
      .png()
      .toBuffer();
    const size = await sharp(await toJpeg(image, 400_000)).metadata();
    expect([size.width, size.height, size.format]).toEqual([wide, tall, 'jpeg']);
  },
);

test.each([
  ['is no image', Buffer.from('not an image')],
  ['ends early', drawPng({ width: 64, height: 64 }).subarray(0, 70)],
])('a sheet is refused if a file %s', async (_what, image) => {
  await expect(drawContactSheet([{ number: 1, image }, { number: 2 }], '1:1')).rejects.toThrow();
});
