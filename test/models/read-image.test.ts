import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ImageModelError } from '../../src/core/errors.js';
import { readImage } from '../../src/models/read-image.js';
import { drawPng } from './draw-png.js';

const png = drawPng({ width: 16, height: 16 });
const base64 = png.toString('base64');
const strictBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const unusable = expect.objectContaining({ reason: 'unusable_answer' });

test('answers the exact bytes of a PNG', () => {
  expect(readImage(base64)).toEqual({ bytes: png, mediaType: 'image/png' });
});

test('tells a JPEG as what it is', () => {
  const jpeg = Buffer.from('ffd8ffe000104a46494600ffd9', 'hex');
  expect(readImage(jpeg.toString('base64'))).toEqual({ bytes: jpeg, mediaType: 'image/jpeg' });
});

describe('base64', () => {
  test('with any one character changed to one outside the alphabet is refused', () => {
    const outside = fc.string({ minLength: 1, maxLength: 1, unit: 'binary' });
    fc.assert(
      fc.property(fc.nat(base64.length - 1), outside, (at, character) => {
        const changed = base64.slice(0, at) + character + base64.slice(at + 1);
        fc.pre(!strictBase64.test(changed));
        expect(() => readImage(changed)).toThrow(unusable);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['nothing', ''],
    ['no padding', Buffer.from('ab').toString('base64').replace(/=+$/, '')],
    ['a line break', `${base64.slice(0, 76)}\n${base64.slice(76)}`],
    ['a data URL', `data:image/png;base64,${base64}`],
    ['the URL alphabet', `${base64.slice(0, 40)}-_-_${base64.slice(44)}`],
  ])('with %s is refused', (_what, text) => {
    expect(() => readImage(text)).toThrow(unusable);
  });
});

describe('a PNG', () => {
  test('cut off anywhere is refused', () => {
    for (let length = 0; length < png.length; length += 1) {
      expect(() => readImage(png.subarray(0, length).toString('base64'))).toThrow(unusable);
    }
  });

  test('of no width is refused', () => {
    const flat = Buffer.from(png);
    flat.writeUInt32BE(0, 16);
    expect(() => readImage(flat.toString('base64'))).toThrow(unusable);
  });

  test('with bytes after its end is taken', () => {
    expect(readImage(Buffer.concat([png, Buffer.alloc(3)]).toString('base64')).mediaType).toBe('image/png');
  });
});

test.each([
  ['a GIF', 'GIF89a_______________________________'],
  ['a WebP', 'RIFF____WEBPVP8 _____________________'],
  ['HTML', '<html><body>Service Unavailable</body></html>'],
  ['a JPEG without its end', '\xff\xd8\xff\xe0 ...'],
])('%s is refused', (_what, text) => {
  expect(() => readImage(Buffer.from(text, 'latin1').toString('base64'))).toThrow(ImageModelError);
});
