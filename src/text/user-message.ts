import type { RefusedClick } from '../core/batch/actions.js';
import type { UsageToday } from '../core/batch/quota.js';
import { type FailureReason, type Problem, RequestError } from '../core/errors.js';
import { aboutCost, aboutTime, words } from './batch.js';
import { formWords } from './form.js';

/** The one place where an error becomes words for a user. For a fault that users cannot fix, they get only a reference. */
export function toUserMessage(error: unknown, now: Date, reference: string): string {
  if (error instanceof RequestError) return problemSentence(error.problem, now);
  return `Something went wrong on my side. Please try again. If it happens again, please give your Imagine administrator the reference ${reference}.`;
}

/** Its sentence contains numbers. */
type CountedProblem = Extract<Problem, { limit: number } | { waiting: number }>;

export const problemSentences: Record<Exclude<Problem, CountedProblem>['kind'], string> = {
  stranger:
    'Imagine works only for members of the workspace where it is installed. Please ask one of them to draw for you.',
  person_blocked: 'You cannot use Imagine at the moment. Your Imagine administrator can change that.',
  channel_blocked: 'Imagine is turned off in this conversation. Please use another one.',
  person_not_allowed: 'Imagine is limited to certain people here. Your Imagine administrator can add you.',
  channel_not_allowed:
    'Imagine is turned on only in certain conversations, and this is not one of them. Please use one of those, or ask your Imagine administrator to add this one.',
  prompt_blocked:
    "This prompt was blocked by your organization's content policy, so nothing was drawn. Please change the prompt or what to leave out.",
  prompt_not_checked:
    'Your organization checks prompts before anything is drawn, and the check did not answer, so nothing was drawn. Try again in a minute. If it happens again, please tell your Imagine administrator.',
  images_delayed:
    'I could not save your request right away. Your images will come to you privately as soon as possible.',
  queue_unreachable: 'I cannot start new images right now, so nothing was drawn. Please try again in a minute.',
  pick_delayed: 'Your choice is saved. If you do not see it here yet, it will appear in a minute or so.',
  post_forbidden: 'I am not allowed to post in this channel, so nothing was drawn. Please try another channel.',
  post_refused:
    'Slack is not accepting messages from me right now, so nothing was drawn. Please try again in a minute.',
  post_unconfirmed:
    'Slack did not confirm that my message arrived, so nothing was drawn. Please try again in a minute.',
  repost_unconfirmed:
    'Slack did not confirm that my message arrived. If you do not see it, please try again in a minute.',
  share_refused:
    'Slack does not let me post here, so nothing was shared. Please try again in a minute, or in another conversation.',
  operation_not_offered:
    'Imagine cannot do this here at the moment, so nothing was drawn. Please try something else, or tell your Imagine administrator.',
  image_gone: words.imageGone,
  input_gone: 'This image is no longer stored, so nothing can be made of it. Please choose another one.',
  input_private:
    'Only one person may see the image to work from, so nothing was drawn. Please ask that person to share it.',
  input_discarded:
    'This image was discarded, so nothing was drawn. The person who asked for it can share it again from their history. Or choose another image.',
  input_unreadable: 'I cannot read this image as a PNG, JPEG or WebP, so nothing was drawn. Please use another one.',
  input_too_small:
    'This image is too small for that, so nothing was drawn. Please use one with at least 64 pixels on each side.',
  input_too_slim:
    'One side of this image is more than two and a half times the other, so nothing was drawn. Please use another one.',
  input_too_large: 'This image is larger than 10 MB, so nothing was drawn. Please use a smaller one.',
  input_too_many_pixels: 'This image has more than 50 million pixels, so nothing was drawn. Please use a smaller one.',
  file_not_visible:
    'I cannot see this image, so nothing was drawn. It may have been deleted, or be in a conversation that I am not in. Please add me there, or add the image to the form again.',
  file_not_loaded: 'Slack did not send me the image, so nothing was drawn. Please try again in a minute.',
  files_not_allowed: 'Imagine may not read files here, so nothing was drawn. Please tell your Imagine administrator.',
  input_final_size:
    'This image is already large, and Larger would lose some of its detail, so nothing was drawn. Please choose a smaller one.',
  message_not_deleted: 'Slack did not delete the message. Please try again in a minute.',
  form_unknown: formWords.unknownForm,
  form_too_late: 'The form could not be opened in time. Please try again.',
};

/** Why nothing was started, when that ends, and what to do. */
export function problemSentence(problem: Problem, now: Date): string {
  switch (problem.kind) {
    case 'too_many_running':
      return `${problem.running === 1 ? 'One of your requests is' : `${problem.running} of your requests are`} still being drawn, and the limit is ${problem.limit} at a time. Please try again as soon as one of them is ready.`;
    case 'person_day':
    case 'workspace_day':
      return daySentence(problem, now);
    case 'line_full':
      return `Too many people are drawing right now: ${words.images(problem.waiting)} are waiting, ${aboutTime(problem.milliseconds)} of work. Nothing was drawn. Please try again in a few minutes.`;
    default:
      return problemSentences[problem.kind];
  }
}

