/** Settings that cannot work. Only the operator sees this: every problem, at start. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Why a limit or the access rules refuse a request. */
export type LimitRefusal =
  | { kind: 'stranger' }
  | { kind: 'person_blocked' | 'channel_blocked' | 'person_not_allowed' | 'channel_not_allowed' }
  | { kind: 'too_many_running'; running: number; limit: number }
  | { kind: 'person_day' | 'workspace_day'; used: number; asked: number; limit: number }
  | { kind: 'line_full'; waiting: number; milliseconds: number };

/** Why a request was not carried out, or not yet, as data: `text/user-message.ts` turns it into words. */
export type Problem =
  | LimitRefusal
  | { kind: 'prompt_blocked' | 'prompt_not_checked' }
  | { kind: 'images_delayed' | 'pick_delayed' | 'queue_unreachable' }
  | { kind: 'post_forbidden' | 'post_refused' | 'post_unconfirmed' | 'repost_unconfirmed' | 'message_not_deleted' }
  | { kind: 'share_refused' }
  | { kind: 'form_unknown' | 'form_too_late' };

/** A request that is refused, or not carried out yet. The user reads why; the log has nothing but `cause`. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.kind, options);
    this.problem = problem;
  }
}

/**
 * Why an image is missing. Stored in batch records, so names never change.
 * `filtered_*`: the vendor's content filter; `unusable_answer`: bytes that are not an image;
 * `not_stored`: drawn, but the bucket did not take it; `stopped`: the requester stopped the batch before the image began.
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
  'stopped',
  'failed',
] as const;

export type FailureReason = (typeof failureReasons)[number];

/** What only the operator can fix: no one gets an image until then. */
export function isForOperator(reason: FailureReason): boolean {
  return reason === 'denied' || reason === 'retired';
}

/** A refused prompt, or a model that may not be called, stays so: asking again would only cost. */
export function isWorthRetrying(reason: FailureReason): boolean {
  return !isForOperator(reason) && reason !== 'filtered_prompt' && reason !== 'rejected';
}

/** One image could not be drawn. The user reads words made from `reason`; the operator finds `cause` in the log. */
export class ImageModelError extends Error {
  override readonly name = 'ImageModelError';
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.reason = reason;
  }
}
