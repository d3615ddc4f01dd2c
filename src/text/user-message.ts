import { type Problem, RequestError } from '../core/errors.js';
import { formWords } from './form.js';
import { limitSentence } from './limits.js';

/**
 * The one place where an error becomes words for a user. For a fault that users cannot fix, they get only a reference.
 * @param report logs the fault for the operator, and returns its reference
 */
export function toUserMessage(error: unknown, now: Date, report: () => string): string {
  return error instanceof RequestError ? problemSentence(error.problem, now) : unexpected(report());
}

export function unexpected(reference: string): string {
  return `Something went wrong on my side. Please try again. If it happens again, please give your Imagine administrator the reference ${reference}.`;
}

export function problemSentence(problem: Problem, now: Date): string {
  switch (problem.kind) {
    case 'prompt_blocked':
      return "This prompt was blocked by your organization's content policy, so nothing was drawn. Please change the prompt or what to leave out.";
    case 'prompt_not_checked':
      return 'Your organization checks prompts before anything is drawn, and the check did not answer, so nothing was drawn. Try again in a minute. If it happens again, please tell your Imagine administrator.';
    case 'images_delayed':
      return 'I could not save your request right away. Your images will come to you privately as soon as possible.';
    case 'pick_delayed':
      return 'Your choice is saved. If you do not see it here yet, it will appear in a minute or so.';
    case 'post_forbidden':
      return 'I am not allowed to post in this channel, so nothing was drawn. Please try another channel.';
    case 'post_refused':
      return 'Slack is not accepting messages from me right now, so nothing was drawn. Please try again in a minute.';
    case 'post_unconfirmed':
      return 'Slack did not confirm that my message arrived, so nothing was drawn. Please try again in a minute.';
    case 'repost_unconfirmed':
      return 'Slack did not confirm that my message arrived. If you do not see it, please try again in a minute.';
    case 'message_not_deleted':
      return 'Slack did not delete the message. Please press Discard again in a minute.';
    case 'form_unknown':
      return formWords.unknownForm;
    case 'form_too_late':
      return 'The form could not be opened in time. Please try again.';
    default:
      return limitSentence(problem, now);
  }
}
