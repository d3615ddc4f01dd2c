import { createRequire } from 'node:module';
import { type RenderedImage, type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js';
import jpeg from 'jpeg-js';
import { drawScene, escapeXml } from './draw-scene.js';
import { readPrompt, type Scene } from './read-prompt.js';
import { lookOf } from './styles.js';

export interface ImageOptions {
  prompt: string;
  /** What must not be in the image. */
  negativePrompt?: string | undefined;
  /** Written into a corner. */
  model?: string | undefined;
  seed: number;
  width: number;
  height: number;
  format: 'png' | 'jpeg';
}

const fontFile = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');
const font: ResvgRenderOptions = {
  font: { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
};
/** Sides of a pixel of pixel art, in hundredths of the shorter side. */
const pixelUnits = 2.5;

/** An image of what the prompt names, always the same for the same options. */
export async function drawImage(options: ImageOptions): Promise<Buffer> {
  const { prompt, negativePrompt, seed, width, height, format, model } = options;
  const scene = readPrompt(prompt, negativePrompt);
  const body = [
    await styled(scene, drawScene({ width, height, scene, chance: `${prompt} ${seed}`, seed }), { width, height }),
    mark(model, width, height),
  ];
  const rendered = await renderAsync(svg(width, height, body.join('')), font);
  return format === 'png' ? rendered.asPng() : encodeJpeg(rendered);
}

async function styled({ style }: Scene, body: string, { width, height }: { width: number; height: number }) {
  const unit = Math.min(width, height) / 100;
  if (style === 'pixel-art') {
    const small = { fitTo: { mode: 'width', value: Math.ceil(width / (unit * pixelUnits)) } } as const;
    const bytes = (await renderAsync(svg(width, height, body), { ...font, ...small })).asPng();
    return `<image href="data:image/png;base64,${bytes.toString('base64')}" width="${width}" height="${height}" preserveAspectRatio="none" image-rendering="optimizeSpeed"/>`;
  }
  const { filter, overlay: over = '' } = lookOf(style);
  const layer = `<g transform="scale(${width / 100} ${height / 100})">${over}</g>`;
  if (!filter) return body + layer;
  const region = 'x="0" y="0" width="100%" height="100%" filterUnits="userSpaceOnUse"';
  const paper = `<rect width="${width}" height="${height}" fill="#fdfbf6"/>`;
  return `${paper}<defs><filter id="look" color-interpolation-filters="sRGB" ${region}>${filter(unit)}</filter></defs><g filter="url(#look)">${body}</g>${layer}`;
}

function mark(model: string | undefined, width: number, height: number): string {
  if (!model) return '';
  const size = Math.min(width, height) / 34;
  const place = `x="${width - size}" y="${height - size}" text-anchor="end" font-size="${size}"`;
  return `<text ${place} fill="#fff" stroke="#000" stroke-opacity="0.35" stroke-width="${size / 6}" paint-order="stroke">${escapeXml(model)}</text>`;
}

function svg(width: number, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
}

function encodeJpeg({ pixels, width, height }: RenderedImage): Buffer {
  return jpeg.encode({ data: pixels, width, height }, 88).data;
}
