import {
  type ComprehendClient,
  DetectDominantLanguageCommand,
  DetectKeyPhrasesCommand,
  DetectPiiEntitiesCommand,
  DetectSentimentCommand,
} from '@aws-sdk/client-comprehend';
import { note, ok } from '../core/check-result.js';
import type { Check } from './check.js';

/** At least the 20 characters that API_DetectDominantLanguage asks for, and within the smallest price. */
const Text = 'A red fox runs through the snow.';

/** One call of each operation that reads posts: about a tenth of a cent together. */
export function createComprehendChecks(client: ComprehendClient): Check[] {
  const english = { Text, LanguageCode: 'en' } as const;
  const calls: Record<string, (abortSignal: AbortSignal) => Promise<unknown>> = {
    DetectDominantLanguage: (abortSignal) => client.send(new DetectDominantLanguageCommand({ Text }), { abortSignal }),
    DetectSentiment: (abortSignal) => client.send(new DetectSentimentCommand(english), { abortSignal }),
    DetectKeyPhrases: (abortSignal) => client.send(new DetectKeyPhrasesCommand(english), { abortSignal }),
  };
  const detect: Check = {
    subject: 'Comprehend',
    permission: { action: 'comprehend:DetectPiiEntities', resource: '*' },
    // the app does without it: patterns find addresses and links, and fewer names
    whenDenied: ({ action }) => [note(`Comprehend: these credentials lack ${action}, so names are found less surely.`)],
    async run(abortSignal) {
      await client.send(new DetectPiiEntitiesCommand(english), { abortSignal });
      return [ok('Comprehend: DetectPiiEntities answers')];
    },
  };
  const checks = Object.entries(calls).map(
    ([operation, call]): Check => ({
      subject: 'Comprehend',
      permission: { action: `comprehend:${operation}`, resource: '*' },
      run: async (abortSignal) => [await call(abortSignal).then(() => ok(`Comprehend: ${operation} answers`))],
    }),
  );
  return [...checks, detect];
}
