import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { promptFromOwnWords } from '../../../../src/core/prompt/post/own-words.js';

const graphemes = (text: string) => Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);

describe('promptFromOwnWords', () => {
  test.each([
    ['a red fox', 9, 'a red fox'],
    ['a red fox', 8, 'a red'],
    ['A fox sleeps. It snows. The moon is up.', 24, 'A fox sleeps. It snows.'],
    ['Hi! A very long sentence follows without an end in sight', 30, 'Hi! A very long sentence'],
    ['One.\n\nTwo   three.', 100, 'One. Two three.'],
    ['see https://x.test/a and ana@x.test now', 100, 'see and now'],
    ['unbreakableword', 5, 'unbre'],
    ['👩‍👩‍👧👩‍👩‍👧', 10, '👩‍👩‍👧'],
    ['👩‍👩‍👧', 3, ''],
    ['私は猫です。犬もいます。', 8, '私は猫です。'],
    ['', 10, ''],
    ['words', 0, ''],
  ])('makes “%s” fit in %i as “%s”', (text, limit, prompt) => {
    expect(promptFromOwnWords(text, limit)).toBe(prompt);
  });

  test('keeps within the limit, at the border of a character, and only what the post begins with', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(200), (text, limit) => {
        const whole = promptFromOwnWords(text, Number.MAX_SAFE_INTEGER);
        const prompt = promptFromOwnWords(text, limit);
        expect(prompt.length).toBeLessThanOrEqual(limit);
        const count = graphemes(prompt).length;
        expect(graphemes(whole).slice(0, count).join('')).toBe(prompt);
      }),
      { numRuns: 500 },
    );
  });
});
