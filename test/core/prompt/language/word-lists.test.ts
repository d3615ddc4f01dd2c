import dictionary from 'dictionary-en';
import { describe, expect, test } from 'vitest';
import { isEnglishName, isEnglishWord } from '../../../../src/core/prompt/language/word-lists.js';

const entries = Buffer.from(dictionary.dic)
  .toString()
  .trim()
  .split('\n')
  .map((line) => line.split('/')[0] ?? '');

describe('isEnglishWord', () => {
  test('finds every lower-case word of the dictionary', () => {
    const words = entries.filter((entry) => /^[a-z]+$/u.test(entry));
    expect(words.length).toBeGreaterThan(38_000);
    expect(words.filter((word) => !isEnglishWord(word))).toEqual([]);
  });

  test.each(['foxes', 'skies', 'painted', 'glowing', 'happiest', 'unlit', 'repainted', 'child’s', 'they', 'we', 'I'])(
    'knows the form “%s”',
    (word) => {
      expect(isEnglishWord(word)).toBe(true);
    },
  );

  test.each(['eines', 'zorro', 'nieve', 'zzzz', '', 'foxly', 'tokyo'])('does not know “%s”', (word) => {
    expect(isEnglishWord(word)).toBe(false);
  });
});

describe('isEnglishName', () => {
  test('finds names, whatever their case in the prompt, also those that are words too', () => {
    expect(['tokyo', 'Venice', 'snow', 'bicycle', 'qwxz'].map(isEnglishName)).toEqual([true, true, true, false, false]);
  });
});
