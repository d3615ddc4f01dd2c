import { setTimeout as wait } from 'node:timers/promises';

/** The promise's value, or undefined if it takes longer or fails; `onError` is called with the failure. */
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
