import type { Log } from '../core/log.js';
import { toUserMessage } from '../core/user-message.js';
import { escapeText } from './escape.js';
import { answerPrivately } from './response-url.js';

export interface ListenOptions {
  log: Log;
  newReference(): string;
}

/**
 * Runs what comes after the acknowledgement, so that every failure ends in words for the person who asked, and in one
 * log line that carries the same reference.
 */
export function createListen({ log, newReference }: ListenOptions) {
  return async (event: string, responseUrl: string | undefined, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const reference = newReference();
      log.error(`${event} failed`, { reference, error });
      if (!responseUrl) return;
      await answerPrivately(responseUrl, { text: escapeText(toUserMessage(error, reference)) }).catch(
        (cause: unknown) => log.error('the person could not be told', { reference, error: cause }),
      );
    }
  };
}

export type Listen = ReturnType<typeof createListen>;
