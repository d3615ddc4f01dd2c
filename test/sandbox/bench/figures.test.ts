import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFigure, formatTable, quantile } from '../../../sandbox/bench/figures.js';

const toHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

describe('quantile', () => {
  it.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [0.991, 100],
    [1, 100],
  ])('of %s among 1 to 100 is %s', (share, expected) => {
    expect(quantile(toHundred, share)).toBe(expected);
  });

  it('is one of the values, and as large a share as asked for is no larger', () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const found = quantile(given, share);
        expect(given).toContain(found);
        expect(given.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * given.length);
      }),
    );
  });

  it('of nothing is an error', () => {
    expect(() => quantile([], 0.5)).toThrow('no quantile of nothing');
  });
});

describe('createFigure', () => {
  it('reports the runs, their minimum, median and maximum, and whether the median is good enough', () => {
    expect(createFigure('start', 'ms', [900.00049, 700, 1600], 900)).toEqual({
      name: 'start',
      unit: 'ms',
      runs: [900, 700, 1600],
      min: 700,
      median: 900,
      max: 1600,
      wanted: 900,
      isReached: false, // by less than a microsecond
    });
  });

  it('judges nothing where nothing is wanted', () => {
    expect(createFigure('start', 'ms', [1])).not.toHaveProperty('isReached');
  });
});

it('the table shows a line for each figure, in columns', () => {
  const figures = [
    createFigure('four over one', 'times', [1.1, 1.05, 1.2], 1.15),
    createFigure('  four', 'ms', [1200, 1100, 1300]),
    createFigure('memory', 'MB', [310], 300),
  ];
  expect(formatTable(figures)).toMatchInlineSnapshot(`
    "figure          min  median   max  wanted  unit
    four over one  1.05    1.10  1.20  ≤ 1.15  times  reached
      four         1100    1200  1300          ms
    memory          310     310   310   ≤ 300  MB     missed"
  `);
});
