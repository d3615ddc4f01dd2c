import { type Batch, type BatchImage, isSaving, isStored, wasStoppedAtOnce } from '../core/batch/batch.js';
import type { QueuePosition } from '../core/batch/deps.js';
import type { Warning } from '../core/batch/plan-batch.js';
import { shortBatchId } from '../core/ids.js';
import { defaultAspectRatio } from '../core/image-model.js';
import { costOf, findModel } from '../core/model-catalog.js';
import { findStyle } from '../core/prompt/styles.js';
import { shorten } from '../core/shorten.js';

type Named = Pick<Batch, 'id'>;

/** What a user reads of a batch. Plain text: callers escape it for the field that it goes into. */
export const words = {
  drawing: 'Drawing…',
  saving: 'Saving…',
  waiting: 'Waiting…',
  /** In place of a stored image that cannot be made smaller. */
  notShown: 'Cannot be shown here. Open full size has it.',
  useThisOne: 'Use this one',
  tryAgain: 'Try again',
  stop: 'Stop',
  again: 'Again',
  change: 'Change',
  more: {
    full_size: 'Open full size',
    details: 'Details',
    retry_failed: 'Retry failed',
    refresh: 'Refresh',
    share: 'Share all',
    discard: 'Discard',
  },
  /** Of a picked image. */
  imageMenu: {
    other_images: 'Other images',
    change: 'Change',
    details: 'Details',
    delete: 'Delete',
  },
  imageMenuPlaceholder: 'More…',
  imageGroups: { vary: 'More like this', edit: 'Change this image', image: 'This message' },
  showAgain: 'Show again',
  share: 'Share',
  keepPrivate: 'Keep private',
  back: 'Back',
  onlyYouSee: 'Only you see this. Share posts it here for everyone.',
  chooseInPrivate: 'Only you see these. A number shows one large, before anything is posted.',
  promptRefused: 'A prompt was not accepted, so nothing was drawn.',
  from: 'From ',
  showParent: 'Show',
  fullSize: 'Open original',
  fullSizeTitle: 'Full size',
  detailsTitle: 'Details',
  prompt: 'Prompt',
  original: 'As it was typed',
  without: 'Without',
  done: 'Done',
  eachToDownload: 'Open full size in the ⋯ menu has each of them to download.',
  operation: 'Made by',
  nothingDrawn: 'No image could be drawn.',
  stopping: 'Stopping: images already being drawn will still arrive',
  stoppedAtOnce: 'Stopped before anything was drawn. Nothing was charged. Again draws it.',
  sheetNotShown:
    'Slack could not show the images. They are saved: Open full size in the ⋯ menu has them, and you can still choose one.',
  /** In a message without the menu. */
  sheetNotShownHere: 'Slack could not show the images. They are saved, and you can still choose one.',
  previewNotShown: 'Slack could not show this preview. The image is saved, and you can still choose it.',
  imageGone:
    'This image is no longer stored: images that were not chosen are deleted after a while. Again draws new ones from the same prompt.',
  linkTooLong: 'The link to this preview is longer than Slack allows. The image is saved, and you can still choose it.',
  pickedThis: ' chose this image of',
  /** Comes before the requester's name if another user picked. */
  askedBy: 'asked for by ',
  pickedLinkTooLong:
    'The link to the image is longer than Slack allows, so it cannot be shown here. It is saved: ask your Imagine administrator for it.',
  pickedNotShown: 'Slack could not show the image here. It is saved, and the link opens it.',
  inviteMe: 'I am not a member of this conversation. Invite me to see the images one by one.',
  postingPaused: 'Slack is not accepting more messages from me right now.',
  openThread: 'Open the thread.',
  historyTitle: 'Your latest images, from every conversation. Only you see this.',
  show: 'Show',

  images: (count: number) => (count === 1 ? '1 image' : `${count} images`),
  /** Stays as it is once they have come. */
  comeAtOnce: (count: number, prompt: string, place: 'below' | 'in a thread'): string =>
    `Your ${words.images(count)} of “${prompt}” ${count === 1 ? 'comes' : 'come'}${place === 'below' ? ' below' : ''} as one new message when all of them are ready.`,
  /** Of the moment in which they were asked for; empty if there was nothing to wait for. */
  waited: ({ ahead, milliseconds }: QueuePosition): string => {
    const before = ahead > 0 && `${words.images(ahead)} ${ahead === 1 ? 'was' : 'were'} ahead of yours`;
    const facts = [before, milliseconds > 0 && `the wait was ${aboutTime(milliseconds)}`].filter(Boolean);
    return facts.length > 0 ? `When you asked, ${facts.join(', and ')}.` : '';
  },
  comeInThread: (count: number): string =>
    `Your ${words.images(count)} ${count === 1 ? 'comes' : 'come'} in the thread of the post.`,
  /** Comes between the requester's name and the prompt. */
  askedFor: (count: number): string => ` asked for ${words.images(count)} of`,
  /** The same if the prompt was translated. */
  drawnFrom: (count: number): string => ` asked for ${words.images(count)}. Drawn from:`,
  /** Over the prompt that these images have, beside their name. */
  promptOfImages: (numbers: readonly number[], title: string): string =>
    joinFacts([numbers.length === 1 ? words.imageName(numbers[0] ?? 1) : `Images ${numbers.join(' and ')}`, title]),
  notification: (prompt: string, ready: number, count: number): string =>
    ready === 0 ? `Drawing ${words.images(count)} of ${prompt}` : `${ready} of ${count} ready: ${prompt}`,
  drawingPrivately: (count: number, prompt: string): string =>
    count === 1
      ? `Your image of “${prompt}” comes below when it is ready. Only you see it.`
      : `Your ${words.images(count)} of “${prompt}” come below when they are ready. Only you see them.`,
  nothingDrawnNotification: (prompt: string) => `No image could be drawn: ${prompt}`,
  stoppedNotification: (prompt: string) => `Stopped before anything was drawn: ${prompt}`,
  pickedNotification: (prompt: string) => `Picked: ${prompt}`,
  imageName: (number: number) => `Image ${number}`,
  numbered: (number: number, text: string): string => `${words.imageName(number)}: ${text}`,
  otherImages: (number: number) => `Image ${number} is chosen. Choose another, and it takes its place.`,
  otherImagesNotShown: 'Slack could not show the images. They are saved, and you can still choose one.',
  useNumber: (number: number) => `${number}: use image ${number}`,
  sheetOf: (count: number, prompt: string): string =>
    count === 1 ? `Image 1: ${prompt}` : `${words.images(count)}, numbered 1 to ${count}: ${prompt}`,
  /** Under a picked image of which Slack has no copy. */
  linkUntil: (time: string) => `This image is a link that works until ${time}. Download it to keep it.`,
  batchName: (batch: Named) => `batch ${shortBatchId(batch)}`,
  /** What a batch goes on from. */
  parentName: (parent: NonNullable<Batch['parent']>): string =>
    parent.number ? `image ${parent.number} of ${words.batchName(parent)}` : words.batchName(parent),
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
export function progressLine(
  { images, stoppedAt }: Batch,
  position: QueuePosition | undefined,
  drawingMilliseconds?: number,
): string {
  if (stoppedAt) return joinFacts([words.stopping, modelLabels(images)]);
  const progress = position ? waitingInLine(position) : readyOf(images, drawingMilliseconds);
  return joinFacts([progress, modelLabels(images)]);
}

function readyOf(images: readonly BatchImage[], drawingMilliseconds: number | undefined): string {
  const ready = images.filter(isStored).length;
  const saving = images.filter(isSaving).length;
  if (ready === 0 && saving === 0) {
    const drawing = `Drawing ${words.images(images.length)}`;
    return drawingMilliseconds === undefined ? drawing : `${drawing}, ${aboutTime(drawingMilliseconds)}`;
  }
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
export function outcome(batch: Batch): string {
  const { images, pick, discardedAt, finishedAt } = batch;
  const ready = images.filter(isStored).length;
  const drawn = `${ready} of ${images.length} drawn`;
  if (pick) return images.length === 1 ? '1 image, kept' : `${words.images(ready)}, number ${pick.number} chosen`;
  if (discardedAt) return `${drawn}, discarded`;
  if (!finishedAt) return `${drawn}, not finished`;
  if (wasStoppedAtOnce(batch)) return 'stopped before anything was drawn';
  return ready === 0 ? 'nothing could be drawn' : `${drawn}, none chosen`;
}

/** Above the images: what was asked for beside the prompt. Empty if nothing was. */
export function settingsLine({ settings: { styleId, aspectRatio, negativePrompt }, images }: Batch): string {
  const aspectRatios = joinAspectRatios(images, aspectRatio);
  return joinFacts([
    styleId && (findStyle(styleId)?.label ?? styleId),
    aspectRatios !== defaultAspectRatio && aspectRatios,
    negativePrompt && `without ${shorten(negativePrompt, 200)}`,
    titlesByNumber(images),
  ]);
}

/** How to make these images again, beside what was written: at most ten names with a value each. */
export function details({ id, requestedAt, finishedAt, settings, images }: Batch): [name: string, value: string][] {
  const { aspectRatio, styleId } = settings;
  const drawn = images.filter(isStored); // an image that was not drawn costs nothing
  const stopped = images.filter((image) => image.state === 'failed' && image.reason === 'stopped').length;
  const seconds = finishedAt ? Math.round((Date.parse(finishedAt) - Date.parse(requestedAt)) / 1000) : undefined;
  const facts: [string, string | false | undefined][] = [
    ['Style', styleId && (findStyle(styleId)?.label ?? styleId)],
    ['Aspect ratio', joinAspectRatios(images, aspectRatio)],
    ['Model', modelLabels(images)],
    ['Seed', seedList(drawn.length > 0 ? drawn : images)],
    ['Time', seconds !== undefined && `${Math.max(1, seconds)} s`],
    ['Stopped', stopped > 0 && `${words.images(stopped)}, not drawn and not charged`],
    ['Cost', drawn.length > 0 && aboutCost(1, costOf(drawn))],
    ['Batch', shortBatchId({ id })],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
}

function joinAspectRatios(images: readonly BatchImage[], common: string): string {
  return [...new Set(images.map(({ aspectRatio = common }) => aspectRatio))].join(', ');
}

export function joinFacts(facts: readonly (string | false | undefined)[]): string {
  return facts.filter(Boolean).join(' · ');
}

/** Tells one image of a batch from the others: its seed, and its model if there are several or it takes no seed. */
export function imageLabel({ sent }: Batch, image: BatchImage): string {
  const seed = seedsOf([image]);
  return joinFacts([image.title, image.aspectRatio, (!seed || sent.length > 1) && modelLabels([image]), seed]);
}

function seedsOf(images: readonly BatchImage[]): string | undefined {
  const seeds = seedList(images);
  return seeds && `${/\D/.test(seeds) ? 'seeds' : 'seed'} ${seeds}`;
}

/**
 * A range only if it has no gaps: a model may report another seed than it was asked for. Seeds of models that take none
 * only number the images, so users cannot use them.
 */
function seedList(images: readonly BatchImage[]): string | undefined {
  const withSeeds = images.filter(({ modelId }) => findModel(modelId)?.takesSeed !== false);
  const seeds = withSeeds.map(({ seed }) => seed);
  const [first] = seeds;
  if (first === undefined) return undefined;
  const isRange = seeds.length > 1 && seeds.every((seed, index) => seed === first + index);
  return isRange ? `${first}–${seeds.at(-1)}` : seeds.join(', ');
}

/** Which images of a comparison are whose: `Stable Image Core: 1, 3.` */
export function modelsByNumber(images: readonly BatchImage[]): string {
  return byNumber(images, (image) => modelLabels([image]));
}

/** Which images have which prompt, by its title: `Warm and close: 1, 4.` Empty if all have the batch's. */
export function titlesByNumber(images: readonly BatchImage[]): string {
  return byNumber(images, ({ title }) => title);
}

function byNumber(images: readonly BatchImage[], labelOf: (image: BatchImage) => string | undefined): string {
  const numbers = new Map<string, number[]>();
  for (const image of images) {
    const label = labelOf(image);
    if (label) numbers.set(label, [...(numbers.get(label) ?? []), image.number]);
  }
  return [...numbers].map(([label, of]) => `${label}: ${of.join(', ')}.`).join(' ');
}

export function modelLabels(images: readonly BatchImage[]): string {
  return [...new Set(images.map(({ modelId }) => findModel(modelId)?.label ?? modelId))].join(', ');
}

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

export const price = (amount: number): string => dollars.format(amount);

export function aboutCost(count: number, pricePerImage: number | undefined): string | undefined {
  return pricePerImage === undefined ? undefined : `about ${price(count * pricePerImage)}`;
}

/** With thousands separators: for counts, not for numbers that users type or copy, such as seeds. */
export const wholeNumber: (value: number) => string = new Intl.NumberFormat('en-US').format;
