import { expect, it } from 'vitest';
import { createFigure, formatTable, quantile } from '../../../sandbox/bench/figures.js';

const toHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

it.each([
  [0, 1],
  [0.5, 50],
  [0.99, 99],
  [0.991, 100],
  [1, 100],
])('the quantile %s of 1 to 100 is %s', (share, expected) => {
  expect(quantile(toHundred, share)).toBe(expected);
});

it('a figure has its runs, their minimum, median and maximum, and whether the median is good enough', () => {
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
