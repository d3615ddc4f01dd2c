import { createRequire } from 'node:module';
import { type RenderedImage, type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js';
import jpeg from 'jpeg-js';
import { drawScene, escapeXml, type Front } from './draw-scene.js';
import { hashOf } from './random.js';
import { readPrompt } from './read-prompt.js';
import { type Recipe, writeRecipe } from './recipe.js';
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
}

interface Size {
  width: number;
  height: number;
}

const fontFile = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');
const font: ResvgRenderOptions = {
  font: { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
};
/** Sides of a pixel of pixel art, in hundredths of the shorter side. */
const pixelUnits = 2.5;

/** An image of what the prompt names, always the same for the same options. */
export async function drawImage(options: ImageOptions & { format: 'png' | 'jpeg' }): Promise<Buffer> {
  const recipe = recipeOf(options);
  const rendered = await renderRecipe(recipe);
  return writeRecipe(options.format === 'png' ? rendered.asPng() : encodeJpeg(rendered), recipe);
}

export function recipeOf({ prompt, negativePrompt, seed, width, height, model }: ImageOptions): Recipe {
  const scene = readPrompt(prompt, negativePrompt);
  const margin = { left: 0, right: 0, up: 0, down: 0 };
  return { scene, chance: hashOf(`${prompt} ${seed}`), seed, model, width, height, margin };
}

/** The whole scene, or a layer of it: what is behind the subjects, or nothing but the subjects, on nothing. */
export function renderRecipe(
  recipe: Recipe,
  { size = frameOf(recipe), layer = 'all' }: { size?: Size; layer?: 'all' | 'back' | 'fronts' } = {},
): Promise<RenderedImage> {
  const { back, fronts } = drawScene(recipe);
  const draw = async () => {
    if (layer === 'fronts') return fronts.map((front) => drawFront(front, false)).join('');
    const scene = layer === 'back' ? back : back + fronts.map((front) => drawFront(front, true)).join('');
    return (await styled(recipe, scene)) + (layer === 'back' ? '' : mark(recipe));
  };
  return draw().then((body) => renderAsync(svg(recipe, size, body), font));
}

interface Frame extends Size {
  x: number;
  y: number;
}

/** The scene with its margin. */
export function frameOf({ width, height, margin: { left, right, up, down } }: Recipe): Frame {
  return { x: -left, y: -up, width: left + width + right, height: up + height + down };
}

function drawFront({ name, color, body, shadow, transform }: Front, hasShadow: boolean): string {
  const moved = (elements: string) => (transform ? `<g transform="${transform}">${elements}</g>` : elements);
  if (!color) return moved((hasShadow ? shadow : '') + body);
  const id = `color-${name}`;
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const shades = channels.map((value, index) => {
    const channel = ['R', 'G', 'B'][index];
    return `<feFunc${channel} type="linear" slope="${0.35 + 0.75 * value}" intercept="${0.55 * value - 0.3}"/>`;
  });
  const filter = `<filter id="${id}" color-interpolation-filters="sRGB"><feColorMatrix type="saturate" values="0"/><feComponentTransfer>${shades.join('')}</feComponentTransfer></filter>`;
  return `<defs>${filter}</defs>${hasShadow ? moved(shadow) : ''}<g filter="url(#${id})">${moved(body)}</g>`;
}

async function styled(recipe: Recipe, body: string): Promise<string> {
  const { style } = recipe.scene;
  const { x, y, width, height } = frameOf(recipe);
  const place = `x="${x}" y="${y}" width="${width}" height="${height}"`;
  const unit = Math.min(recipe.width, recipe.height) / 100;
  if (style === 'pixel-art') {
    const columns = Math.ceil(width / (unit * pixelUnits));
    const small = { width: columns, height: Math.max(1, Math.round((columns * height) / width)) };
    const bytes = (await renderAsync(svg(recipe, small, body), font)).asPng();
    return `<image href="data:image/png;base64,${bytes.toString('base64')}" ${place} preserveAspectRatio="none" image-rendering="optimizeSpeed"/>`;
  }
  const { filter, overlay: over = '' } = lookOf(style);
  const layer = `<g transform="translate(${x} ${y}) scale(${width / 100} ${height / 100})">${over}</g>`;
  if (!filter) return body + layer;
  const region = `${place} filterUnits="userSpaceOnUse"`;
  const paper = `<rect ${place} fill="#fdfbf6"/>`;
  return `${paper}<defs><filter id="look" color-interpolation-filters="sRGB" ${region}>${filter(unit)}</filter></defs><g filter="url(#look)">${body}</g>${layer}`;
}

function mark(recipe: Recipe): string {
  if (!recipe.model) return '';
  const { x, y, width, height } = frameOf(recipe);
  const size = Math.min(width, height) / 34;
  const place = `x="${x + width - size}" y="${y + height - size}" text-anchor="end" font-size="${size}"`;
  return `<text ${place} fill="#fff" stroke="#000" stroke-opacity="0.35" stroke-width="${size / 6}" paint-order="stroke">${escapeXml(recipe.model)}</text>`;
}

function svg(recipe: Recipe, size: Size, body: string): string {
  const { x, y, width, height } = frameOf(recipe);
  const view = `viewBox="${x} ${y} ${width} ${height}" preserveAspectRatio="none"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" ${view}>${body}</svg>`;
}

function encodeJpeg({ pixels, width, height }: RenderedImage): Buffer {
  return jpeg.encode({ data: pixels, width, height }, 88).data;
}
