import { UserInputError } from './errors.js';
import { unexpected } from './sentences/batch.js';

/** The one place where an error becomes words for a person. What is not theirs to mend is told by a reference only. */
export function toUserMessage(error: unknown, reference: string): string {
  return error instanceof UserInputError ? error.message : unexpected(reference);
}
