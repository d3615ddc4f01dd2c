import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { drawImage } from '../../../sandbox/images/draw-image.js';
import { padPng } from '../../../sandbox/images/pad-png.js';
import { readPrompt } from '../../../sandbox/images/read-prompt.js';

const small = { width: 96, height: 64 };
const photo = { ...small, seed: 3, format: 'jpeg' } as const;

/** Names and lengths of the chunks of a PNG. */
function chunksOf(png: Buffer): [name: string, length: number][] {
  const chunks: [string, number][] = [];
  for (let offset = 8; offset < png.length; ) {
    const length = png.readUInt32BE(offset);
    chunks.push([png.toString('latin1', offset + 4, offset + 8), length]);
    offset += length + 12;
  }
  return chunks;
}

describe('the images of the sandbox', () => {
  it('can be drawn for any words and any seed, and are the same again', async () => {
    const seeds = fc.integer({ min: 0, max: 4_294_967_295 });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), seeds, async (prompt, seed) => {
        const request = { prompt, seed, ...small, format: 'png' } as const;
        expect(await drawImage(request)).toEqual(await drawImage(request));
      }),
      { numRuns: 25 },
    );
  });

  it('differ for four seeds that follow one another', async () => {
    const seeds = [42, 43, 44, 45];
    const images = seeds.map((seed) => drawImage({ prompt: 'a red fox', seed, ...small, format: 'png' }));
    expect(new Set((await Promise.all(images)).map((png) => png.toString('base64'))).size).toBe(4);
  });

  it('show what a word names', async () => {
    expect(orangePixels(await drawImage({ ...photo, prompt: 'fox winter night' }))).toBeGreaterThan(50);
    expect(orangePixels(await drawImage({ ...photo, prompt: 'sea winter night' }))).toBe(0);
  });

  it('leave out what the negative prompt names', () => {
    const { subjects, ground } = readPrompt('an owl and a fox in the snow', 'foxes, snow');
    expect([subjects.map(({ name }) => name), ground]).toEqual([['owl'], 'land']);
  });

  it('look different in every style', async () => {
    const looks = [
      'realistic photograph',
      'digital illustration',
      'watercolor painting',
      'line art',
      '3D render',
      'flat vector illustration',
      'comic book art',
      'pixel art',
      'cinematic film still',
      'isometric view',
    ];
    const drawn = looks.map((look) => drawImage({ ...photo, prompt: `a fox, ${look}` }));
    const plain = await drawImage({ ...photo, prompt: 'a fox' });
    expect(new Set([plain, ...(await Promise.all(drawn))].map((bytes) => bytes.toString('base64'))).size).toBe(11);
  });

  it('show the letters of a prompt that names nothing known', async () => {
    const letters = await drawImage({ ...photo, prompt: 'xyzzy' });
    expect(letters).not.toEqual(await drawImage({ ...photo, prompt: 'xyzzw' }));
    expect(readPrompt('xyzzy', '').subjects).toEqual([]);
  });

  it.each([
    ['a lighthouse by the harbor', ['tokyo-tower', 'sailboat']],
    ['two robots play chess in a library', ['robot', 'chess-pawn', 'books']],
    ['ice cream and strawberries', ['strawberry', 'ice-cream']],
    ['a red fox, watercolor painting, soft washes', ['fox']],
    ['a red fox in the snow, soft morning light', ['fox']],
  ])('find the subjects of "%s"', (prompt, names) => {
    expect(readPrompt(prompt, '').subjects.map(({ name }) => name)).toEqual(names);
  });

  it('grow to any size without another pixel', async () => {
    const png = await drawImage({ prompt: 'a fox', seed: 1, ...small, format: 'png' });
    const padded = padPng(png, 200_000);
    expect(padded.length).toBe(200_000);
    expect(chunksOf(padded).filter(([name]) => name !== 'paDd')).toEqual(chunksOf(png));
    expect(chunksOf(padded).at(-1)).toEqual(['IEND', 0]);
    expect(padPng(png, 10)).toBe(png);
  });
});

function orangePixels(photo: Buffer): number {
  const { data } = jpeg.decode(photo);
  const starts = Array.from({ length: data.length / 4 }, (_, pixel) => pixel * 4);
  return starts.filter((at) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    return red > 200 && green > 70 && green < 150 && blue < 90;
  }).length;
}
