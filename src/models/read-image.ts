import { ImageModelError } from '../core/errors.js';
import type { GeneratedImage } from '../core/image-model.js';

/** Any longer string in an answer is its image. */
const maxTextLength = 10_000;
const standIn = 'the image';
/** Whole groups of four characters. */
const partLength = 65_536;

/**
 * Cuts the image out before the answer is parsed: parsing two megabytes of base64 costs ten times what decoding them does.
 * `json` has a short stand-in for it, which `decode` knows.
 * @throws SyntaxError if the answer is not JSON
 */
export function parseAnswer(answer: Uint8Array): { json: unknown; decode: (base64: string) => Buffer } {
  const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  let start = 0;
  let end = bytes.indexOf('"');
  while (end !== -1 && end - start <= maxTextLength) {
    start = end + 1;
    end = bytes.indexOf('"', start);
  }
  const isWhole = end === -1 || bytes.subarray(start, end).includes('\\'); // escapes are left to the parser
  if (isWhole) return { json: JSON.parse(bytes.toString()), decode: (base64) => Buffer.from(base64, 'base64') };
  return {
    json: JSON.parse(bytes.toString('utf8', 0, start) + standIn + bytes.toString('utf8', end)),
    decode: (base64) =>
      base64 === standIn ? decodeInPlace(bytes.subarray(start, end)) : Buffer.from(base64, 'base64'),
  };
}

/** In place and in parts, since megabytes of garbage for each image would keep the garbage collector busy. */
function decodeInPlace(base64: Buffer): Buffer {
  let written = 0;
  for (let start = 0; start < base64.length; start += partLength) {
    written += base64.write(base64.toString('latin1', start, start + partLength), written, 'base64');
  }
  return base64.subarray(0, written);
}

const formats = [
  { mediaType: 'image/png', begin: Buffer.from('89504e470d0a1a0a', 'hex'), end: Buffer.from('IEND') },
  { mediaType: 'image/jpeg', begin: Buffer.from('ffd8ff', 'hex'), end: Buffer.from('ffd9', 'hex') },
] as const;

/** @throws ImageModelError `unusable_answer` for anything but a PNG or JPEG from its beginning to its end */
export function identifyImage(bytes: Buffer): Pick<GeneratedImage, 'bytes' | 'mediaType'> {
  const format = formats.find(
    ({ begin, end }) => bytes.subarray(0, begin.length).equals(begin) && bytes.lastIndexOf(end) > 0,
  );
  if (format) return { bytes, mediaType: format.mediaType };
  throw new ImageModelError('unusable_answer', `${bytes.length} bytes are not a whole PNG or JPEG`);
}
