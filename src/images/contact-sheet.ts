import { createRequire } from 'node:module';
import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import type { SheetCell } from '../core/batch/deps.js';
import type { AspectRatio } from '../core/image-model.js';

/** A cell with its image, a PNG or JPEG, if there is one. */
export interface FilledCell extends SheetCell {
  image?: Uint8Array | undefined;
}

/** Pixels and bytes. */
const limits = { side: 1024, bytes: 300_000 };
/** What Slack scales an image of a message down to, until a user enlarges it. */
const shown = { width: 520, height: 360 };
/** Of what is written, in pixels there. */
const sizes = { badge: 14, badgeHeight: 22, paragraph: 13, margin: 6 };
const gap = 8;
/** A sheet of about this shape has the largest images in a message, on a desktop as on a phone. */
const idealRatio = 4 / 3;
const colors = { paper: '#ffffff', empty: '#e9e9ec', text: '#3f3f46' };
/** Slim containers have no fonts. */
const fontfile = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');
const font = 'DejaVu Sans Bold';

/** All images of a batch in one JPEG of at most 300 KB, numbered and never cropped. */
export async function drawContactSheet(cells: readonly FilledCell[], aspectRatio: AspectRatio): Promise<Buffer> {
  const grid = arrange(cells.length, aspectRatio);
  const drawn = await Promise.all(cells.map((cell, index) => drawCell(cell, grid, index)));
  const sheet = await sharp({
    create: { width: grid.width, height: grid.height, channels: 3, background: colors.paper },
  })
    .composite(drawn.flat())
    .raw()
    .toBuffer({ resolveWithObject: true });
  return compress(sharp(sheet.data, { raw: sheet.info }), limits.bytes);
}

/** An image as a JPEG of at most so many bytes, at its own size if the quality allows it. */
export async function compress(image: Sharp, maxBytes: number): Promise<Buffer> {
  for (const quality of [82, 74, 66, 58, 50]) {
    const jpeg = await image.clone().flatten({ background: colors.paper }).jpeg({ quality }).toBuffer();
    if (jpeg.length <= maxBytes) return jpeg;
  }
  const { width = limits.side } = await image.metadata();
  const smaller = image.clone().resize({ width: Math.round(width * 0.75) });
  const { data, info } = await smaller.raw().toBuffer({ resolveWithObject: true });
  return compress(sharp(data, { raw: info }), maxBytes);
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

async function drawCell(cell: FilledCell, grid: Grid, index: number): Promise<OverlayOptions[]> {
  const { columns, cell: size, scale } = grid;
  const left = (index % columns) * (size.width + gap);
  const top = Math.floor(index / columns) * (size.height + gap);
  const { width, height } = size;
  const input = cell.image
    ? await sharp(cell.image)
        .resize({ width, height, fit: 'contain', background: colors.empty })
        .flatten({ background: colors.empty })
        .png({ compressionLevel: 0 }) // only the sheet loses anything by compression
        .toBuffer()
    : await sharp({ create: { width, height, channels: 3, background: colors.empty } })
        .png()
        .toBuffer();
  const margin = Math.round(sizes.margin * scale);
  const [inner, maxWidth] = [left + margin, width - 2 * margin];
  const marks = [await badge(`${cell.number}`, { left: inner, top: top + margin, maxWidth, scale })];
  if (cell.label) {
    const bottom = top + height - margin - Math.round(sizes.badgeHeight * scale);
    marks.push(await badge(cell.label, { left: inner, top: bottom, maxWidth, scale }));
  }
  if (cell.text) marks.push(await paragraph(cell.text, { left, top, width, height, scale }));
  return [{ input, left, top }, ...marks];
}

interface Place {
  left: number;
  top: number;
  scale: number;
}

/** White words on a dark box, readable on any image. */
async function badge(
  words: string,
  { left, top, scale, maxWidth }: Place & { maxWidth: number },
): Promise<OverlayOptions> {
  const [height, padding] = [Math.round(sizes.badgeHeight * scale), Math.round(sizes.margin * scale)];
  const { data, info } = await write(words, {
    size: sizes.badge * scale,
    color: '#ffffff',
    box: { width: maxWidth - 2 * padding, height },
  });
  const width = Math.max(height, info.width + 2 * padding);
  const box = Buffer.from(
    `<svg width="${width}" height="${height}"><rect width="100%" height="100%" rx="${height / 5}" fill="#000000" fill-opacity="0.65"/></svg>`,
  );
  const input = await sharp(box)
    .composite([{ input: data }])
    .png()
    .toBuffer();
  return { input, left, top };
}

/** Centered, in the cell's width. */
async function paragraph(
  words: string,
  { left, top, width, height, scale }: Place & { width: number; height: number },
): Promise<OverlayOptions> {
  const wrap = Math.round(width * 0.8);
  const { data, info } = await write(words, {
    size: sizes.paragraph * scale,
    color: colors.text,
    wrap,
    box: { width: wrap, height },
  });
  return {
    input: data,
    left: left + Math.round((width - info.width) / 2),
    top: top + Math.round((height - info.height) / 2),
  };
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
