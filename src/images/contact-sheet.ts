import { createRequire } from 'node:module';
import sharp, { type Sharp } from 'sharp';
import type { SheetCell } from '../core/batch/deps.js';
import type { AspectRatio } from '../core/image-model.js';
import { createMemory } from './memory.js';

/** A cell with its image, a PNG or JPEG, if there is one. */
export interface FilledCell extends SheetCell {
  image?: Uint8Array | undefined;
}

/** Pixels and bytes. */
const limits = { side: 1024, bytes: 300_000 };
/** What Slack scales an image of a message down to, until a user enlarges it. */
const shown = { width: 520, height: 360 };
/** Of what is written, in pixels there. */
const sizes = { badge: 14, badgeHeight: 22, paragraph: 13, padding: 6, margin: 6 };
const gap = 8;
/** A sheet of about this shape has the largest images in a message, on a desktop as on a phone. */
const idealRatio = 4 / 3;
const colors = { paper: '#ffffff', empty: '#e9e9ec', text: '#3f3f46', badge: '#27272a', badgeText: '#ffffff' };
sharp.cache(false); // no image is read twice

/** Slim containers have no fonts. */
const fontfile = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');
const font = 'DejaVu Sans Bold';

/** All images of a batch in one JPEG of at most 300 KB, numbered and never cropped. */
export async function drawContactSheet(cells: readonly FilledCell[], aspectRatio: AspectRatio): Promise<Buffer> {
  const grid = arrange(cells.length, aspectRatio);
  const { width, height } = grid;
  const sheet = blank({ width, height }, colors.paper);
  await Promise.all(cells.map((cell, index) => drawCell(sheet, cell, grid, index)));
  return compress(sheet, limits.bytes);
}

/** An image as a JPEG of at most so many bytes and 2,048 pixels a side, if the quality allows them. */
export async function toJpeg(image: Uint8Array, maxBytes: number): Promise<Buffer> {
  return compress(await render(await openOpaque(image, { width: 2048, height: 2048 }), colors.paper), maxBytes);
}

/** Scaled down to fit. If parts of it are transparent, they show the squares that stand for that. */
export async function openOpaque(image: Uint8Array, size: { width: number; height: number }): Promise<Sharp> {
  const scaled = open(image).resize({ ...size, fit: 'inside', withoutEnlargement: true });
  if (!(await open(image).metadata()).hasAlpha) return scaled;
  const { data, info } = await scaled.toColorspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  if (isOpaque(data)) return sharp(data, { raw: info }).removeAlpha();
  const { width, height } = info;
  return sharp({ create: { width, height, channels, background: colors.paper } }).composite([
    checker(),
    { input: data, raw: info },
  ]);
}

/** Many images have an alpha channel that hides nothing. @param pixels RGBA */
function isOpaque(pixels: Buffer): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return false;
  return true;
}

/** White and gray squares of 16 pixels, as raw pixels. */
function checker() {
  const side = 32;
  const isGray = (at: number) => at % side < 16 !== at < (side * side) / 2;
  const pixels = Array.from({ length: side * side }, (_, at) => (isGray(at) ? 0xe0 : 0xff));
  const input = Buffer.from(pixels.flatMap((shade) => [shade, shade, shade]));
  return { input, raw: { width: side, height: side, channels }, tile: true } as const;
}

/** Without what is a matter of opinion: a model's image with a wrong checksum is still an image. */
export function open(image: Uint8Array): Sharp {
  return sharp(image, { failOn: 'error' });
}

async function compress({ width, height, pixels }: Bitmap, maxBytes: number): Promise<Buffer> {
  const image = sharp(pixels, { raw: { width, height, channels } });
  for (const quality of [82, 74, 66, 58, 50]) {
    // optimizing the code would cost three times as long and save a twentieth of the bytes
    const jpeg = await image.clone().jpeg({ quality, optimizeCoding: false }).toBuffer();
    if (jpeg.length <= maxBytes) return jpeg;
  }
  return compress(await render(image.resize({ width: Math.round(width * 0.75) }), colors.paper), maxBytes);
}

interface Grid {
  columns: number;
  cell: { width: number; height: number };
  width: number;
  height: number;
  /** How many of its pixels are one of those that are shown. */
  scale: number;
}

/** The number of columns whose sheet comes closest to the ideal ratio. */
function arrange(count: number, aspectRatio: AspectRatio): Grid {
  const [wide = 1, tall = 1] = aspectRatio.split(':').map(Number);
  const distance = (columns: number) =>
    Math.abs(Math.log((columns * wide) / (Math.ceil(count / columns) * tall) / idealRatio));
  const choices = Array.from({ length: count }, (_, index) => index + 1).filter(
    (columns) => count % columns === 0 || count > 4,
  );
  const columns = choices.reduce((best, choice) => (distance(choice) < distance(best) ? choice : best));
  const rows = Math.ceil(count / columns);
  const scale = Math.min(
    (limits.side - gap * (columns - 1)) / (columns * wide),
    (limits.side - gap * (rows - 1)) / (rows * tall),
  );
  const cell = { width: Math.floor(wide * scale), height: Math.floor(tall * scale) };
  const along = (size: number, times: number) => size * times + gap * (times - 1);
  const [width, height] = [along(cell.width, columns), along(cell.height, rows)];
  return { columns, cell, width, height, scale: Math.max(width / shown.width, height / shown.height) };
}

