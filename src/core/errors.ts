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

/** Why nothing can be made of an image. `final_size`: it would be scaled down first. */
export type InputProblem =
  | 'gone'
  | 'private'
  | 'discarded'
  | 'unreadable'
  | 'too_small'
  | 'too_slim'
  | 'too_large'
  | 'too_many_pixels'
  | 'final_size';

/** Why a request was not carried out, or not yet, as data: `text/user-message.ts` turns it into words. */
export type Problem =
  | LimitRefusal
  | { kind: 'prompt_blocked' | 'prompt_not_checked' }
  | { kind: 'image_gone' }
  | { kind: 'images_delayed' | 'pick_delayed' | 'queue_unreachable' }
  | { kind: 'post_forbidden' | 'post_refused' | 'post_unconfirmed' | 'repost_unconfirmed' | 'message_not_deleted' }
  | { kind: 'share_refused' }
  | { kind: 'operation_not_offered' }
  | { kind: `input_${InputProblem}` }
  | { kind: 'file_not_visible' | 'file_not_loaded' | 'files_not_allowed' }
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
 * `not_stored`: drawn, but the bucket did not take it; `stopped`: the requester stopped the batch before the image began;
 * `filtered_input`, `input_gone`, `input_unusable`: of the image to work from.
 */
export const failureReasons = [
  'filtered_prompt',
  'filtered_image',
  'filtered_input',
  'input_gone',
  'input_unusable',
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

const final: ReadonlySet<FailureReason> = new Set([
  'filtered_prompt',
  'filtered_input',
  'input_gone',
  'input_unusable',
  'rejected',
]);

/** A refused prompt or image, or a model that may not be called, stays so: asking again would only cost. */
export function isWorthRetrying(reason: FailureReason): boolean {
  return !isForOperator(reason) && !final.has(reason);
}

/** The image to work from cannot be used. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problem: InputProblem;

  constructor(problem: InputProblem, options?: { cause?: unknown }) {
    super(problem, options);
    this.problem = problem;
  }
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
