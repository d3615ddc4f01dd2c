import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ModelInfo } from '../src/core/image-model.js';
import { findModel, models } from '../src/core/model-catalog.js';

const page = readFileSync(new URL('../docs/settings.md', import.meta.url), 'utf8');
const [, section = ''] = /^## Models and cost$(.*)/ms.exec(page) ?? [];

/** The rows of the table that has this in its first line, without that line and the one below it. */
function rowsUnder(heading: string): string[] {
  const lines = section.split('\n');
  const start = lines.indexOf(heading);
  const rest = start === -1 ? [] : lines.slice(start + 2);
  return rest.slice(
    0,
    rest.findIndex((line) => !line.startsWith('|')),
  );
}

const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
const dollars = (amount: number | undefined) => (amount === undefined ? '–' : `$${amount.toFixed(2)}`);
const times = (count: number, price: number | undefined) => (price === undefined ? undefined : count * price);
const withState = (kind: ModelInfo['state']['kind']) => models.filter(({ state }) => state.kind === kind);

test("docs/settings.md's table of models says what the one table says", () => {
  const expected = withState('active').map(({ label, modelId, pricePerImage, requestsPerMinute }) =>
    row(label, `\`${modelId}\``, dollars(pricePerImage), dollars(times(4, pricePerImage)), requestsPerMinute),
  );
  expect(rowsUnder('| model | id | about, each | four | requests a minute |')).toEqual(expected);
});

test("docs/settings.md's table of retired models says when each ended and what to use instead", () => {
  const expected = withState('retired').flatMap(({ label, modelId, state }) =>
    state.kind === 'retired' ? row(label, `\`${modelId}\``, state.since, findModel(state.successor)?.label ?? '') : [],
  );
  expect(rowsUnder('| retired model | id | since | use instead |')).toEqual(expected);
});
