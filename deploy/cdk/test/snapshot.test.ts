import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { synthesize } from './synthesize';

const path = join(__dirname, '..', '..', 'test', 'snapshot.json');

it('the template of the small form is the one that was reviewed (npm run update-snapshot takes a new one)', () => {
  const template = synthesize().toJSON();
  if (process.argv.includes('--update')) writeFileSync(path, `${JSON.stringify(template, null, 2)}\n`);
  assert.deepEqual(template, JSON.parse(readFileSync(path, 'utf8')));
});
