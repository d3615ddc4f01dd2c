import { readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { expect, it } from 'vitest';

const path = (name: string) => new URL(`../../assets/${name}`, import.meta.url).pathname;

/** The mean difference of the two, from 0 to 255. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const between = await sharp(one)
    .composite([{ input: other, blend: 'difference' }])
    .removeAlpha()
    .png()
    .toBuffer();
  const { channels } = await sharp(between).stats();
  return Math.max(...channels.map(({ mean }) => mean));
}

it('assets/icon.png is the icon of 512 pixels that Slack asks for, drawn from assets/icon.svg', async () => {
  const png = readFileSync(path('icon.png'));
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 512, height: 512 });
  const drawn = new Resvg(readFileSync(path('icon.svg'), 'utf8'), { fitTo: { mode: 'width', value: 512 } }).render();
  expect(await difference(png, Buffer.from(drawn.asPng()))).toBeLessThan(1);
});
