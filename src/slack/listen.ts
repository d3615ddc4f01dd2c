import { UserInputError } from '../core/errors.js';
import type { Log } from '../core/log.js';
import { toUserMessage } from '../core/user-message.js';
import { escapeText } from './escape.js';
import { answerPrivately } from './response-url.js';

export interface ListenOptions {
  log: Log;
  newReference(): string;
}

/** Says a sentence to the person who asked, wherever they are looking. The sentence is plain text. */
export type Tell = (sentence: string) => Promise<unknown>;

/**
 * Runs what comes after the acknowledgement, so that every failure ends in words for the person who asked, and, unless it
 * is theirs to mend, in one log line that carries the same reference.
 */
export function createListen({ log, newReference }: ListenOptions) {
  return async (event: string, tell: Tell, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const reference = newReference();
      if (error instanceof UserInputError) log.info(`${event} not begun`, { reference });
      else log.error(`${event} failed`, { reference, error });
      await tell(toUserMessage(error, reference)).catch((cause: unknown) =>
        log.error('the person could not be told', { reference, error: cause }),
      );
    }
  };
}

export type Listen = ReturnType<typeof createListen>;

export function tellByResponseUrl(url: string): Tell {
  return (sentence) => answerPrivately(url, { text: escapeText(sentence) });
}
