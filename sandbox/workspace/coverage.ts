import type { CoverageRow } from '../coverage-row.js';
import { methodRows } from './coverage-of-methods.js';
import { peopleRows } from './coverage-of-people.js';
import { wireRows } from './coverage-of-wire.js';

/** What the Slack stand-in does and how it is known. Checked against the methods served and against the tests. */
export const workspaceCoverage: readonly CoverageRow[] = [...methodRows, ...wireRows, ...peopleRows];
