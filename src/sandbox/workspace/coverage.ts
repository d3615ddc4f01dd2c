import type { CoverageRow } from '../coverage-row.js';
import { methodRows } from './coverage/methods.js';
import { peopleRows } from './coverage/people.js';
import { wireRows } from './coverage/wire.js';

/** What the Slack stand-in does and how it is known. Checked against the methods served and against the tests. */
export const workspaceCoverage: readonly CoverageRow[] = [...methodRows, ...wireRows, ...peopleRows];
