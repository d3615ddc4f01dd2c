import type { Log } from '../../core/log.js';
import { toUserMessage } from '../../text/user-message.js';

export interface ListenOptions {
  log: Log;
  newReference(): string;
  now(): Date;
}

/** Sends a sentence of plain text to the user who asked, wherever they are looking. */
export type Tell = (sentence: string) => Promise<unknown>;

/**
 * Runs what comes after the acknowledgement, so that every failure ends in words for the user who asked, and in one log line
 * with the same reference. What the user can fix is not logged: its words quote theirs.
 */
export function createListen({ log, newReference, now }: ListenOptions) {
  return async (event: string, tell: Tell, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      let reference: string | undefined;
      const report = (): string => {
        reference = newReference();
        log.error(`${event} failed`, { reference, error });
        return reference;
      };
      await tell(toUserMessage(error, now(), report)).catch((cause: unknown) =>
        log.error('could not notify the user', { event, reference, error: cause }),
      );
    }
  };
}

export type Listen = ReturnType<typeof createListen>;
