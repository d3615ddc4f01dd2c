import { coverageOf } from '../coverage-of.js';
import type { CoverageRow } from '../coverage-row.js';

const row = coverageOf('comprehend');

/** What of Amazon Comprehend the stand-in serves. The answers are plausible, not Comprehend's own. */
export const comprehendCoverage: readonly CoverageRow[] = [
  row(
    'DetectDominantLanguage',
    'partly',
    'detect.test.ts > knows %s',
    '24 languages, by script and small words; it knows about 100',
  ),
  row('DetectSentiment', 'partly', 'detect.test.ts > is %s in %s: %s', 'by short lists of words'),
  row(
    'DetectKeyPhrases',
    'partly',
    'detect.test.ts > are what a post speaks of',
    'runs of words that are not small; only English knows verbs',
  ),
  row(
    'DetectKeyPhrases: offsets in code points',
    'covered',
    'detect.test.ts > count their places in code points, emoji being one',
  ),
  row('Limits of size', 'covered', 'detect.test.ts > are 5 KB for sentiment and 100 KB for the others, in UTF-8'),
  row('Languages refused', 'covered', 'detect.test.ts > are twelve languages and a text that is not empty'),
  row('Errors of all operations', 'covered', 'faults.test.ts > answers %s with HTTP %i'),
  row(
    'Signature Version 4',
    'covered',
    'faults.test.ts > refuses keys, secrets, tokens and regions that are not its own',
  ),
  row('Quota of transactions', 'not', undefined, 'ThrottlingException is a fault'),
  row('Batch operations, entities, PII, toxic content, jobs', 'not', undefined, 'UnknownOperationException'),
];
