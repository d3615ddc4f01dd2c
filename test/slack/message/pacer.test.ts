import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPacer } from '../../../src/slack/message/pacer.js';

const gapMilliseconds = 3000;

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

/** A pacer of numbers, where each sending takes its time, and what it sent, with the time of its start. */
function pace({ takes = 0, failing = [] }: { takes?: number | number[]; failing?: number[] } = {}) {
  const sent: [number, at: number][] = [];
  const errors: unknown[] = [];
  const failures = [...failing];
  let underWay = 0;
  let maxAtOnce = 0;
  const pacer = createPacer<number>({
    async send(state) {
      sent.push([state, Date.now()]);
      underWay += 1;
      maxAtOnce = Math.max(maxAtOnce, underWay);
      await new Promise((resolve) => setTimeout(resolve, typeof takes === 'number' ? takes : takes[sent.length - 1]));
      underWay -= 1;
      if (failures[0] === state) throw new Error(`${failures.shift()} failed`);
    },
    isOld: (state, last) => state <= last,
    onError: (error) => errors.push(error),
    gapMilliseconds,
    now: Date.now,
  });
  return { ...pacer, sent, errors, maxAtOnce: () => maxAtOnce };
}

describe('showSoon', () => {
  test('waits for the gap after the message was posted', async () => {
    const { showSoon, sent } = pace();
    showSoon(1);
    await vi.advanceTimersByTimeAsync(gapMilliseconds - 1);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([[1, 3000]]);
  });

  test('sends at once where the gap has passed', async () => {
    const { showSoon, sent } = pace();
    await vi.advanceTimersByTimeAsync(10_000);
    showSoon(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([[1, 10_000]]);
  });

  test('sends the latest of several states only', async () => {
    const { showSoon, sent } = pace();
    showSoon(1);
    showSoon(3);
    showSoon(2);
    await vi.runAllTimersAsync();
    expect(sent).toEqual([[3, 3000]]);
  });

  test('sends no state that tells nothing new', async () => {
    const { showSoon, sent } = pace();
    showSoon(2);
    await vi.runAllTimersAsync();
    showSoon(2);
    showSoon(1);
    await vi.runAllTimersAsync();
    expect(sent).toEqual([[2, 3000]]);
  });

  test('keeps the gap to a sending that is still under way', async () => {
    const { showSoon, sent } = pace({ takes: 1000 });
    showSoon(1);
    await vi.advanceTimersByTimeAsync(3500);
    showSoon(2);
    await vi.runAllTimersAsync();
    expect(sent).toEqual([
      [1, 3000],
      [2, 6000],
    ]);
  });

  test('never sends two at once, however long one takes', async () => {
    const { showSoon, sent, maxAtOnce } = pace({ takes: 10_000 });
    showSoon(1);
    await vi.advanceTimersByTimeAsync(4000);
    showSoon(2);
    await vi.runAllTimersAsync();
    expect(sent).toEqual([
      [1, 3000],
      [2, 13_000],
    ]);
    expect(maxAtOnce()).toBe(1);
  });

  test('tells of a failure, and the next one tries again', async () => {
    const { showSoon, sent, errors } = pace({ failing: [2] });
    showSoon(2);
    await vi.runAllTimersAsync();
    expect(errors).toEqual([new Error('2 failed')]);
    showSoon(1);
    await vi.runAllTimersAsync();
    expect(sent.map(([state]) => state)).toEqual([2, 2]);
    expect(errors).toHaveLength(1);
  });
});

test('whenever states come and however long sendings take, they go out in order, one by one and with the gap', async () => {
  const wait = fc.integer({ min: 0, max: 8000 });
  await fc.assert(
    fc.asyncProperty(fc.array(wait, { minLength: 1, maxLength: 12 }), fc.array(wait), async (pauses, takes) => {
      vi.setSystemTime(0);
      const { showSoon, sent, maxAtOnce } = pace({ takes });
      for (const [index, pause] of pauses.entries()) {
        await vi.advanceTimersByTimeAsync(pause);
        showSoon(index);
      }
      await vi.runAllTimersAsync();
      const starts = [0, ...sent.map(([, at]) => at)];
      expect(starts.slice(1).every((at, index) => at - (starts[index] ?? 0) >= gapMilliseconds)).toBe(true);
      expect(maxAtOnce()).toBe(1);
      const states = sent.map(([state]) => state);
      expect(states).toEqual([...new Set(states)].sort((one, other) => one - other));
      expect(states.at(-1)).toBe(pauses.length - 1);
    }),
  );
});

describe('showNow', () => {
  test('sends at once, in place of what was waiting', async () => {
    const { showSoon, showNow, sent } = pace();
    showSoon(1);
    const shown = showNow(2);
    await vi.runAllTimersAsync();
    await shown;
    expect(sent).toEqual([[2, 0]]);
  });

  test('waits for what is being sent, so that the newer stands last', async () => {
    const { showSoon, showNow, sent, maxAtOnce } = pace({ takes: 1000 });
    showSoon(1);
    await vi.advanceTimersByTimeAsync(3200);
    const shown = showNow(2);
    await vi.runAllTimersAsync();
    await shown;
    expect(sent).toEqual([
      [1, 3000],
      [2, 4000],
    ]);
    expect(maxAtOnce()).toBe(1);
  });

  test('sends nothing older after it', async () => {
    const { showSoon, showNow, sent } = pace();
    const shown = showNow(5);
    showSoon(4);
    await vi.runAllTimersAsync();
    await Promise.all([shown, showNow(3)]);
    expect(sent).toEqual([[5, 0]]);
  });

  test('fails where its sending fails, and the next one tries again', async () => {
    const { showNow, sent, errors } = pace({ failing: [1] });
    const shown = expect(showNow(1)).rejects.toThrow('1 failed');
    await vi.runAllTimersAsync();
    await shown;
    const again = showNow(1);
    await vi.runAllTimersAsync();
    await again;
    expect(sent.map(([state]) => state)).toEqual([1, 1]);
    expect(errors).toEqual([]);
  });

  test('succeeds though an earlier sending failed', async () => {
    const { showSoon, showNow, sent, errors } = pace({ takes: 1000, failing: [1] });
    showSoon(1);
    await vi.advanceTimersByTimeAsync(3500);
    const shown = showNow(2);
    await vi.runAllTimersAsync();
    await shown;
    expect(sent.map(([state]) => state)).toEqual([1, 2]);
    expect(errors).toEqual([new Error('1 failed')]);
  });
});
