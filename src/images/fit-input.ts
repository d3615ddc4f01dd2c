import sharp, { type Metadata, type Sharp } from 'sharp';
import { InputError } from '../core/errors.js';
import type { ImageMediaType, InputImage } from '../core/image-model.js';
import type { InputLimits } from '../core/model-catalog.js';
import { open } from './contact-sheet.js';

/** A model gains nothing from more. */
const jpeg = { quality: 95, chromaSubsampling: '4:4:4' } as const;

/**
 * The image within these limits: untouched if it is, otherwise scaled down.
 * @throws InputError
 */
export async function fitInput(bytes: Uint8Array, limits: InputLimits): Promise<InputImage> {
  const { width, height, hasAlpha } = await readable(() => open(bytes).metadata());
  const [short, long] = width < height ? [width, height] : [height, width];
  if (long / short > limits.maxRatio) throw new InputError('too_slim');
  if (limits.finalPixels !== undefined && width * height > limits.finalPixels) throw new InputError('final_size');
  const scale = Math.min(1, limits.maxSide / long, Math.sqrt(limits.maxPixels / (width * height)));
  if (short * scale < limits.minSide) throw new InputError('too_small');
  if (scale === 1) return { bytes, width, height };
  const shorter = Math.floor(short * scale);
  const longer = Math.floor(Math.min(long * scale, shorter * limits.maxRatio)); // whole pixels can make it too slim
  const size = width < height ? { width: shorter, height: longer } : { width: longer, height: shorter };
  const scaled = open(bytes).resize({ ...size, fit: 'fill' });
  return { bytes: await readable(() => (hasAlpha ? scaled.png() : scaled.jpeg(jpeg)).toBuffer()), ...size };
}

/** Of an image that a user gives. Phones take photos of up to 50 million pixels; a few bytes can promise far more. */
const givenLimits = { bytes: 10 * 2 ** 20, pixels: 50_000_000 };
/** As many as the largest image that an operation makes has. */
const maxKeptPixels = 4_194_304;
const keptJpeg = { quality: 92 } as const;

/** Other formats are not even tried: their readers have seen fewer hostile files. */
const formats: Readonly<Record<string, (bytes: Buffer) => boolean>> = {
  png: (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
  jpeg: (bytes) => bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')),
  webp: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
};

/**
 * An image that a user gives as it is kept: upright, without metadata, of at most 4,194,304 pixels; a PNG if parts of it
 * are transparent, otherwise a JPEG.
 * @throws InputError
 */
export async function normalizeInput(given: Uint8Array): Promise<{ mediaType: ImageMediaType; bytes: Uint8Array }> {
  if (given.byteLength > givenLimits.bytes) throw new InputError('too_large');
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const isKnown = Object.values(formats).some((isOfFormat) => isOfFormat(bytes));
  if (!isKnown) throw new InputError('unreadable');
  const metadata = await readable(() => sharp(bytes, { limitInputPixels: false }).metadata()); // reads no pixel yet
  if (metadata.width * metadata.height > givenLimits.pixels) throw new InputError('too_many_pixels');
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: givenLimits.pixels });
  return readable(() => encode(image, metadata));
}

/** Sharp leaves out all metadata unless it is asked to keep them. */
async function encode(image: Sharp, { autoOrient: { width, height }, hasAlpha }: Metadata) {
  const scale = Math.min(1, Math.sqrt(maxKeptPixels / (width * height)));
  const [scaledWidth, scaledHeight] = [width, height].map((side) => Math.max(1, Math.floor(side * scale)));
  const upright = image.autoOrient().toColorspace('srgb');
  const scaled = scale < 1 ? upright.resize({ width: scaledWidth, height: scaledHeight, fit: 'fill' }) : upright;
  if (!hasAlpha) return toKeptJpeg(scaled);
  const { data, info } = await scaled.ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const drawn = () => sharp(data, { raw: info });
  if ((await drawn().stats()).isOpaque) return toKeptJpeg(drawn().removeAlpha());
  return { mediaType: 'image/png' as const, bytes: await drawn().png().toBuffer() };
}

async function toKeptJpeg(image: Sharp) {
  return { mediaType: 'image/jpeg' as const, bytes: await image.jpeg(keptJpeg).toBuffer() };
}

async function readable<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    throw new InputError('unreadable', { cause });
  }
}