function daySentence({ kind, used, asked, limit }: Extract<Problem, { used: number }>, now: Date): string {
  const [subject, possessive] = kind === 'person_day' ? ['You have', 'your'] : ['This workspace has', 'its'];
  const left = Math.max(0, limit - used);
  if (left === 0)
    return `${subject} used up ${possessive} ${words.images(limit)} of today. New ones come at ${midnight(now)}.`;
  return `${subject} ${left} of ${possessive} ${words.images(limit)} left today, and this asks for ${asked}. Ask for fewer (in a prompt: --n ${left}), or wait until ${midnight(now)}.`;
}

export function usageSentence({ images: used, cost, running, limit }: UsageToday, now: Date): string {
  const price = used > 0 ? aboutCost(1, cost) : undefined;
  const images = limit === undefined ? words.images(used) : `${used} of your ${words.images(limit)}`;
  const drawn = price ? `${images}, ${price}` : images;
  const spent = limit === undefined ? `${drawn}, and there is no limit for you` : drawn;
  const drawing = running === 0 ? '' : ` ${running === 1 ? 'One request is' : `${running} requests are`} being drawn.`;
  return `Today: ${spent}.${drawing} The count starts again at ${midnight(now)}.`;
}

/** `midnight UTC, in 3 hours`, rounded up, so that a user does not come back too early. */
function midnight(now: Date): string {
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  const minutes = Math.max(1, Math.ceil((next - now.getTime()) / 60_000));
  const [count, unit] = minutes < 60 ? [minutes, 'minute'] : [Math.ceil(minutes / 60), 'hour'];
  return `midnight UTC, in ${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Why an image is missing, or all of them, and what to do. */
export const missingImage: Record<FailureReason, string> = {
  filtered_prompt:
    "The model's content filter blocked this prompt. Try simpler wording, in English, without real people.",
  filtered_image: "The model's content filter blocked this image. Retry failed in the ⋯ menu often works.",
  filtered_input: "The model's content filter blocked the image to work from. Please use another one.",
  input_gone: 'The image to work from is no longer stored. Please use another one.',
  input_unusable: 'The model cannot work from this image. Please use another one.',
  throttled: 'The model was too busy. Try again in a minute.',
  timed_out: 'The model took too long. Try again in a minute.',
  denied: 'Imagine does not have access to this model yet. Please tell your Imagine administrator.',
  retired: 'This model is no longer offered. Please tell your Imagine administrator.',
  rejected: 'The model did not accept this request. Try a different prompt or other settings.',
  unavailable: 'The model could not be reached. Try again in a minute.',
  unusable_answer: "The model's answer was not a valid image. Try again.",
  not_stored: 'The image could not be saved. Try again in a minute.',
  stopped: 'Stopped before it was drawn. Retry failed in the ⋯ menu draws it.',
  failed: 'Something went wrong. Try again.',
};

export const clickAnswers: Record<
  Exclude<RefusedClick['kind'], 'already_picked' | 'not_yours' | 'not_your_pick'>,
  string
> = {
  already_drawn: 'That image has been drawn in the meantime, so there is nothing to retry.',
  nothing_to_stop: 'The drawing has already ended, so there is nothing to stop.',
  already_shared: 'These images were already shared, so there is nothing more to do here.',
  still_drawing: 'The images are still being drawn. Please wait a moment.',
  already_asked:
    'You asked for this less than a minute ago, so it was not started again. If nothing came of it, please try again in a minute.',
  not_there: 'That image is not available. Choose one of the others, or wait a moment.',
  menu_too_old: 'That took longer than Slack allows. Please choose Other images in the menu again.',
  unreadable_batch:
    'The record of these images cannot be read, so nothing was changed. Please tell your Imagine administrator.',
  unknown_batch: 'I can no longer find these images. Please start again with the same prompt.',
};

/** For a field that cannot mention anyone. */
export const unnamed = (): string => 'the person who asked';

/** Why a click did nothing. `mention` is how the field that this goes into mentions a user. */
export function clickAnswer(refused: RefusedClick, clickerId: string, mention: (userId: string) => string): string {
  switch (refused.kind) {
    case 'already_picked': {
      const { pick } = refused.batch;
      if (!pick) return 'An image was already chosen.';
      if (pick.pickedBy === clickerId) return `You already chose image ${pick.number}.`;
      return `Image ${pick.number} was already chosen by ${mention(pick.pickedBy)}.`;
    }
    case 'not_yours':
      return `Only ${mention(refused.batch.requesterId)} can do that here. You can draw your own images from the same prompt.`;
    case 'not_your_pick': {
      const { pick, requesterId } = refused.batch;
      const names = [...new Set([pick?.pickedBy ?? requesterId, requesterId])].map(mention);
      return `Only ${names.join(' or ')} can change this choice. You can draw your own images from the same prompt.`;
    }
    default:
      return clickAnswers[refused.kind];
  }
}
