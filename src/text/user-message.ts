import { type Problem, RequestError } from '../core/errors.js';
import { words } from './batch.js';
import {
  formTooLate,
  imagesComeLater,
  notTakenAway,
  pickNotShown,
  postForbidden,
  postNotTaken,
  postUnclear,
  showUnclear,
  unexpected,
} from './failures.js';
import { formWords } from './form.js';
import { limitSentence } from './limits.js';

/**
 * The one place where an error becomes words for a user. A fault that is not theirs to fix is told by a reference only.
 * @param report tells the operator of a fault, and returns the reference of what it told
 */
export function toUserMessage(error: unknown, now: Date, report: () => string): string {
  return error instanceof RequestError ? problemSentence(error.problem, now) : unexpected(report());
}

export function problemSentence(problem: Problem, now: Date): string {
  switch (problem.kind) {
    case 'prompt_blocked':
      return words.promptStopped;
    case 'prompt_not_checked':
      return words.promptNotChecked;
    case 'images_delayed':
      return imagesComeLater;
    case 'pick_delayed':
      return pickNotShown;
    case 'post_forbidden':
      return postForbidden;
    case 'post_refused':
      return postNotTaken;
    case 'post_unconfirmed':
      return postUnclear;
    case 'repost_unconfirmed':
      return showUnclear;
    case 'message_not_deleted':
      return notTakenAway;
    case 'form_unknown':
      return formWords.unknownForm;
    case 'form_too_late':
      return formTooLate;
    default:
      return limitSentence(problem, now);
  }
}
