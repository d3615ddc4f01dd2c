import { drawPicture } from '../pictures/draw-picture.js';
import { padPng } from '../pictures/pad-png.js';
import type { ImageOrder } from './model-family.js';

export interface PictureSettings {
  /** Sides of the pictures as a share of what was asked: 1 draws them whole, 0.25 sixteen times as fast. */
  scale: number;
  /** PNGs are filled up to this many bytes; left as they are where it is 0. */
  bytes: number;
  /** One picture for each size, whatever the prompt and the seed: for measuring, where drawing would be measured too. */
  same: boolean;
}

/** Answers the picture of one seed in base64. */
export type PictureSource = (order: ImageOrder, seed: number) => Promise<string>;

/** How many pictures are kept to be given again. */
const kept = 16;

export function createPictureSource({ scale, bytes, same }: PictureSettings): PictureSource {
  const drawn = new Map<string, Promise<string>>();
  return (order, seed) => {
    const { prompt, width, height, format, from } = order;
    if (from) return draw(order, seed);
    const key = JSON.stringify([width, height, format, ...(same ? [] : [prompt, seed])]);
    const picture = drawn.get(key) ?? draw(order, seed);
    drawn.delete(key);
    drawn.set(key, picture);
    for (const oldest of [...drawn.keys()].slice(0, -kept)) drawn.delete(oldest);
    return picture;
  };

  async function draw(order: ImageOrder, seed: number): Promise<string> {
    const { prompt, format, from } = order;
    const sides = { width: Math.round(order.width * scale), height: Math.round(order.height * scale) };
    const picture = await drawPicture({ prompt, seed, format, ...sides, ...(from && { from }) });
    return (format === 'png' ? padPng(picture, bytes) : picture).toString('base64');
  }
}
