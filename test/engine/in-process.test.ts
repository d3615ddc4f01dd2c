import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateWait } from '../../src/engine/in-process.js';
import { testContract } from './contract.js';

describe('the engine in process', () => {
  testContract(() => undefined);
});

test('what the estimate says is what a line within the quota does', () => {
  const now = 1_000_000;
  const windowMilliseconds = 60_000;
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
        const start = before === undefined ? now : Math.max(now, before + windowMilliseconds);
        begun.push(start);
        const limits = { requestsPerMinute, windowMilliseconds, now };
        expect(estimateWait(position, starts, limits)).toBe(start - now);
      }
    }),
  );
});
