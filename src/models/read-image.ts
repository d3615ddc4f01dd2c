import { ImageModelError } from '../core/errors.js';
import type { ImageMediaType } from '../core/image-model.js';
import { lendBytes } from './answer-memory.js';

export interface Image {
  bytes: Uint8Array;
  /** What the bytes are, whatever was asked for. */
  mediaType: ImageMediaType;
}

/** Base64 as it came: a string, or the bytes of one. */
export type Base64 = string | Buffer;

/**
 * Decodes an image once and makes sure that it is whole.
 * @throws ImageModelError `unusable_answer` for bad base64, a cut-off file, or any type but PNG and JPEG.
 */
export function readImage(base64: Base64): Image {
  const bytes = decodeBase64(base64);
  const mediaType = readMediaType(bytes);
  if (!mediaType) throw new ImageModelError('unusable_answer', `${bytes.length} bytes are no whole PNG or JPEG`);
  return { bytes, mediaType };
}

/** Decoded in parts, so that no string of megabytes is made for the garbage collector. A multiple of 4: whole groups. */
const partLength = 65_536;

/**
 * Node's decoder never fails: it skips what it cannot read, which shows in the length, and it takes two things for base64
 * that are not: the URL alphabet, and characters past U+00FF by their low byte. Looking for those costs a third of what
 * decoding does; one regular expression over the megabytes, ten times as much.
 */
function decodeBase64(base64: Base64): Buffer {
  const tail = typeof base64 === 'string' ? base64.slice(-2) : base64.toString('latin1', base64.length - 2);
  const padding = tail.endsWith('==') ? 2 : tail.endsWith('=') ? 1 : 0;
  const expectedLength = (base64.length / 4) * 3 - padding;
  if (base64.length === 0 || !Number.isInteger(expectedLength) || !isPlainAscii(base64) || hasUrlAlphabet(base64)) {
    throw notBase64(base64);
  }
  const bytes = lendBytes(expectedLength);
  let written = 0;
  for (let start = 0; start < base64.length; start += partLength) {
    const end = Math.min(start + partLength, base64.length);
    const part = typeof base64 === 'string' ? base64.slice(start, end) : base64.toString('latin1', start, end);
    written += bytes.write(part, written, 'base64');
  }
  if (written !== expectedLength) throw notBase64(base64);
  return bytes;
}

function notBase64(base64: Base64): ImageModelError {
  return new ImageModelError('unusable_answer', `${base64.length} characters are not base64`);
}

/** In bytes every character is below U+0100, and those that are not ASCII are skipped, which shows in the length. */
const isPlainAscii = (base64: Base64): boolean =>
  typeof base64 !== 'string' || Buffer.byteLength(base64) === base64.length;

const hasUrlAlphabet = (base64: Base64): boolean => base64.includes('-') || base64.includes('_');

function readMediaType(bytes: Buffer): ImageMediaType | undefined {
  if (isWholePng(bytes)) return 'image/png';
  if (isWholeJpeg(bytes)) return 'image/jpeg';
  return undefined;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length and type before a chunk's data, checksum after it: https://www.w3.org/TR/png-3/#5Chunk-layout */
const chunkOverhead = 12;

/** Steps from chunk to chunk without looking at the pixels: IHDR first, with a size, and IEND wholly there. */
function isWholePng(bytes: Buffer): boolean {
  if (bytes.length < 33 || bytes.compare(pngSignature, 0, 8, 0, 8) !== 0) return false;
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return false;
  if (bytes.readUInt32BE(16) === 0 || bytes.readUInt32BE(20) === 0) return false;
  let offset = pngSignature.length;
  while (offset + chunkOverhead <= bytes.length) {
    if (bytes.toString('latin1', offset + 4, offset + 8) === 'IEND') return true;
    offset += chunkOverhead + bytes.readUInt32BE(offset);
  }
  return false;
}

/** Start-of-image followed by another marker, and end-of-image as the last thing: ITU T.81, annex B. */
function isWholeJpeg(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUIntBE(0, 3) === 0xffd8ff && bytes.readUInt16BE(bytes.length - 2) === 0xffd9;
}
