import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseSeeds } from '../../../src/core/batch/plan-batch.js';

const stability = { min: 1, max: 4_294_967_294 };
const almostOne = 1 - Number.EPSILON / 2;

describe('chooseSeeds', () => {
  test.each([
    [4, stability, 0, [1, 2, 3, 4]],
    [4, stability, almostOne, [4_294_967_291, 4_294_967_292, 4_294_967_293, 4_294_967_294]],
    [2, { min: 0, max: 10 }, 0, [1, 2]],
    [3, { min: 5, max: 7 }, 0.5, [5, 6, 7]],
    [1, { min: 0, max: 1 }, almostOne, [1]],
  ])('chooses %i in %o at %d', (count, range, random, seeds) => {
    expect(chooseSeeds(count, range, () => random)).toEqual(seeds);
  });

  test('chooses consecutive seeds in range, none of them 0', () => {
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const range = fc.record({ min: fc.nat(1000), size: fc.integer({ min: 11, max: 4_294_967_294 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), range, unit, (count, { min, size }, random) => {
        const max = min + size;
        const seeds = chooseSeeds(count, { min, max }, () => random);
        const [first = 0] = seeds;
        expect(seeds).toEqual(Array.from({ length: count }, (_, index) => first + index));
        expect(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= Math.max(1, min) && seed <= max)).toBe(true);
      }),
    );
  });
});
