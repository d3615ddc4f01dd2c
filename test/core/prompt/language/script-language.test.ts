import { describe, expect, test } from 'vitest';
import { judgeScript } from '../../../../src/core/prompt/language/script-language.js';

describe('Han characters', () => {
  test.each([
    ['红的', 'zh'],
    ['的红', 'zh'],
    ['的的', 'zh'],
    ['雪地里 红狐', 'zh'],
    ['のの红的', 'ja'],
    ['红狐', undefined],
    ['的', undefined],
    ['Ж的Ж', undefined],
  ])('of “%s” tell %s', (text, language) => {
    expect(judgeScript(text)).toEqual({ isLatin: false, ...(language && { language }) });
  });
});

/** Long enough to take minutes where the time grows with the square of the length. */
const length = 300_000;

test.each([
  ['Han without a small word', '狐', undefined],
  ['small words', '的', 'zh'],
  ['Arabic script', 'ث', 'ar'],
  ['Cyrillic', 'ж', undefined],
])('a very long text of %s is judged', (_what, letter, language) => {
  expect(judgeScript(letter.repeat(length))).toEqual({ isLatin: false, ...(language && { language }) });
});
