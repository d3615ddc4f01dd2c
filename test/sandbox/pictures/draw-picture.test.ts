import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { drawPicture } from '../../../sandbox/pictures/draw-picture.js';
import { padPng } from '../../../sandbox/pictures/pad-png.js';
import { readPictureSize } from '../../../sandbox/pictures/picture-size.js';

const small = { width: 96, height: 64 };

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

describe('the pictures of the sandbox', () => {
  it('are true PNGs and JPEGs of the size that is asked', async () => {
    const request = { prompt: 'a red fox', seed: 1, ...small };
    const png = await drawPicture({ ...request, format: 'png' });
    expect(readPictureSize(png)).toEqual(small);
    expect(chunksOf(png).map(([name]) => name)).toContain('IDAT');
    const photo = jpeg.decode(await drawPicture({ ...request, format: 'jpeg' }));
    expect([photo.width, photo.height]).toEqual([96, 64]);
  });

  it('can be drawn for any words and any seed, and are the same again', async () => {
    const seeds = fc.integer({ min: 0, max: 4_294_967_295 });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), seeds, async (prompt, seed) => {
        const request = { prompt, seed, ...small, format: 'png' } as const;
        expect(await drawPicture(request)).toEqual(await drawPicture(request));
      }),
      { numRuns: 25 },
    );
  });

  it('differ for four seeds that follow one another', async () => {
    const seeds = [42, 43, 44, 45];
    const pictures = seeds.map((seed) => drawPicture({ prompt: 'a red fox', seed, ...small, format: 'png' }));
    expect(new Set((await Promise.all(pictures)).map((png) => png.toString('base64'))).size).toBe(4);
  });

  it('show what a word names', async () => {
    const request = { seed: 3, ...small, format: 'jpeg' } as const;
    const fox = await drawPicture({ ...request, prompt: 'fox winter' });
    const sea = await drawPicture({ ...request, prompt: 'sea winter' });
    expect(orangePixels(fox)).toBeGreaterThan(50);
    expect(orangePixels(sea)).toBe(0);
  });

  it('keep the picture that they begin from, as much as they are told', async () => {
    const fromPng = await drawPicture({ prompt: 'a fox', seed: 1, ...small, format: 'png' });
    const begun = { prompt: 'the sea', seed: 2, ...small, format: 'png' } as const;
    const kept = await drawPicture({ ...begun, from: { bytes: fromPng, kept: 1 } });
    const forgotten = await drawPicture({ ...begun, from: { bytes: fromPng, kept: 0 } });
    expect(kept).toEqual(fromPng);
    expect(forgotten).toEqual(await drawPicture(begun));
  });

  it('grow to any size without another pixel', async () => {
    const png = await drawPicture({ prompt: 'a fox', seed: 1, ...small, format: 'png' });
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
