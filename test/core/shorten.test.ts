import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shorten } from '../../src/core/shorten.js';

const family = '👨‍👩‍👧‍👦'; // 11 UTF-16 units that people see as one

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

  const text = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(family, '🇫🇷', ' ', '\n')), {
    maxLength: 20,
  });
  const limit = fc.integer({ min: 1, max: 60 });

  test('keeps the limit, and leaves what is within it', () => {
    fc.assert(
      fc.property(text, limit, (parts, most) => {
        const whole = parts.join('');
        const short = shorten(whole, most);
        expect(short.length).toBeLessThanOrEqual(most);
        if (whole.length <= most) expect(short).toBe(whole);
      }),
    );
  });

  test('cuts no character that people see as one', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(text, limit, (parts, most) => {
        const whole = parts.join('');
        const short = shorten(whole, most);
        if (short === whole) return;
        const characters = [...segmenter.segment(whole)].map(({ segment }) => segment);
        const wholeCuts = characters.map((_, index) => `${characters.slice(0, index).join('').trimEnd()}…`);
        expect(wholeCuts).toContain(short);
      }),
    );
  });
});
