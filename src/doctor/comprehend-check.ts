import {
  type ComprehendClient,
  DetectDominantLanguageCommand,
  DetectKeyPhrasesCommand,
  DetectSentimentCommand,
} from '@aws-sdk/client-comprehend';
import { createAwsCheck } from '../aws/refusals.js';
import { type Check, ok } from '../core/check-result.js';

/** Not under the 20 characters that API_DetectDominantLanguage asks for, and within the smallest price. */
const Text = 'A red fox runs through the snow.';

/** One call of each operation that reads posts: about a tenth of a cent together. */
export function createComprehendChecks(client: ComprehendClient): Check[] {
  const calls: [operation: string, call: (abortSignal: AbortSignal) => Promise<unknown>][] = [
    [
      'DetectDominantLanguage',
      (abortSignal) => client.send(new DetectDominantLanguageCommand({ Text }), { abortSignal }),
    ],
    [
      'DetectSentiment',
      (abortSignal) => client.send(new DetectSentimentCommand({ Text, LanguageCode: 'en' }), { abortSignal }),
    ],
    [
      'DetectKeyPhrases',
      (abortSignal) => client.send(new DetectKeyPhrasesCommand({ Text, LanguageCode: 'en' }), { abortSignal }),
    ],
  ];
  return calls.map(([operation, call]) =>
    createAwsCheck({
      subject: 'Comprehend',
      permission: { action: `comprehend:${operation}`, resource: '*' },
      async look(abortSignal) {
        await call(abortSignal);
        return [ok(`Comprehend: ${operation} answers`)];
      },
    }),
  );
}
