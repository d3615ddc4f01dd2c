import { shortBatchId } from '../batch.js';
import type { FailureReason } from '../errors.js';
import { shorten } from '../shorten.js';
import type { Warning } from '../warnings.js';

/**
 * Every sentence that a person reads in Slack, so that they can be read, judged and translated together.
 * All of them are plain text: whoever shows one escapes it for the place where it stands.
 */

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

export function aboutCost(count: number, pricePerImage: number | undefined): string | undefined {
  return pricePerImage === undefined ? undefined : `about ${dollars.format(count * pricePerImage)}`;
}

export function pictures(count: number): string {
  return count === 1 ? '1 picture' : `${count} pictures`;
}

/** Stands between the requester's name and the prompt. */
export function askedFor(count: number): string {
  return ` asked for ${pictures(count)} of`;
}

export function progress(ready: number, count: number): string {
  return ready === 0 ? `Drawing ${pictures(count)}` : `${ready} of ${count} ready`;
}

export function notification(prompt: string, ready: number, count: number): string {
  return ready === 0 ? `Drawing ${pictures(count)} of ${prompt}` : `${ready} of ${count} ready: ${prompt}`;
}

export function nothingDrawnNotification(prompt: string): string {
  return `No picture could be drawn this time: ${prompt}`;
}

export function pickedNotification(prompt: string): string {
  return `Picked: ${prompt}`;
}

/** A range only where every seed between is one of them: a model may report another seed than it was asked for. */
export function seedsLine(seeds: readonly number[]): string | undefined {
  const [first] = seeds;
  if (first === undefined) return undefined;
  if (seeds.length === 1) return `seed ${first}`;
  const isRange = seeds.every((seed, index) => seed === first + index);
  return `seeds ${isRange ? `${first}–${seeds.at(-1)}` : seeds.join(', ')}`;
}

export function duration(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
}

/** What a model went without, and what that means for its pictures. */
export function warningSentence({ lacks, given, model }: Warning): string {
  const told = shorten(given.replace(/\s+/g, ' '), 60);
  return lacks === 'seed'
    ? `${model} takes no seeds, so its pictures cannot be drawn again exactly.`
    : `${model} cannot leave things out, so “${told}” may still be there.`;
}

export function altText(number: number, prompt: string): string {
  return `Picture ${number}: ${prompt}`;
}

export function numbered(number: number, sentence: string): string {
  return `Picture ${number}: ${sentence}`;
}

export function usePicture(number: number): string {
  return `Use picture ${number}`;
}

/** How people speak of a batch: the last part of its id. */
export function batchName(batch: { id: string }): string {
  return `batch ${shortBatchId(batch)}`;
}

/** Stands before the requester's name, where somebody else did the picking. */
export const askedBy = 'asked for by ';

export const words = {
  drawing: 'Drawing…',
  useThisOne: 'Use this one',
  tryAgain: 'Try again',
  reroll: 'Re-roll',
  editPrompt: 'Edit prompt',
  showAgain: 'Show again',
  discard: 'Discard',
  discardTitle: 'Discard these pictures?',
  discardText: 'The message goes for everybody here. The pictures stay in the store of this app.',
  keep: 'Keep',
  from: 'From ',
  fullSize: 'Full size',
  nothingDrawn: 'No picture could be drawn this time.',
  previewNotShown: 'Slack could not show this preview. The picture is kept, and you can still choose it.',
  linkTooLong:
    'The link to this preview is longer than Slack allows. The picture is kept, and you can still choose it.',
  pickedThis: ' chose this picture of',
  pickedLinkTooLong:
    'The link to the picture is longer than Slack allows, so it cannot be shown here. It is kept: ask whoever looks after this app for it.',
  pickedNotShown: 'Slack could not show the picture here. It is kept, and the link opens it.',
  promptStopped:
    'The rules that this app was given stopped these words, so nothing was drawn. Try other words, also for what to leave out.',
  promptNotChecked:
    'Words are checked here before anything is drawn, and the check did not answer, so nothing was drawn. Try again in a minute. If it happens again, tell whoever looks after this app.',
  answerComesHere:
    'I am not a member of this conversation, so the pictures arrive as one new message when all of them are ready. Invite me to see them one by one.',
} as const;

const failures: Record<FailureReason, string> = {
  filtered_prompt:
    "The model's content filter refused these words. Try plainer words, in English, without real people.",
  filtered_image: "The model's content filter held this picture back. Asking again often works.",
  throttled: 'The model was too busy to draw this one. Try again in a minute.',
  timed_out: 'The model took too long over this one. Try again in a minute.',
  denied: 'This app may not use the model yet. Please tell whoever looks after it.',
  retired: 'This model is no longer offered. Please tell whoever looks after this app.',
  rejected: 'The model did not accept this request. Try other words or settings.',
  unavailable: 'The model could not be reached. Try again in a minute.',
  unusable_answer: 'The model sent something that is not a picture. Try again.',
  not_stored: 'The picture was drawn but could not be kept. Try again in a minute.',
  failed: 'Something went wrong with this one. Try again.',
};

/** Words that a filter refused, or a model that may not be called, stay so: asking again would only cost. */
const hopeless: readonly FailureReason[] = ['filtered_prompt', 'denied', 'retired', 'rejected'];

export function isWorthRetrying(reason: FailureReason): boolean {
  return !hopeless.includes(reason);
}

/** Why one picture is missing, and what to do. */
export function missingPicture(reason: FailureReason): string {
  return failures[reason];
}

export function unexpected(reference: string): string {
  return `Something went wrong on my side. Please try again. If it happens again, tell whoever looks after this app the reference ${reference}.`;
}

/** Short help, one paragraph an entry. */
export function help(command: string, modelLabel: string, cost: string | undefined): string[] {
  return [
    `${command} a red fox in the snow`,
    `draws four pictures with ${modelLabel}${cost ? ` (${cost})` : ''}. Choose the one you like with “${words.useThisOne}”; it stays, the others leave.`,
    'Write in English and say what should be seen: the subject, the place, the light, the style.',
    `Say more with flags, anywhere in your words: --ar 16:9, --no text, --style watercolor, --seed 42, --model core, --n 2, --refine.`,
    `${command} alone opens a form, ${command} models lists the models, ${command} settings keeps your defaults, ${command} usage counts your pictures of today.`,
    `${command} history lists your last ten, ${command} show and a batch's name, such as ${command} show 7f3a2c, brings one back here.`,
    `${command} help shows this again. Only you see it.`,
  ];
}
