import { type Batch, type BatchImage, isSaving, isStored } from '../core/batch/batch.js';
import type { QueuePosition } from '../core/batch/deps.js';
import type { Warning } from '../core/batch/plan-batch.js';
import { shortBatchId } from '../core/ids.js';
import { findModel } from '../core/model-catalog.js';
import { findStyle } from '../core/prompt/styles.js';
import { shorten } from '../core/shorten.js';

type Named = Pick<Batch, 'id'>;

/** What a user reads of a batch. Plain text: callers escape it for the field that it goes into. */
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
  /** Comes before the requester's name if another user picked. */
  askedBy: 'asked for by ',
  pickedLinkTooLong:
    'The link to the image is longer than Slack allows, so it cannot be shown here. It is saved: ask your Imagine administrator for it.',
  pickedNotShown: 'Slack could not show the image here. It is saved, and the link opens it.',
  answerComesHere:
    'I am not a member of this conversation, so the images will arrive as one new message when all of them are ready. Invite me to see them one by one.',
  answerComesLater:
    'Slack takes no more messages of mine right now, so the images arrive as one new message when all of them are ready.',
  historyTitle: 'Your latest images, from every conversation. Only you see this.',
  show: 'Show',

  images: (count: number) => (count === 1 ? '1 image' : `${count} images`),
  /** Comes between the requester's name and the prompt. */
  askedFor: (count: number): string => ` asked for ${words.images(count)} of`,
  notification: (prompt: string, ready: number, count: number): string =>
    ready === 0 ? `Drawing ${words.images(count)} of ${prompt}` : `${ready} of ${count} ready: ${prompt}`,
  nothingDrawnNotification: (prompt: string) => `No image could be drawn: ${prompt}`,
  pickedNotification: (prompt: string) => `Picked: ${prompt}`,
  numbered: (number: number, text: string) => `Image ${number}: ${text}`,
  useImage: (number: number) => `Use image ${number}`,
  batchName: (batch: Named) => `batch ${shortBatchId(batch)}`,
  showLabel: (batch: Named): string => `Show ${words.batchName(batch)}`,
  /** Comes under images without buttons. */
  chooseElsewhere: (batch: Named, command: string) =>
    `To choose one, type ${command} show ${shortBatchId(batch)} in the conversation where you want it.`,
  imagesKept: (batch: Named, command: string) =>
    `Slack would not show your images. They are saved: ${command} show ${shortBatchId(batch)} brings them back.`,
  messageDeleted: (batch: Named, command: string) =>
    `The message with your images was deleted. They are saved: ${command} show ${shortBatchId(batch)} brings them back.`,
  nothingAskedFor: (command: string) => `You have not drawn any images yet. Try ${command} a red fox in the snow.`,
  notFound: (name: string, command: string) =>
    `I cannot find batch ${name.toLowerCase()} among yours or in this conversation. ${command} history lists yours. If that was a prompt, start with another word: ${command} a show ${name}.`,
} as const;

/** What is known while the images arrive, or while they wait for their model. */
export function progressLine({ images, settings }: Batch, position: QueuePosition | undefined): string {
  const progress = position ? waitingInLine(position) : readyOf(images);
  return joinFacts([progress, settings.aspectRatio, modelLabels(images), costOf(images)]);
}

function readyOf(images: readonly BatchImage[]): string {
  const ready = images.filter(isStored).length;
  const saving = images.filter(isSaving).length;
  if (ready === 0 && saving === 0) return `Drawing ${words.images(images.length)}`;
  return `${ready} of ${images.length} ready${saving > 0 ? `, saving ${saving}` : ''}`;
}

function waitingInLine({ ahead, milliseconds }: QueuePosition): string {
  const before = ahead === 0 ? 'Waiting for the model' : `Waiting: ${words.images(ahead)} ahead of yours`;
  return milliseconds === 0 ? before : `${before}, ${aboutTime(milliseconds)}`;
}

/** `about 40 s` or `about 4 minutes`, in steps of ten seconds: more precision would be false. */
export function aboutTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 10_000) * 10;
  return seconds < 120 ? `about ${seconds} s` : `about ${Math.ceil(seconds / 60)} minutes`;
}

