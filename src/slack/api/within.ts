import { setTimeout as wait } from 'node:timers/promises';

/** The promise's value, or undefined where it takes longer than that or fails; `onError` hears of the failure. */
export async function within<Value>(
  milliseconds: number,
  promise: Promise<Value>,
  onError: (error: unknown) => void,
): Promise<Value | undefined> {
  const settled = promise.catch((error: unknown) => {
    onError(error);
    return undefined;
  });
  return Promise.race([settled, wait(milliseconds, undefined, { ref: false })]);
}
