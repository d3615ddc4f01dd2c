import { expect, test } from 'vitest';
import { nearestWord } from '../../../../src/core/prompt/command/flags.js';

test.each([
  ['watercolr', 'watercolor'],
  ['wtaercolor', 'watercolor'],
  ['WATERCOLOR', 'watercolor'],
  ['cor', 'core'],
  ['stlye', 'style'],
  ['stily', undefined],
  ['photograph', undefined],
  ['x', undefined],
  ['', undefined],
])('the word nearest to %j is %s', (typed, found) => {
  expect(nearestWord(typed, ['core', 'watercolor', 'photo', 'style'])).toBe(found);
});
