import { coverageOf } from '../coverage-of.js';
import type { CoverageRow } from '../coverage-row.js';

const row = coverageOf('bedrock-control');

/** What of Bedrock's control plane the stand-in serves. */
export const bedrockControlCoverage: readonly CoverageRow[] = [
  row(
    'GetFoundationModel',
    'partly',
    'bedrock-control.test.ts > tells the lifecycle of %s',
    'one name for all models; whether AWS still describes a model after its end is not known: here it does',
  ),
  row(
    'GetFoundationModelAvailability',
    'partly',
    'bedrock-control.test.ts > tells that a model may be used, and what it is told to instead',
    'all is available; a subscription that is missing or under way is a fault',
  ),
  row(
    'A model that the Region does not serve',
    'partly',
    'bedrock-control.test.ts > does not know a model in a Region that does not serve it',
    'ValidationException, as the runtime answers; the reference page names ResourceNotFoundException too',
  ),
  row('Errors of all operations', 'covered', 'bedrock-control.test.ts > answers %s with HTTP %i'),
  row('Signature Version 4', 'covered', 'bedrock-control.test.ts > refuses keys that it does not know'),
  row('Listing models, agreements, profiles, jobs', 'not', undefined, 'UnknownOperationException'),
];
