import sharp, { type Sharp } from 'sharp';
import { colorIn } from './colors.js';
import { recipeOf, renderRecipe } from './draw-image.js';
import { iconsIn } from './read-prompt.js';
import type { Margin } from './recipe.js';

/*
 * The same changes for images without a recipe: uploads, and images that were encoded again. They look at pixels alone.
 */

interface Size {
  width: number;
  height: number;
}

/** Sides of the small copy in which the background is looked for. */
const smallSide = 192;
/** How far a color may be from its neighbor's, and from that of the corner, to be background still: sums of three channels. */
const maxStep = 26;
const maxDrift = 190;

/** An alpha channel: what cannot be reached from the edges without crossing a contrast. */
export async function findForeground(image: Buffer, { width, height }: Size): Promise<Buffer> {
  const small = sharp(image).resize(smallSide, smallSide, { fit: 'fill' }).blur(0.8).removeAlpha().toColorspace('srgb');
  const colors = await small.raw().toBuffer();
  const distance = (one: number, other: number) =>
    [0, 1, 2].reduce((sum, at) => sum + Math.abs((colors[one * 3 + at] ?? 0) - (colors[other * 3 + at] ?? 0)), 0);
  const mask = Buffer.alloc(smallSide * smallSide, 255);
  const last = smallSide - 1;
  const edges = Array.from({ length: smallSide }, (_, at) => [
    at,
    last * smallSide + at,
    at * smallSide,
    at * smallSide + last,
  ]);
  const open = edges.flat().map((at) => ({ at, start: at }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { at, start } = next;
    if (mask[at] === 0) continue;
    mask[at] = 0;
    const column = at % smallSide;
    const near = [at - smallSide, at + smallSide, column > 0 ? at - 1 : -1, column < last ? at + 1 : -1];
    for (const other of near) {
      if (mask[other] === 255 && distance(at, other) <= maxStep && distance(start, other) <= maxDrift) {
        open.push({ at: other, start });
      }
    }
  }
  const raw = { width: smallSide, height: smallSide, channels: 1 } as const;
  return sharp(mask, { raw }).resize(width, height, { fit: 'fill' }).blur(1.2).toColorspace('b-w').raw().toBuffer();
}

export async function recolorPixels(image: Buffer, size: Size, prompt: string): Promise<Sharp> {
  const tinted = await sharp(image).removeAlpha().tint(colorIn(prompt)).toColorspace('srgb').raw().toBuffer();
  return layOver(image, tinted, size, await findForeground(image, size));
}

/** The foreground dissolves, and what the words name is drawn in its place. */
export async function replacePixels(image: Buffer, size: Size, prompt: string, seed: number): Promise<Sharp> {
  const blurred = await sharp(image)
    .removeAlpha()
    .blur(Math.min(size.width, size.height) / 10)
    .toColorspace('srgb')
    .raw()
    .toBuffer();
  const dissolved = await layOver(image, blurred, size, await findForeground(image, size));
  const subjects = iconsIn(prompt).slice(0, 1);
  const recipe = recipeOf({ prompt, seed, ...size });
  const drawn = await renderRecipe(
    { ...recipe, scene: { ...recipe.scene, subjects, letters: prompt } },
    { layer: 'fronts' },
  );
  return sharp(await dissolved.png().toBuffer()).composite([{ input: drawn.asPng() }]);
}

async function layOver(image: Buffer, colors: Buffer, { width, height }: Size, alpha: Buffer): Promise<Sharp> {
  const layer = sharp(colors, { raw: { width, height, channels: 3 } }).joinChannel(alpha, {
    raw: { width, height, channels: 1 },
  });
  return sharp(image).composite([{ input: await layer.png().toBuffer() }]);
}

export async function outpaintPixels(image: Buffer, { left, right, up, down }: Margin): Promise<Buffer> {
  const sides = { left, right, top: up, bottom: down };
  const mirrored = await sharp(image)
    .removeAlpha()
    .extend({ ...sides, extendWith: 'mirror' })
    .png()
    .toBuffer();
  return sharp(mirrored).blur(16).png().toBuffer();
}

/** Weak: another light, the same pixels. Strong: mirrored and nearer, too. */
export function varyPixels(image: Buffer, { width, height }: Size, seed: number, strength: number): Sharp {
  const turn = Math.round(((seed % 7) - 3) * 14 * strength);
  const light = sharp(image).modulate({
    hue: turn,
    saturation: 1 + 0.3 * strength,
    brightness: 1 + (seed % 2 ? 0.12 : -0.12) * strength,
  });
  if (strength < 0.5) return light;
  const near = {
    width: Math.max(1, Math.round(width * (1 - strength / 4))),
    height: Math.max(1, Math.round(height * (1 - strength / 4))),
  };
  const middle = { left: Math.floor((width - near.width) / 2), top: Math.floor((height - near.height) / 2) };
  return light.flop().extract({ ...middle, ...near });
}

/** The lines of an image over another of its size. */
export async function drawLines(image: Buffer, over: Buffer, { width, height }: Size): Promise<Sharp> {
  const kernel = { width: 3, height: 3, kernel: [-1, -1, -1, -1, 8, -1, -1, -1, -1] };
  const lines = sharp(image).flatten({ background: '#fff' }).resize(width, height, { fit: 'fill' }).greyscale().blur(1);
  const black = await lines.convolve(kernel).linear(3, 0).negate().toColorspace('srgb').png().toBuffer();
  return sharp(over).composite([{ input: black, blend: 'multiply' }]);
}

/** A drawing in the colors of another image. */
export async function borrowColors(image: Buffer, drawn: Buffer): Promise<Sharp> {
  const { dominant } = await sharp(image).stats();
  const { width, height } = await sharp(drawn).metadata();
  const wash = { create: { width, height, channels: 4 as const, background: { ...dominant, alpha: 0.45 } } };
  return sharp(drawn).composite([
    { input: wash, blend: 'soft-light' },
    { input: { create: { ...wash.create, background: { ...dominant, alpha: 0.18 } } } },
  ]);
}
