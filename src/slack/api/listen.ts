import { setTimeout as wait } from 'node:timers/promises';
import { RequestError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { toUserMessage } from '../../text/user-message.js';

/** Sends a sentence of plain text to the user who asked, wherever they are looking. */
export type Tell = (sentence: string) => Promise<unknown>;

/**
 * Runs what comes after the acknowledgement, so that every failure ends in words for the user who asked, and in one log line
 * with the same reference. What the user can fix is not logged: its words quote theirs.
 */
export function createListen({ log, newReference, now }: { log: Log; newReference(): string; now(): Date }) {
  return async (event: string, tell: Tell, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const reference = newReference();
      if (!(error instanceof RequestError)) log.error(`${event} failed`, { reference, error });
      await tell(toUserMessage(error, now(), reference)).catch((cause: unknown) =>
        log.error('could not notify the user', { event, reference, error: cause }),
      );
    }
  };
}

export type Listen = ReturnType<typeof createListen>;

/**
 * For what comes before the acknowledgement, for which Slack waits 3 seconds: the promise's value, or undefined if it
 * takes longer than this or fails.
 */
export function within<Value>(
  milliseconds: number,
  promise: Promise<Value>,
  onError: (error: unknown) => void,
): Promise<Value | undefined> {
  const settled = promise.catch((error: unknown) => void onError(error));
  return Promise.race([settled, wait(milliseconds, undefined, { ref: false })]);
}
