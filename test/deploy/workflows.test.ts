import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const readYaml = (name: string) => parse(read(`.github/${name}`));

describe('the release workflow', () => {
  const { jobs, permissions } = readYaml('workflows/release.yml');

  it('publishes only what passed every test and has the version of its tag', () => {
    expect(jobs.test.uses).toBe('./.github/workflows/test.yml');
    expect(readYaml('workflows/test.yml').on).toHaveProperty('workflow_call');
    expect(jobs.image.needs).toEqual(['version', 'test']);
    expect(jobs.release.needs).toBe('image');
  });

  it('lets each job write only what it publishes', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(jobs.image.permissions).toEqual({ contents: 'read', packages: 'write' });
    expect(jobs.release.permissions).toEqual({ contents: 'write' });
  });

  it('pins every action to a commit, since its jobs can write', () => {
    const actions = [...read('.github/workflows/release.yml').matchAll(/uses: ([^./].*)/g)].map(([, action]) => action);
    expect(actions.length).toBeGreaterThan(5);
    for (const action of actions) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('finds the version of package.json in CHANGELOG.md', () => {
    const { version }: { version: string } = JSON.parse(read('package.json'));
    expect(read('CHANGELOG.md')).toContain(`\n## [${version}] - `);
  });
});

it('Dependabot looks after every kind of dependency that the repository has', () => {
  const { updates }: { updates: { 'package-ecosystem': string }[] } = readYaml('dependabot.yml');
  const ecosystems = updates.map((update) => update['package-ecosystem']);
  expect(ecosystems.sort()).toEqual(['docker', 'docker-compose', 'github-actions', 'npm', 'terraform']);
});
