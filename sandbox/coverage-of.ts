import type { CoverageRow } from './coverage-row.js';

/** Makes rows of one service's table; `test` is a file beside the service's tests and the title in it: `objects.test.ts > …`. */
export function coverageOf(service: string) {
  return (name: string, status: CoverageRow['status'], test?: string, notes?: string): CoverageRow => ({
    name,
    status,
    tests: test === undefined ? [] : [`test/sandbox/${service}/${test}`],
    ...(notes !== undefined && { notes }),
  });
}
