import type { FailureReason } from '../core/errors.js';

/** What a person reads where something went wrong. Plain text. */

const failures: Record<FailureReason, string> = {
  filtered_prompt:
    "The model's content filter refused these words. Try plainer words, in English, without real people.",
  filtered_image: "The model's content filter held back what was drawn. Asking again often works.",
  throttled: 'The model was too busy. Try again in a minute.',
  timed_out: 'The model took too long. Try again in a minute.',
  denied: 'This app may not use the model yet. Please tell whoever looks after it.',
  retired: 'This model is no longer offered. Please tell whoever looks after this app.',
  rejected: 'The model did not accept this request. Try other words or settings.',
  unavailable: 'The model could not be reached. Try again in a minute.',
  unusable_answer: 'The model sent something that is not a picture. Try again.',
  not_stored: 'What was drawn could not be kept. Try again in a minute.',
  failed: 'Something went wrong. Try again.',
};

/** Why a picture is missing, or all of them are, and what to do. */
export function missingPicture(reason: FailureReason): string {
  return failures[reason];
}

export function unexpected(reference: string): string {
  return `Something went wrong on my side. Please try again. If it happens again, tell whoever looks after this app the reference ${reference}.`;
}

export const formTooLate = 'The form could not be opened in time. Please try again.';

export const postForbidden =
  'Nobody may post in this channel, or only some people may, so nothing was drawn. Please ask in another channel.';

export const postNotTaken =
  'Slack takes no more messages of mine just now, so nothing was drawn. Please ask again in a minute.';

export const picturesComeLater =
  'I could not note down your pictures just now. They come to you alone, as soon as I can.';

export const notTakenAway = 'Slack did not take the message away just now. Please press Discard again in a minute.';

export const showUnclear =
  'Slack did not say whether my message arrived. If you do not see it, please ask again in a minute.';

export const pickNotShown =
  'Your choice is kept. If you do not see it here yet, it comes as soon as Slack takes it, in a minute or so.';

export const postUnclear =
  'Slack did not say whether my message arrived, so nothing was drawn. Please ask again in a minute.';
