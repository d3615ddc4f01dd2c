/** Settings that cannot work. The operator reads every problem at start; nobody else ever sees this. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Something a person asked for cannot be done as asked. The message is for that person, word for word; nothing is logged as a fault. */
export class UserInputError extends Error {
  override readonly name = 'UserInputError';
}

/**
 * Why a picture is missing. Stored in batch records, so a name stays for ever.
 * `filtered_*`: the vendor's content filter; `unusable_answer`: bytes that are not the picture promised;
 * `not_stored`: drawn, but the bucket did not take it.
 */
export const failureReasons = [
  'filtered_prompt',
  'filtered_image',
  'throttled',
  'timed_out',
  'denied',
  'retired',
  'rejected',
  'unavailable',
  'unusable_answer',
  'not_stored',
  'failed',
] as const;

export type FailureReason = (typeof failureReasons)[number];

/** Words that a filter refused, or a model that may not be called, stay so: asking again would only cost. */
const hopeless: readonly FailureReason[] = ['filtered_prompt', 'denied', 'retired', 'rejected'];

export function isWorthRetrying(reason: FailureReason): boolean {
  return !hopeless.includes(reason);
}

/** What only the operator can mend: nobody gets a picture until then. */
const operators: readonly FailureReason[] = ['denied', 'retired'];

export function isForOperator(reason: FailureReason): boolean {
  return operators.includes(reason);
}

/** One picture could not be drawn. The person reads words made from `reason`; the operator finds `cause` in the log. */
export class ImageModelError extends Error {
  override readonly name = 'ImageModelError';
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.reason = reason;
  }
}
