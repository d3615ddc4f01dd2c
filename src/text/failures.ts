import type { FailureReason } from '../core/errors.js';

/** What users read if something went wrong. Plain text. */

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

export function unexpected(reference: string): string {
  return `Something went wrong on my side. Please try again. If it happens again, please give your Imagine administrator the reference ${reference}.`;
}

export const formTooLate = 'The form could not be opened in time. Please try again.';

export const postForbidden =
  'I am not allowed to post in this channel, so nothing was drawn. Please try another channel.';

export const postNotTaken =
  'Slack is not accepting messages from me right now, so nothing was drawn. Please try again in a minute.';

export const imagesComeLater =
  'I could not save your request right away. Your images will come to you privately as soon as possible.';

export const notTakenAway = 'Slack did not delete the message. Please press Discard again in a minute.';

export const showUnclear =
  'Slack did not confirm that my message arrived. If you do not see it, please try again in a minute.';

export const pickNotShown = 'Your choice is saved. If you do not see it here yet, it will appear in a minute or so.';

export const postUnclear =
  'Slack did not confirm that my message arrived, so nothing was drawn. Please try again in a minute.';
