import { coverageOf } from '../coverage-of.js';
import type { CoverageRow } from '../coverage-row.js';

const row = coverageOf('openai');

const drawn = 'server.test.ts > %s answers as many pictures as were asked for, in the size asked for';

/** What of OpenAI's API the stand-in serves. */
export const openAiCoverage: readonly CoverageRow[] = [
  row(
    'POST /v1/images/generations',
    'partly',
    'server.test.ts > refuses %j with %i',
    'PNG only, whole answers only: no stream, no partial pictures; quality and background change nothing; the sentences of refusals are ours',
  ),
  row('API keys', 'covered', 'server.test.ts > lets in nobody without its key'),
  row(
    'Refusals by moderation',
    'partly',
    'server.test.ts > moderation is a bad request with its code',
    'as a planned fault',
  ),
  row('Rate limits', 'partly', 'server.test.ts > a rate limit tells how long to wait', 'as a planned fault'),
  row('gpt-image-2', 'covered', drawn),
  row('gpt-image-2-2026-04-21', 'covered', drawn),
  row('gpt-image-2.5-sunburst', 'covered', drawn),
  row('gpt-image-2.5-sunburst-2026-09-08', 'covered', drawn),
  row('gpt-image-2.5-flare', 'covered', drawn),
  row('gpt-image-2.5-flare-2026-09-08', 'covered', drawn),
  row('Everything else of the API', 'not', undefined, 'HTTP 404, as for a path that does not exist'),
];
