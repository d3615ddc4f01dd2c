import type { Log } from '../../core/log.js';
import { toUserMessage } from '../../text/user-message.js';

export interface ListenOptions {
  log: Log;
  newReference(): string;
  now(): Date;
}

/** Says a sentence to the person who asked, wherever they are looking. The sentence is plain text. */
export type Tell = (sentence: string) => Promise<unknown>;

/**
 * Runs what comes after the acknowledgement, so that every failure ends in words for the person who asked, and in one
 * log line that carries the same reference. What the person can mend is no failure, and its words quote theirs: they are
 * told, and the log is not.
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
        log.error('the person could not be told', { event, reference, error: cause }),
      );
    }
  };
}

export type Listen = ReturnType<typeof createListen>;
