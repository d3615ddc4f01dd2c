import { expect, test } from 'vitest';
import { createReadiness } from '../../src/observability/health.js';

test('names every problem, and keeps an answer for three seconds', async () => {
  let time = 0;
  let asked = 0;
  const problems: (string | undefined)[] = [undefined, 'bucket: gone'];
  const checks = [0, 1].map((index) => async () => {
    asked += 1;
    return problems[index];
  });
  const readiness = createReadiness(checks, () => time);
  expect(await Promise.all([readiness(), readiness()])).toEqual([['bucket: gone'], ['bucket: gone']]);
  expect(asked).toBe(2);
  problems[0] = 'slack: gone';
  time = 2999;
  expect(await readiness()).toEqual(['bucket: gone']);
  time = 3000;
  expect(await readiness()).toEqual(['slack: gone', 'bucket: gone']);
  expect(asked).toBe(4);
});
