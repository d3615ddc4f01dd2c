/** One line of what a stand-in does: which tests prove it, and where it is less than, or other than, the real service. */
export interface CoverageRow {
  /** A method of the service's API, or a behaviour in a few words. */
  name: string;
  status: 'covered' | 'partly' | 'not';
  /** The tests that prove it, by title or by `file > title`; empty where the status is `not`. */
  tests: readonly string[];
  notes?: string;
}
