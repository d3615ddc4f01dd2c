import type { FailureReason } from '../core/errors.js';

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
