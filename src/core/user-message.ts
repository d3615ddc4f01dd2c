import { UserInputError } from './errors.js';
import { unexpected } from './sentences/failures.js';

/**
 * The one place where an error becomes words for a person. What is not theirs to mend is told by a reference only.
 * @param report tells the operator of a fault, and answers the reference of what it told
 */
export function toUserMessage(error: unknown, report: () => string): string {
  return error instanceof UserInputError ? error.message : unexpected(report());
}
