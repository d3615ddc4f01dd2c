import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifyImage, parseAnswer } from '../../src/models/read-image.js';
import { drawPng } from './draw-png.js';

const unusable = expect.objectContaining({ reason: 'unusable_answer' });
const png = drawPng();

describe('an answer', () => {
  test('is the JSON it holds, and its image is the bytes that were encoded, however long', () => {
    const answers = fc.record({
      length: fc.integer({ min: 0, max: 100_000 }),
      other: fc.jsonValue(),
      space: fc.nat(1),
    });
    fc.assert(
      fc.property(answers, ({ length, other, space }) => {
        const bytes = Buffer.alloc(length, 'image');
        const image = bytes.toString('base64');
        const { json, decode } = parseAnswer(Buffer.from(JSON.stringify({ a: other, image, z: other }, null, space)));
        expect(JSON.stringify({ ...Object(json), image: '' })).toBe(JSON.stringify({ a: other, image: '', z: other }));
        expect(decode(Object(json).image).equals(bytes)).toBe(true);
      }),
      { numRuns: 50, endOnFailure: true },
    );
  });

  test('may escape the slashes of its image', () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * index) % 256));
    const escaped = JSON.stringify({ image: bytes.toString('base64') }).replaceAll('/', '\\/');
    const { json, decode } = parseAnswer(Buffer.from(escaped));
    expect(decode(Object(json).image).equals(bytes)).toBe(true);
  });

  test.each(['', '{', '"', '<html>', `{"images":["${'QUJD'.repeat(5000)}`, `{"images":["${'QUJD'.repeat(5000)}"`])(
    'that is not JSON is refused (%#)',
    (text) => {
      expect(() => parseAnswer(Buffer.from(text))).toThrow(SyntaxError);
    },
  );
});

test.each([
  ['image/png', png],
  ['image/png', Buffer.concat([png, Buffer.alloc(3)])],
  ['image/jpeg', Buffer.from('ffd8ffe000104a46494600ffd9', 'hex')],
])('%s is told by its bytes', (mediaType, bytes) => {
  expect(identifyImage(bytes)).toEqual({ bytes, mediaType });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['half a PNG', png.subarray(0, png.length / 2)],
  ['a PNG without its signature', png.subarray(8)],
  ['a JPEG without its end', Buffer.from('ffd8ffe0', 'hex')],
  ['a GIF', Buffer.from('GIF89a')],
  ['HTML', Buffer.from('<html><body>Service Unavailable</body></html>')],
])('%s is refused', (_what, bytes) => {
  expect(() => identifyImage(bytes)).toThrow(unusable);
});