/** RGB. */
const channels = 3;

/** Nothing on a sheet is transparent: laying pixels on one another costs a tenth of what compositing does. */
interface Bitmap {
  width: number;
  height: number;
  pixels: Buffer;
}

function blank({ width, height }: Grid['cell'], color: string): Bitmap {
  return { width, height, pixels: Buffer.alloc(width * height * channels, color.slice(1), 'hex') };
}

function paste(sheet: Bitmap, { width, height, pixels }: Bitmap, left: number, top: number): void {
  for (let row = 0; row < height; row += 1) {
    const start = row * width * channels;
    pixels.copy(sheet.pixels, ((top + row) * sheet.width + left) * channels, start, start + width * channels);
  }
}

async function drawCell(sheet: Bitmap, cell: FilledCell, grid: Grid, index: number): Promise<void> {
  const { width, height } = grid.cell;
  const left = (index % grid.columns) * (width + gap);
  const top = Math.floor(index / grid.columns) * (height + gap);
  const image = cell.image && open(cell.image).resize({ ...grid.cell, fit: 'contain', background: colors.paper });
  paste(sheet, image ? await render(image, colors.paper) : blank(grid.cell, colors.empty), left, top);
  if (cell.text && !image) {
    const text = await paragraph(cell.text, grid);
    paste(sheet, text, left + Math.floor((width - text.width) / 2), top + Math.floor((height - text.height) / 2));
  }
  const margin = Math.round(sizes.margin * grid.scale);
  paste(sheet, await badge(`${cell.number}`, grid), left + margin, top + margin);
  if (!cell.label) return;
  const label = await badge(cell.label, grid);
  paste(sheet, label, left + margin, top + height - margin - label.height);
}

/** Drawing words takes longer than all the rest of a sheet, and most sheets say the same. */
const written = createMemory<Bitmap>(100);

/** Words on a dark box, readable on any image. */
function badge(words: string, { cell, scale }: Grid): Promise<Bitmap> {
  return written.get(JSON.stringify(['badge', words, cell, scale]), () => drawBadge(words, { cell, scale }));
}

async function drawBadge(words: string, { cell, scale }: Pick<Grid, 'cell' | 'scale'>): Promise<Bitmap> {
  const height = Math.round(sizes.badgeHeight * scale);
  const padding = Math.round(sizes.padding * scale);
  const box = { width: cell.width - 2 * (padding + Math.round(sizes.margin * scale)), height };
  const { data, info } = await write(words, { size: sizes.badge * scale, color: colors.badgeText, box });
  const width = Math.max(height, info.width + 2 * padding);
  const [aside, above] = [width - info.width, height - info.height];
  const around = {
    left: Math.floor(aside / 2),
    right: Math.ceil(aside / 2),
    top: Math.floor(above / 2),
    bottom: Math.ceil(above / 2),
  };
  return render(sharp(data).extend({ ...around, background: colors.badge }), colors.badge);
}

/** Centered, in the cell's width. */
function paragraph(words: string, { cell, scale }: Grid): Promise<Bitmap> {
  const wrap = Math.round(cell.width * 0.8);
  const writing = {
    size: sizes.paragraph * scale,
    color: colors.text,
    wrap,
    box: { width: wrap, height: cell.height },
  };
  return written.get(JSON.stringify([words, writing]), async () =>
    render(sharp((await write(words, writing)).data), colors.empty),
  );
}

async function render(image: Sharp, background: string): Promise<Bitmap> {
  const { data: pixels, info } = await image
    .flatten({ background })
    .removeAlpha()
    .toColorspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels };
}

interface Writing {
  size: number;
  color: string;
  wrap?: number;
  /** Words that take more room are drawn smaller. */
  box: { width: number; height: number };
}

/** Pango's markup: https://docs.gtk.org/Pango/pango_markup.html */
async function write(words: string, { size, color, wrap, box }: Writing) {
  const safe = words.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  const text = `<span foreground="${color}">${safe}</span>`;
  const wrapped = wrap === undefined ? {} : ({ width: wrap, align: 'center' } as const);
  const drawn = sharp({ text: { text, font: `${font} ${Math.floor(size)}`, fontfile, rgba: true, ...wrapped } }).png();
  const { data, info } = await drawn.toBuffer({ resolveWithObject: true });
  if (info.width <= box.width && info.height <= box.height) return { data, info };
  return sharp(data)
    .resize({ ...box, fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
}
