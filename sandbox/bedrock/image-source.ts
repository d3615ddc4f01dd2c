import { drawImage } from '../images/draw-image.js';
import { padPng } from '../images/pad-png.js';
import type { ImageOrder } from './model-family.js';

export interface ImageSettings {
  /** Sides of the images as a share of what was asked: 1 draws them whole, 0.25 sixteen times as fast. */
  scale: number;
  /** PNGs are filled up to this many bytes; left as they are where it is 0. */
  bytes: number;
  /** One image for each size, whatever the prompt and the seed: for measuring, where drawing would be measured too. */
  same: boolean;
}

/** Answers the image of one seed in base64. */
export type ImageSource = (order: ImageOrder, seed: number) => Promise<string>;

/** How many images are kept to be given again. */
const kept = 16;

export function createImageSource({ scale, bytes, same }: ImageSettings): ImageSource {
  const drawn = new Map<string, Promise<string>>();
  return (order, seed) => {
    const { prompt, negativePrompt, model, width, height, format, from } = order;
    if (from) return draw(order, seed);
    const key = JSON.stringify([width, height, format, ...(same ? [] : [prompt, negativePrompt, model, seed])]);
    const image = drawn.get(key) ?? draw(order, seed);
    drawn.delete(key);
    drawn.set(key, image);
    for (const oldest of [...drawn.keys()].slice(0, -kept)) drawn.delete(oldest);
    return image;
  };

  async function draw(order: ImageOrder, seed: number): Promise<string> {
    const { format } = order;
    const sides = { width: Math.round(order.width * scale), height: Math.round(order.height * scale) };
    const image = await drawImage({ ...order, seed, ...sides });
    return (format === 'png' ? padPng(image, bytes) : image).toString('base64');
  }
}
