import { type RenderedImage, renderAsync } from '@resvg/resvg-js';
import jpeg from 'jpeg-js';
import { createRandom } from './random.js';
import { readPrompt } from './read-prompt.js';
import { drawScene } from './scene.js';

export interface PictureRequest {
  prompt: string;
  seed: number;
  width: number;
  height: number;
  format: 'png' | 'jpeg';
  /** A picture to begin from, and how much of it is left: 1 keeps it, 0 forgets it. */
  from?: { bytes: Buffer; kept: number };
}

/** A picture of what the prompt names, always the same for the same prompt and seed. */
export async function drawPicture(request: PictureRequest): Promise<Buffer> {
  const rendered = await renderAsync(pictureSvg(request), { font: { loadSystemFonts: false } });
  return request.format === 'png' ? rendered.asPng() : encodeJpeg(rendered);
}

function pictureSvg({ prompt, seed, width, height, from }: PictureRequest): string {
  const chance = `${prompt} ${seed}`;
  const scene = readPrompt(prompt, seed, createRandom(`scene of ${chance}`));
  const canvas = { width, height, unit: Math.min(width, height) / 100 };
  const vignette =
    '<defs><radialGradient id="edge" r="0.8"><stop offset="0.6" stop-color="#05060f" stop-opacity="0"/>' +
    '<stop offset="1" stop-color="#05060f" stop-opacity="0.42"/></radialGradient></defs>' +
    `<rect width="${width}" height="${height}" fill="url(#edge)"/>`;
  const body = drawScene(canvas, scene, chance) + vignette + (from ? overlay(from, width, height) : '');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
}

function overlay({ bytes, kept }: NonNullable<PictureRequest['from']>, width: number, height: number): string {
  const type = bytes[0] === 0x89 ? 'png' : 'jpeg';
  const data = `data:image/${type};base64,${bytes.toString('base64')}`;
  const fit = 'preserveAspectRatio="xMidYMid slice"';
  return `<image href="${data}" width="${width}" height="${height}" ${fit} opacity="${kept.toFixed(3)}"/>`;
}

function encodeJpeg({ pixels, width, height }: RenderedImage): Buffer {
  return jpeg.encode({ data: pixels, width, height }, 88).data;
}
