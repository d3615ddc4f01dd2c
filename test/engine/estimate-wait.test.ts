import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateWait } from '../../src/engine/model-queue.js';

const now = 1_000_000;
const secondsAgo = (...seconds: number[]) => seconds.map((second) => now - second * 1000);

test.each<[position: number, starts: number[], requestsPerMinute: number, seconds: number]>([
  [1, [], 10, 0],
  [10, [], 10, 0],
  [11, [], 10, 60],
  [21, [], 10, 120],
  [1, secondsAgo(50, 40), 2, 10],
  [2, secondsAgo(50, 40), 2, 20],
  [3, secondsAgo(50, 40), 2, 70],
  [1, secondsAgo(40), 2, 0],
  [2, secondsAgo(40), 2, 20],
])('position %i after calls at %j, with %i a minute, waits %i s', (position, starts, requestsPerMinute, seconds) => {
  expect(estimateWait(position, { starts, requestsPerMinute, now })).toBe(seconds * 1000);
});

test('what the estimate says is what a line within the quota does', () => {
  const line = fc.record({
    requestsPerMinute: fc.integer({ min: 1, max: 8 }),
    ages: fc.array(fc.integer({ min: 0, max: 59_999 }), { maxLength: 8 }),
    length: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(line, ({ requestsPerMinute, ages, length }) => {
      const starts = ages
        .slice(0, requestsPerMinute)
        .sort((one, other) => other - one)
        .map((age) => now - age);
      const begun = [...starts];
      for (let position = 1; position <= length; position += 1) {
        const before = begun[begun.length - requestsPerMinute];
        const start = before === undefined ? now : Math.max(now, before + 60_000);
        begun.push(start);
        expect(estimateWait(position, { starts, requestsPerMinute, now })).toBe(start - now);
      }
    }),
  );
});
