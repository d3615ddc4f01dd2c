import type { RefusedClick } from '../core/batch/actions.js';
import type { FailureReason } from '../core/errors.js';
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

const failures: Record<FailureReason, string> = {
  filtered_prompt:
    "The model's content filter blocked this prompt. Try simpler wording, in English, without real people.",
  filtered_image: "The model's content filter blocked this image. Trying again often works.",
  throttled: 'The model was too busy. Try again in a minute.',
  timed_out: 'The model took too long. Try again in a minute.',
  denied: 'Imagine does not have access to this model yet. Please tell your Imagine administrator.',
  retired: 'This model is no longer offered. Please tell your Imagine administrator.',
  rejected: 'The model did not accept this request. Try a different prompt or other settings.',
  unavailable: 'The model could not be reached. Try again in a minute.',
  unusable_answer: "The model's answer was not a valid image. Try again.",
  not_stored: 'The image could not be saved. Try again in a minute.',
  failed: 'Something went wrong. Try again.',
};

/** Why an image is missing, or all of them, and what to do. */
export function missingImage(reason: FailureReason): string {
  return failures[reason];
}

/**
 * Why a click did nothing.
 * @param mention how the field that this goes into mentions a user
 */
export function clickAnswer(refused: RefusedClick, clickerId: string, mention: (userId: string) => string): string {
  switch (refused.kind) {
    case 'already_picked': {
      const { pick } = refused.batch;
      if (!pick) return 'An image was already chosen.';
      if (pick.pickedBy === clickerId) return `You already chose image ${pick.number}.`;
      return `Image ${pick.number} was already chosen by ${mention(pick.pickedBy)}.`;
    }
    case 'already_drawn':
      return 'That image has been drawn in the meantime, so there is nothing to retry.';
    case 'not_yours':
      return `Only ${mention(refused.batch.requesterId)} can do that here. You can draw your own images from the same prompt.`;
    case 'still_drawing':
      return 'The images are still being drawn. Please wait a moment.';
    case 'not_there':
      return 'That image is not available. Choose one of the others, or wait a moment.';
    case 'unreadable_batch':
      return 'The record of these images cannot be read, so nothing was changed. Please tell your Imagine administrator.';
    case 'unknown_batch':
      return 'I can no longer find these images. Please start again with the same prompt.';
  }
}
