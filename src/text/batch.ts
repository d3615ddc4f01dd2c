import { type Batch, isStored } from '../core/batch/batch.js';
import type { Warning } from '../core/batch/plan-batch.js';
import { shortBatchId } from '../core/ids.js';
import { shorten } from '../core/shorten.js';

/** Sentences in the message of a batch. Plain text: callers escape them for the field that they go into. */

export function images(count: number): string {
  return count === 1 ? '1 image' : `${count} images`;
}

/** Comes between the requester's name and the prompt. */
export function askedFor(count: number): string {
  return ` asked for ${images(count)} of`;
}

export function progress(ready: number, count: number, saving = 0): string {
  if (saving > 0) return `${ready} of ${count} ready, saving ${saving}`;
  return ready === 0 ? `Drawing ${images(count)}` : `${ready} of ${count} ready`;
}

export function notification(prompt: string, ready: number, count: number): string {
  return ready === 0 ? `Drawing ${images(count)} of ${prompt}` : `${ready} of ${count} ready: ${prompt}`;
}

export function nothingDrawnNotification(prompt: string): string {
  return `No image could be drawn: ${prompt}`;
}

export function pickedNotification(prompt: string): string {
  return `Picked: ${prompt}`;
}

/** A setting that a model ignores, and what that means for its images. */
export function warningSentence({ lacks, given, model }: Warning): string {
  const shown = shorten(given.replace(/\s+/g, ' '), 60);
  return lacks === 'seed'
    ? `${model} takes no seeds, so its images cannot be reproduced exactly.`
    : `${model} takes no negative prompt, so “${shown}” may still appear.`;
}

export function altText(number: number, prompt: string): string {
  return `Image ${number}: ${prompt}`;
}

export function numbered(number: number, sentence: string): string {
  return `Image ${number}: ${sentence}`;
}

export function useImage(number: number): string {
  return `Use image ${number}`;
}

export function batchName(batch: { id: string }): string {
  return `batch ${shortBatchId(batch)}`;
}

/** Comes under images without buttons. */
export function chooseElsewhere(batch: { id: string }, command: string): string {
  return `To choose one, type ${command} show ${shortBatchId(batch)} in the conversation where you want it.`;
}

export function imagesKept(batch: { id: string }, command: string): string {
  return `Slack would not show your images. They are saved: ${command} show ${shortBatchId(batch)} brings them back.`;
}

export function messageDeleted(batch: { id: string }, command: string): string {
  return `The message with your images was deleted. They are saved: ${command} show ${shortBatchId(batch)} brings them back.`;
}

/** Comes before the requester's name if another user picked. */
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
  discardTitle: 'Discard these images?',
  discardText: 'This deletes the message for everyone. The images stay in storage.',
  keep: 'Keep',
  from: 'From ',
  fullSize: 'Full size',
  nothingDrawn: 'No image could be drawn.',
  previewNotShown: 'Slack could not show this preview. The image is saved, and you can still choose it.',
  linkTooLong: 'The link to this preview is longer than Slack allows. The image is saved, and you can still choose it.',
  pickedThis: ' chose this image of',
  pickedLinkTooLong:
    'The link to the image is longer than Slack allows, so it cannot be shown here. It is saved: ask your Imagine administrator for it.',
  pickedNotShown: 'Slack could not show the image here. It is saved, and the link opens it.',
  answerComesHere:
    'I am not a member of this conversation, so the images will arrive as one new message when all of them are ready. Invite me to see them one by one.',
  answerComesLater:
    'Slack takes no more messages of mine right now, so the images arrive as one new message when all of them are ready.',
} as const;

/** What a user reads about earlier batches. Plain text. */

export const historyTitle = 'Your latest images, from every conversation. Only you see this.';

export const show = 'Show';

export function showLabel(batch: { id: string }): string {
  return `Show ${batchName(batch)}`;
}

export function nothingAskedFor(command: string): string {
  return `You have not drawn any images yet. Try ${command} a red fox in the snow.`;
}

/** What became of a batch, and its name: `4 images, number 2 chosen · batch 7f3a2c`. */
export function outcomeLine(batch: Batch): string {
  return `${outcome(batch)} · ${batchName(batch)}`;
}

function outcome(batch: Batch): string {
  const ready = batch.images.filter(isStored).length;
  const drawn = `${ready} of ${batch.images.length} drawn`;
  if (batch.pick) return `${images(ready)}, number ${batch.pick.number} chosen`;
  if (batch.discardedAt) return `${drawn}, discarded`;
  if (!batch.finishedAt) return `${drawn}, not finished`;
  return ready === 0 ? 'nothing could be drawn' : `${drawn}, none chosen`;
}

export function notFound(name: string, command: string): string {
  return `I cannot find batch ${name.toLowerCase()} among yours or in this conversation. ${command} history lists yours. If that was a prompt, start with another word: ${command} a show ${name}.`;
}