/** A setting that a model does not take, and what that means for its images. */
export function warningSentence(warning: Warning): string {
  const { lacks, given, model } = warning;
  const shown = shorten(given.replace(/\s+/g, ' '), 60);
  if (lacks === 'seed') return `${model} takes no seeds, so its images cannot be reproduced exactly.`;
  if (lacks === 'this_seed') return `${model} does not take seed ${shown}, so seed ${warning.used} is used instead.`;
  return `${model} takes no negative prompt, so “${shown}” may still appear.`;
}

/** What became of a batch: `4 images, number 2 chosen`. */
export function outcome({ images, pick, discardedAt, finishedAt }: Batch): string {
  const ready = images.filter(isStored).length;
  const drawn = `${ready} of ${images.length} drawn`;
  if (pick) return `${words.images(ready)}, number ${pick.number} chosen`;
  if (discardedAt) return `${drawn}, discarded`;
  if (!finishedAt) return `${drawn}, not finished`;
  return ready === 0 ? 'nothing could be drawn' : `${drawn}, none chosen`;
}

/** How to make these images again, in one line: `1:1 · seeds 42–45 · Stable Image Core · 11 s · about $0.16 · batch 7f3a2c`. */
export function recipeLine(batch: Batch, images: readonly BatchImage[]): string {
  const { requestedAt, finishedAt, settings } = batch;
  const { aspectRatio, styleId } = settings;
  const drawn = batch.images.filter(isStored); // an image that was not drawn costs nothing
  const seconds = finishedAt ? Math.round((Date.parse(finishedAt) - Date.parse(requestedAt)) / 1000) : undefined;
  return joinFacts([
    aspectRatio,
    styleId && (findStyle(styleId)?.label ?? styleId),
    seedsOf(images),
    modelLabels(images),
    seconds !== undefined && `${Math.max(1, seconds)} s`,
    drawn.length > 0 && costOf(drawn),
    words.batchName(batch),
  ]);
}

export function joinFacts(facts: readonly (string | false | undefined)[]): string {
  return facts.filter(Boolean).join(' · ');
}

/** Tells one image of a batch from the others: its seed, and its model if there are several or it takes no seed. */
export function imageLabel({ sent }: Batch, image: BatchImage): string {
  const seed = seedsOf([image]);
  return joinFacts([(!seed || sent.length > 1) && modelLabels([image]), seed]);
}

/**
 * A range only if it has no gaps: a model may report another seed than it was asked for. Seeds of models that take none
 * only number the images, so users cannot use them.
 */
function seedsOf(images: readonly BatchImage[]): string | undefined {
  const withSeeds = images.filter(({ modelId }) => findModel(modelId)?.takesSeed !== false);
  const seeds = withSeeds.map(({ seed }) => seed);
  const [first] = seeds;
  if (first === undefined) return undefined;
  if (seeds.length === 1) return `seed ${first}`;
  const isRange = seeds.every((seed, index) => seed === first + index);
  return `seeds ${isRange ? `${first}–${seeds.at(-1)}` : seeds.join(', ')}`;
}

function modelLabels(images: readonly BatchImage[]): string {
  return [...new Set(images.map(({ modelId }) => findModel(modelId)?.label ?? modelId))].join(', ');
}

/** Undefined if any model's price is unknown: half a sum would mislead. */
function costOf(images: readonly BatchImage[]): string | undefined {
  const prices = images.flatMap(({ modelId }) => findModel(modelId)?.pricePerImage ?? []);
  const sum = prices.reduce((total, price) => total + price, 0);
  return prices.length === images.length ? aboutCost(1, sum) : undefined;
}

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

export function aboutCost(count: number, pricePerImage: number | undefined): string | undefined {
  return pricePerImage === undefined ? undefined : `about ${dollars.format(count * pricePerImage)}`;
}

/** With thousands separators: for counts, not for numbers that users type or copy, such as seeds. */
export const wholeNumber: (value: number) => string = new Intl.NumberFormat('en-US').format;
