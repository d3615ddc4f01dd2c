import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { workspaceCoverage } from '../../../sandbox/workspace/coverage.js';
import { workspaceDifferences } from '../../../sandbox/workspace/differences.js';
import { methods } from '../../../sandbox/workspace/web-api/serve.js';

/** Titles of `it('…',` and `it.each([…])('…',` in the files beside this one. */
function testTitles(): string[] {
  const files = readdirSync(import.meta.dirname).filter((name) => /^(?!coverage).*\.test\.ts$/.test(name));
  const title = /(?:\bit|\](?: as const)?\))\(\s*(['"])(.+?)\1,/g;
  return files.flatMap((name) =>
    [...readFileSync(`${import.meta.dirname}/${name}`, 'utf8').matchAll(title)].map(([, , words = '']) => words),
  );
}

const named = (row: { name: string }) => row.name;

describe('the coverage table of the workspace', () => {
  it('has a row for every method served, and serves every method it claims', () => {
    const claimed = workspaceCoverage.filter(({ name, status }) => /^[a-z]+\.\S+$/.test(name) && status !== 'not');
    expect(claimed.map(named).sort()).toEqual(Object.keys(methods).sort());
  });

  it('names only tests that there are, and leaves none out', () => {
    const proven = new Set(workspaceCoverage.flatMap(({ tests }) => tests));
    expect([...proven].sort()).toEqual([...new Set(testTitles())].sort());
  });

  it('proves what it covers, and says what it lacks', () => {
    const unproven = workspaceCoverage.filter(({ status, tests }) => (status === 'not') !== (tests.length === 0));
    const unexplained = workspaceCoverage.filter(({ status, notes }) => status !== 'covered' && !notes);
    expect([unproven.map(named), unexplained.map(named)]).toEqual([[], []]);
  });

  it('names nothing twice', () => {
    const names = workspaceCoverage.map(named);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(workspaceDifferences).size).toBe(workspaceDifferences.length);
  });
});
