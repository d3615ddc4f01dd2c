import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ImageModelError } from '../../src/core/errors.js';
import type { GeneratedImage, ImageModelRequest } from '../../src/core/image-model.js';
import { limitModel } from '../../src/engine/model-queue.js';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

const image: GeneratedImage = { bytes: Uint8Array.of(1), mediaType: 'image/png', seed: 1 };
const throttled = new ImageModelError('throttled', 'ThrottlingException');

/** A limited model that takes a second for each image, and when each call of it began, in seconds. */
function limit(requestsPerMinute: number, answer: (call: number) => Error | undefined = () => undefined) {
  const calls: [seed: number, at: number][] = [];
  const limited = limitModel(
    async ({ seed }: ImageModelRequest) => {
      calls.push([seed, Date.now() / 1000]);
      const error = answer(calls.length);
      await new Promise((resolve) => setTimeout(resolve, error ? 0 : 1000));
      if (error) throw error;
      return image;
    },
    { requestsPerMinute, timeoutSeconds: 120, now: Date.now, observe: () => undefined },
  );
  const draw = (seed: number, onStart?: () => void) =>
    limited.draw(
      { prompt: 'a red fox', aspectRatio: '1:1', seed },
      { isHeld: async () => true, ...(onStart && { onStart }) },
    );
  return { calls, draw, place: limited.position, waiting: limited.waiting };
}

test('calls beyond the quota wait until a minute has passed', async () => {
  const { calls, draw } = limit(2);
  const drawn = Promise.all([1, 2, 3, 4].map((seed) => draw(seed)));
  await vi.advanceTimersByTimeAsync(61_000);
  await drawn;
  expect(calls).toEqual([
    [1, 0],
    [2, 0],
    [3, 60],
    [4, 60],
  ]);
});

test('only an image that waited is told that it starts', async () => {
  const { draw } = limit(1);
  const turns: number[] = [];
  const drawn = Promise.all([1, 2].map((seed) => draw(seed, () => turns.push(seed))));
  expect(turns).toEqual([]);
  await vi.advanceTimersByTimeAsync(61_000);
  await drawn;
  expect(turns).toEqual([2]);
});

test('the place in the line says how many are before, and how long that takes', async () => {
  const { draw, place, waiting } = limit(2);
  expect(place(0)).toBeUndefined();
  const drawn = Promise.all([1, 2, 3].map((seed) => draw(seed)));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(waiting()).toBe(1);
  expect(place(1)).toEqual({ ahead: 1, milliseconds: 40_000 });
  expect(place(2)).toEqual({ ahead: 2, milliseconds: 100_000 });
  await vi.advanceTimersByTimeAsync(41_000);
  await drawn;
});

describe('throttling', () => {
  test('stops the line, and the call that met it goes first when the line goes on', async () => {
    const { calls, draw, place } = limit(100, (call) => (call === 1 ? throttled : undefined));
    const first = draw(1);
    await vi.advanceTimersByTimeAsync(1);
    const second = draw(2);
    expect(place(1)).toEqual({ ahead: 1, milliseconds: 4_999 });
    await vi.advanceTimersByTimeAsync(4_998);
    expect(calls).toEqual([[1, 0]]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await Promise.all([first, second])).toMatchObject([image, image]);
    expect(calls).toEqual([
      [1, 0],
      [1, 5],
      [2, 5],
    ]);
  });

  test('puts the call that met it before those that waited already', async () => {
    const { calls, draw } = limit(1, (call) => (call === 1 ? throttled : undefined));
    const drawn = Promise.all([draw(1), draw(2)]);
    await vi.advanceTimersByTimeAsync(121_000);
    expect(await drawn).toMatchObject([image, image]);
    expect(calls).toEqual([
      [1, 0],
      [1, 60],
      [2, 120],
    ]);
  });

  test('is met by longer and longer pauses, that outlast a minute within the deadline', async () => {
    const { calls, draw } = limit(100, () => throttled);
    const drawn = expect(draw(1)).rejects.toBe(throttled);
    await vi.advanceTimersByTimeAsync(120_000);
    await drawn;
    expect(calls.map(([, at]) => Math.round(at))).toEqual([0, 5, 15, 35, 75]);
  });

  test.each(['filtered_prompt', 'denied', 'retired', 'rejected', 'timed_out', 'unavailable'] as const)(
    'is the only failure that is met so: %s is not',
    async (reason) => {
      const error = new ImageModelError(reason, reason);
      const { calls, draw, place } = limit(100, () => error);
      await Promise.all([expect(draw(1)).rejects.toBe(error), vi.advanceTimersByTimeAsync(0)]);
      expect(calls).toHaveLength(1);
      expect(place(0)).toBeUndefined();
    },
  );
});

test('an image ends as throttled if no pause fits its deadline', async () => {
  const limited = limitModel(() => Promise.reject(throttled), {
    requestsPerMinute: 1,
    timeoutSeconds: 4,
    now: Date.now,
    observe: () => undefined,
  });
  await expect(limited.draw({ prompt: 'a fox', aspectRatio: '1:1', seed: 1 })).rejects.toBe(throttled);
});

test('an image comes with its deadline, within which it is to be saved', async () => {
  const { draw } = limit(1);
  const drawn = draw(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect((await drawn).deadline?.aborted).toBe(false);
});
