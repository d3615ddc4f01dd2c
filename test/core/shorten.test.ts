import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shorten } from '../../src/core/shorten.js';

const family = '👨‍👩‍👧‍👦'; // 11 UTF-16 units that people see as one
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

describe('shorten', () => {
  test.each([
    ['fox', 3, 'fox'],
    ['foxes', 4, 'fox…'],
    ['red fox', 5, 'red…'],
    ['🦊🦊', 4, '🦊🦊'],
    ['🦊🦊🦊', 4, '🦊…'],
    [`a${family}`, 11, 'a…'],
    [`a${family}b${family}`, 14, `a${family}b…`],
    ['e\u0301e\u0301', 3, 'e\u0301…'],
    ['', 1, ''],
  ])('%o within %i is %o', (text, limit, short) => {
    expect(shorten(text, limit)).toBe(short);
  });

  test('keeps the limit, leaves what is within it, and cuts no character that people see as one', () => {
    const piece = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(family, '🇫🇷', ' ', '\n'));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 1, max: 60 }), (pieces, limit) => {
        const whole = pieces.join('');
        const short = shorten(whole, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        const cuts = Array.from(segmenter.segment(whole), ({ index }) => `${whole.slice(0, index).trimEnd()}…`);
        expect(whole.length <= limit ? [whole] : cuts).toContain(short);
      }),
    );
  });
});
