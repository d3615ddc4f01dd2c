import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPacer } from '../../../src/slack/message/pacer.js';
import { exampleBatch } from '../../core/example-batch.js';

const gap = 3000;

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

/** Longer than anything takes here. Not all timers: a library that another test has left open would go on for ever. */
const settle = () => vi.advanceTimersByTimeAsync(60_000);

/** A pacer whose states are revisions, and what it sent and when. */
function pace({ takes = 0, failing = [] }: { takes?: number | number[]; failing?: number[] } = {}) {
  const sent: [revision: number, at: number][] = [];
  const errors: unknown[] = [];
  const failures = [...failing];
  let current = 0;
  let maxAtOnce = 0;
  const send = async ({ revision }: { revision: number }) => {
    sent.push([revision, Date.now()]);
    current += 1;
    maxAtOnce = Math.max(maxAtOnce, current);
    await new Promise((resolve) => setTimeout(resolve, typeof takes === 'number' ? takes : takes[sent.length - 1]));
    current -= 1;
    if (failures[0] === revision) throw new Error(`${failures.shift()} failed`);
  };
  const { showSoon, showNow, lastSent } = createPacer((error) => errors.push(error), Date.now, send);
  return {
    soon: (revision: number) => showSoon(exampleBatch({ revision })),
    now: (revision: number) => showNow(exampleBatch({ revision })),
    lastSent: () => lastSent()?.revision,
    sent,
    errors,
    maxAtOnce: () => maxAtOnce,
  };
}

test('a state counts as sent as soon as its sending begins, as Slack may show it before it answers', async () => {
  const { soon, lastSent } = pace({ takes: 5000 });
  soon(1);
  expect(lastSent()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(gap);
  expect(lastSent()).toBe(1);
});

describe('showSoon', () => {
  test('waits for the gap after the message was posted', async () => {
    const { soon, sent } = pace();
    soon(1);
    await vi.advanceTimersByTimeAsync(gap - 1);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([[1, 3000]]);
  });

  test('sends at once if the gap has passed', async () => {
    const { soon, sent } = pace();
    await vi.advanceTimersByTimeAsync(10_000);
    soon(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([[1, 10_000]]);
  });

  test('sends only the latest of several states, and no older one later', async () => {
    const { soon, sent } = pace();
    for (const revision of [1, 3, 2]) soon(revision);
    await settle();
    soon(2);
    await settle();
    expect(sent).toEqual([[3, 3000]]);
  });

  test('reports a failure, and the next turn tries again', async () => {
    const { soon, sent, errors } = pace({ failing: [2] });
    soon(2);
    await settle();
    expect(errors).toEqual([new Error('2 failed')]);
    soon(1);
    await settle();
    expect(sent.map(([revision]) => revision)).toEqual([2, 2]);
    expect(errors).toHaveLength(1);
  });
});

test('states are sent in order, one by one and with the gap, at any pace', async () => {
  const wait = fc.integer({ min: 0, max: 8000 });
  await fc.assert(
    fc.asyncProperty(fc.array(wait, { minLength: 1, maxLength: 12 }), fc.array(wait), async (pauses, takes) => {
      vi.setSystemTime(0);
      const { soon, sent, maxAtOnce } = pace({ takes });
      for (const [index, pause] of pauses.entries()) {
        await vi.advanceTimersByTimeAsync(pause);
        soon(index);
      }
      await settle();
      const starts = [0, ...sent.map(([, at]) => at)];
      expect(starts.slice(1).every((at, index) => at - (starts[index] ?? 0) >= gap)).toBe(true);
      expect(maxAtOnce()).toBe(1);
      const revisions = sent.map(([revision]) => revision);
      expect(revisions).toEqual([...new Set(revisions)].sort((one, other) => one - other));
      expect(revisions.at(-1)).toBe(pauses.length - 1);
    }),
  );
});

describe('showNow', () => {
  test('sends at once, in place of what was waiting, and nothing older after it', async () => {
    const { soon, now, sent } = pace();
    soon(1);
    const shown = now(5);
    soon(4);
    await settle();
    await Promise.all([shown, now(3)]);
    expect(sent).toEqual([[5, 0]]);
  });

  test('sends the same revision again: its links may be new', async () => {
    const { now, sent } = pace();
    for (let time = 0; time < 2; time += 1) {
      const shown = now(1);
      await settle();
      await shown;
    }
    expect(sent.map(([revision]) => revision)).toEqual([1, 1]);
  });

  test('waits for the current sending, so that the newer state stays', async () => {
    const { soon, now, sent, maxAtOnce } = pace({ takes: 1000 });
    soon(1);
    await vi.advanceTimersByTimeAsync(3200);
    const shown = now(2);
    await settle();
    await shown;
    expect(sent).toEqual([
      [1, 3000],
      [2, 4000],
    ]);
    expect(maxAtOnce()).toBe(1);
  });

  test('rejects if its sending fails, and the next one tries again', async () => {
    const { now, sent, errors } = pace({ failing: [1] });
    const shown = expect(now(1)).rejects.toThrow('1 failed');
    await settle();
    await shown;
    const again = now(0);
    await settle();
    await again;
    expect(sent.map(([revision]) => revision)).toEqual([1, 1]);
    expect(errors).toEqual([]);
  });
});
