import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseSeeds } from '../../../src/core/batch/plan-batch.js';

const almostOne = 1 - Number.EPSILON / 2;

describe('chooseSeeds', () => {
  test.each([
    [4, { min: 1, max: 4_294_967_291 }, 0, [1, 2, 3, 4]],
    [4, { min: 1, max: 4_294_967_291 }, almostOne, [4_294_967_291, 4_294_967_292, 4_294_967_293, 4_294_967_294]],
    [2, { min: 0, max: 10 }, 0, [1, 2]],
    [3, { min: 5, max: 5 }, 0.5, [5, 6, 7]],
  ])('chooses %i from %o at %d', (count, firstSeeds, random, seeds) => {
    expect(chooseSeeds(count, firstSeeds, () => random)).toEqual(seeds);
  });

  test('begins in the range, and never with 0', () => {
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 4_294_967_294 }), unit, (min, size, random) => {
        const [first = 0] = chooseSeeds(4, { min, max: min + size }, () => random);
        expect(Number.isSafeInteger(first) && first >= Math.max(1, min) && first <= min + size).toBe(true);
      }),
    );
  });
});
