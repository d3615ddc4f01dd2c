import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operationNames as bedrockOperations } from '../../sandbox/bedrock/bedrock-fault.js';
import { bedrockCoverage } from '../../sandbox/bedrock/coverage.js';
import { models } from '../../sandbox/bedrock/models.js';
import { operationNames as bedrockControlOperations } from '../../sandbox/bedrock-control/bedrock-control-fault.js';
import { bedrockControlCoverage } from '../../sandbox/bedrock-control/coverage.js';
import { comprehendCoverage } from '../../sandbox/comprehend/coverage.js';
import { operationNames as comprehendOperations } from '../../sandbox/comprehend/operations.js';
import type { CoverageRow } from '../../sandbox/coverage-row.js';
import { openAiCoverage } from '../../sandbox/openai/coverage.js';
import { servedModels } from '../../sandbox/openai/generation-request.js';
import { operationNames as openAiOperations } from '../../sandbox/openai/server.js';
import { s3Coverage } from '../../sandbox/s3/coverage.js';
import { operationNames as s3Operations } from '../../sandbox/s3/operation.js';

const tables: [name: string, rows: readonly CoverageRow[], served: readonly string[]][] = [
  ['S3', s3Coverage, s3Operations],
  ['Bedrock', bedrockCoverage, [...bedrockOperations, ...Object.keys(models)]],
  ["Bedrock's control plane", bedrockControlCoverage, bedrockControlOperations],
  ['Comprehend', comprehendCoverage, comprehendOperations],
  ['OpenAI', openAiCoverage, [...openAiOperations, ...servedModels]],
];

/** Operations and model ids are written as their vendors write them. */
const isName = (name: string) => /^([A-Z][A-Za-z0-9]+|[a-z]+\.[a-z0-9.:-]+|POST \S+|gpt-[a-z0-9.-]+)$/.test(name);

describe.each(tables)('the coverage table of %s', (_name, rows, served) => {
  it('names every operation and model that is served, and claims no other', () => {
    const claimed = rows.filter(({ name, status }) => isName(name) && status !== 'not').map(({ name }) => name);
    expect(claimed.toSorted()).toEqual([...served].toSorted());
  });

  it('names tests that exist', () => {
    for (const { name, tests } of rows.filter(({ status }) => status !== 'not')) {
      const [file = '', title = ''] = (tests[0] ?? '').split(' > ');
      expect(existsSync(file), `${name}: ${file}`).toBe(true);
      expect(readFileSync(file, 'utf8'), name).toContain(`'${title}'`);
    }
  });

  it('says of everything that is not whole what is missing', () => {
    for (const row of rows.filter(({ status }) => status !== 'covered')) expect(row.notes, row.name).toBeTruthy();
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });
});
