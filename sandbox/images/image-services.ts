import type { RenderedImage } from '@resvg/resvg-js';
import sharp, { type Sharp } from 'sharp';
import * as pixels from './change-pixels.js';
import * as scenes from './change-scene.js';
import { frameOf, recipeOf, renderRecipe } from './draw-image.js';
import { type Margin, type Recipe, readRecipe, writeRecipe } from './recipe.js';

interface Size {
  width: number;
  height: number;
}

/** An image that a service was given. */
export interface GivenImage extends Size {
  bytes: Buffer;
}

/** A result before it is encoded. */
export interface Result {
  pixels: Sharp;
  recipe?: Recipe | undefined;
}

export type OutputFormat = 'png' | 'jpeg' | 'webp';

export async function encodeResult({ pixels, recipe }: Result, format: OutputFormat): Promise<Buffer> {
  const flat = format === 'jpeg' ? pixels.flatten() : pixels;
  const bytes = await flat.toFormat(format, format === 'png' ? { compressionLevel: 4 } : { quality: 90 }).toBuffer();
  return recipe ? writeRecipe(bytes, recipe) : bytes;
}

export function upscale({ bytes }: GivenImage, size: Size): Result {
  return { pixels: sharp(bytes).resize({ ...size, fit: 'fill', kernel: 'lanczos3' }), recipe: readRecipe(bytes) };
}

export async function outpaint(image: GivenImage, margin: Margin): Promise<Result> {
  const { bytes, width, height } = image;
  const { left, right, up, down } = margin;
  const recipe = readRecipe(bytes);
  const size = { width: left + width + right, height: up + height + down };
  const wider = recipe && scenes.widen(recipe, scaleMargin(margin, frameOf(recipe).width / width));
  const around = wider
    ? fromRendered(await renderRecipe(wider, { size, layer: 'back' }))
    : sharp(await pixels.outpaintPixels(bytes, margin));
  return { pixels: around.composite([{ input: bytes, left, top: up }]), recipe: wider };
}

function scaleMargin({ left, right, up, down }: Margin, scale: number): Margin {
  return { left: left * scale, right: right * scale, up: up * scale, down: down * scale };
}

/** The given pixels, with an alpha channel that leaves only the subjects. */
export async function removeBackground({ bytes, width, height }: GivenImage): Promise<Result> {
  const recipe = readRecipe(bytes);
  const size = { width, height };
  const alpha = recipe
    ? await fromRendered(await renderRecipe(recipe, { size, layer: 'fronts' }))
        .extractChannel('alpha')
        .raw()
        .toBuffer()
    : await pixels.findForeground(bytes, size);
  const opaque = await sharp(bytes).removeAlpha().toColorspace('srgb').raw().toBuffer();
  const cut = sharp(opaque, { raw: { ...size, channels: 3 } }).joinChannel(alpha, { raw: { ...size, channels: 1 } });
  return { pixels: cut, recipe };
}

export function searchAndReplace(image: GivenImage, searched: string, { prompt, seed }: scenes.Words): Promise<Result> {
  return change(
    image,
    (recipe) => scenes.replaceSubject(recipe, searched, prompt),
    () => pixels.replacePixels(image.bytes, sizeOf(image), prompt, seed),
  );
}

export function searchAndRecolor(image: GivenImage, selected: string, { prompt }: scenes.Words): Promise<Result> {
  return change(
    image,
    (recipe) => scenes.recolorSubject(recipe, selected, prompt),
    () => pixels.recolorPixels(image.bytes, sizeOf(image), prompt),
  );
}

export async function vary(image: GivenImage, words: scenes.Words, strength: number, size: Size): Promise<Result> {
  return change(
    image,
    (recipe) => scenes.varyScene(recipe, words, strength),
    async () => pixels.varyPixels(image.bytes, sizeOf(image), words.seed, strength).resize({ ...size, fit: 'fill' }),
    size,
  );
}

export function drawInStyle(image: GivenImage, words: scenes.Words, size: Size): Promise<Result> {
  return change(
    image,
    (recipe) => ({ ...scenes.keepLook(recipe, words), ...size }),
    async () => pixels.borrowColors(image.bytes, (await renderRecipe(recipeOf({ ...words, ...size }))).asPng()),
    size,
  );
}

export function drawInStructure(image: GivenImage, words: scenes.Words): Promise<Result> {
  const size = sizeOf(image);
  return change(
    image,
    (recipe) => scenes.keepStructure(recipe, words),
    async () => pixels.drawLines(image.bytes, (await renderRecipe(recipeOf({ ...words, ...size }))).asPng(), size),
  );
}

export function edit(image: GivenImage, words: scenes.Words, size: Size): Promise<Result> {
  return change(
    image,
    (recipe) => scenes.editScene(recipe, words),
    () => pixels.replacePixels(image.bytes, sizeOf(image), words.prompt, words.seed),
    size,
  );
}

/** Draws the scene again, changed, or changes the pixels of an image whose scene is not known. */
async function change(
  { bytes, width, height }: GivenImage,
  ofScene: (recipe: Recipe) => Recipe,
  ofPixels: () => Promise<Sharp>,
  size: Size = { width, height },
): Promise<Result> {
  const known = readRecipe(bytes);
  if (!known) return { pixels: await ofPixels() };
  const recipe = ofScene(known);
  return { pixels: fromRendered(await renderRecipe(recipe, { size })), recipe };
}

function sizeOf({ width, height }: GivenImage): Size {
  return { width, height };
}

function fromRendered({ pixels: raw, width, height }: RenderedImage): Sharp {
  return sharp(raw, { raw: { width, height, channels: 4 } });
}
