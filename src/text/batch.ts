import { shortBatchId } from '../core/batch/batch.js';
import type { Warning } from '../core/batch/warnings.js';
import { shorten } from '../core/shorten.js';

/** What a person reads in the message of a batch. Plain text: whoever shows it escapes it for the place where it stands. */

export function pictures(count: number): string {
  return count === 1 ? '1 picture' : `${count} pictures`;
}

/** Stands between the requester's name and the prompt. */
export function askedFor(count: number): string {
  return ` asked for ${pictures(count)} of`;
}

export function progress(ready: number, count: number, saving = 0): string {
  if (saving > 0) return `${ready} of ${count} ready, saving ${saving}`;
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

/** Stands under pictures where no button of theirs works. */
export function chooseElsewhere(batch: { id: string }, command: string): string {
  return `To choose one, type ${command} show ${shortBatchId(batch)} where it should be seen.`;
}

export function picturesKept(batch: { id: string }, command: string): string {
  return `Slack would not show your pictures. They are kept: ${command} show ${shortBatchId(batch)} brings them back.`;
}

export function messageDeleted(batch: { id: string }, command: string): string {
  return `The message with your pictures was deleted. They are kept: ${command} show ${shortBatchId(batch)} brings them back.`;
}

/** Stands before the requester's name, where somebody else did the picking. */
export const askedBy = 'asked for by ';

export const words = {
  drawing: 'Drawing…',
  saving: 'Saving…',
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
  answerComesLater:
    'Slack takes no more messages of mine right now, so the images arrive as one new message when all of them are ready.',
} as const;
