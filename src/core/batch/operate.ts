import { RequestError } from '../errors.js';
import type { AspectRatio } from '../image-model.js';
import { findOperation, type Operation } from '../model-catalog.js';
import { nearestAspectRatio } from '../prompt/aspect-ratio.js';
import { findStyle } from '../prompt/styles.js';
import { shorten } from '../shorten.js';
import type { Click } from './actions.js';
import { aspectRatioOf, type Batch, findImage, isStored, promptOf, type StoredImage } from './batch.js';
import { type ImageRequest, threadIn } from './plan-batch.js';

/** What a user wants made of an image of a batch, and what they said of the result. */
export interface Wanted {
  operation: Operation;
  number: number;
  target?: string | undefined;
  text?: string | undefined;
  /** An image for each. */
  aspectRatios?: readonly AspectRatio[] | undefined;
}

type Asked = Pick<ImageRequest, 'requesterId' | 'channelId' | 'responseUrl' | 'visibility'> & {
  /** The URL of the batch's message, if it has one. */
  link: string | undefined;
};

/** @throws RequestError if there is no such image any more */
export function requestOperation(batch: Batch, wanted: Wanted, { link, ...asked }: Asked): ImageRequest {
  const { operation, number, target, text, aspectRatios = [] } = wanted;
  const { workspaceId, channelId, id, settings } = batch;
  const image = findSource(batch, number);
  const { name, model, count } = operation;
  const source = { channelId, id, number, mediaType: image.mediaType };
  const ofImage = aspectRatioOf(batch, image);
  const keepsSettings = name !== 'style_guide';
  return {
    ...asked,
    workspaceId,
    threadTs: threadIn(batch, asked.channelId),
    prompt: describeResult(promptOf(batch, image), wanted),
    negativePrompt: keepsSettings && model.takesNegativePrompt ? (settings.negativePrompt ?? '') : '',
    aspectRatio: chooseAspectRatio(wanted, ofImage),
    style: keepsSettings && settings.styleId ? findStyle(settings.styleId) : undefined,
    seed: undefined,
    models: [model],
    count: aspectRatios.length || count,
    input: { operation: name, source, ...(target && { target }), ...(text && { text }) },
    parent: { id, number, ...(link && { link }) },
    ...(aspectRatios.length > 1 && { aspectRatios }),
  };
}

/** Images of several aspect ratios are laid out on squares. Two operations draw in the model's own sizes. */
function chooseAspectRatio({ operation, aspectRatios = [] }: Wanted, ofImage: AspectRatio): AspectRatio {
  const [first, ...others] = aspectRatios;
  if (first) return others.length === 0 ? first : '1:1';
  const { name, model } = operation;
  return name === 'style_guide' || name === 'edit' ? nearestAspectRatio(ofImage, model.aspectRatios) : ofImage;
}

/** What the result shows: further images are made from this prompt. */
function describeResult(prompt: string, { operation: { name, model }, target = '', text = '' }: Wanted): string {
  switch (name) {
    case 'style_guide':
      return text;
    case 'replace':
      return shorten(replaceWords(prompt, target, text) ?? `${prompt}, ${text}`, model.promptLimit);
    case 'recolor':
      return shorten(`${prompt}, ${target} in ${text}`, model.promptLimit);
    case 'edit':
      return shorten(`${prompt}, ${text}`, model.promptLimit);
    default:
      return shorten(prompt, model.promptLimit);
  }
}

/** Whole words only. undefined if the prompt does not have them. */
function replaceWords(prompt: string, words: string, others: string): string | undefined {
  const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').exec(prompt);
  return found ? prompt.slice(0, found.index) + others + prompt.slice(found.index + found[0].length) : undefined;
}

/** How long a second click counts as a double click. */
const doubleClickMilliseconds = 60_000;

/** The image that was clicked; 0 is the picked one. */
export const numberOf = ({ pick }: Batch, number: number): number => number || (pick?.number ?? 0);

/** What a user asks for, of all that is asked of a batch. */
function keyOf(batch: Batch, { operation, number }: Wanted, userId: string): string {
  return `${operation.name}:${numberOf(batch, number)}:${userId}`;
}

/** From the menu: of two clicks of one user that can have a single result, only the first is paid for. */
export function operateClick(wanted: Wanted, userId: string, { clickId, now }: { clickId: string; now: Date }): Click {
  const isRecent = ({ at }: { at: string }) => now.getTime() - Date.parse(at) < doubleClickMilliseconds;
  return {
    judge(batch) {
      const before = batch.operated?.[keyOf(batch, wanted, userId)];
      return before && isRecent(before) ? 'already_asked' : undefined;
    },
    apply(batch) {
      if (!wanted.operation.isFinal) return batch;
      const recent = Object.entries(batch.operated ?? {}).filter(([, one]) => isRecent(one));
      const operated = {
        ...Object.fromEntries(recent),
        [keyOf(batch, wanted, userId)]: { at: now.toISOString(), clickId },
      };
      return { ...batch, operated };
    },
    isApplied: (batch) => batch.operated?.[keyOf(batch, wanted, userId)]?.clickId === clickId,
  };
}

/** Nothing came of it: it may be asked for again at once. */
export function releaseOperation(batch: Batch, wanted: Wanted, userId: string): Batch {
  const key = keyOf(batch, wanted, userId);
  if (!batch.operated?.[key]) return batch;
  const { [key]: _, ...operated } = batch.operated;
  return { ...batch, operated };
}

/** Its only result is kept as soon as it is drawn. */
export function isKeptAtOnce({ input }: Batch): boolean {
  return input !== undefined && findOperation(input.operation).isFinal;
}

/** The image to work from. @throws RequestError if it is gone or discarded */
export function findSource(batch: Batch, number: number): StoredImage {
  if (batch.discardedAt) throw new RequestError({ kind: 'input_discarded' });
  const image = findImage(batch, number);
  if (!image || !isStored(image)) throw new RequestError({ kind: 'input_gone' });
  return image;
}
