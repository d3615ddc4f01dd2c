import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { validate } from 'dockerfile-utils';
import { repository } from '../lib/settings';
import { stagedFolders } from './synthesize';

it('the Dockerfile has no fault that its linter knows', () => {
  assert.deepEqual(validate(readFileSync(join(repository, 'Dockerfile'), 'utf8')), []);
});

it('Docker gets what the Dockerfile copies, and no settings, secrets or packages', () => {
  const [folder = '', ...more] = stagedFolders();
  assert.deepEqual(more, []);
  assert.deepEqual(readdirSync(folder).sort(), [
    '.dockerignore',
    'Dockerfile',
    'deploy',
    'package-lock.json',
    'package.json',
    'src',
    'tsconfig.build.json',
    'tsconfig.json',
  ]);
  assert.deepEqual(readdirSync(join(folder, 'deploy'), { recursive: true }).sort(), [
    'container',
    'container/health-check.mjs',
  ]);
});
