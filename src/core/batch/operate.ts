import { InputError, RequestError } from '../errors.js';
import type { AspectRatio, InputImage } from '../image-model.js';
import { findOperation, type Operation } from '../model-catalog.js';
import { nearestAspectRatio } from '../prompt/aspect-ratio.js';
import { findStyle } from '../prompt/styles.js';
import { shorten } from '../shorten.js';
import type { Click } from './actions.js';
import { aspectRatioOf, type Batch, type BatchInput, findImage, isStored } from './batch.js';
import type { BatchDeps } from './deps.js';
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
  if (batch.discardedAt) throw new RequestError({ kind: 'input_discarded' });
  const image = findImage(batch, number);
  if (!image || !isStored(image)) throw new RequestError({ kind: 'input_gone' });
  const { name, model, count } = operation;
  const source = { channelId, id, number, mediaType: image.mediaType };
  const ofImage = aspectRatioOf(batch, image);
  const mayKeepStyle = name !== 'style_guide';
  return {
    ...asked,
    workspaceId,
    threadTs: threadIn(batch, asked.channelId),
    prompt: describeResult(batch.prompt, wanted),
    negativePrompt: model.takesNegativePrompt ? (settings.negativePrompt ?? '') : '',
    aspectRatio: chooseAspectRatio(wanted, ofImage),
    style: mayKeepStyle && settings.styleId ? findStyle(settings.styleId) : undefined,
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

/** undefined if the prompt does not have them. */
function replaceWords(prompt: string, words: string, others: string): string | undefined {
  const start = prompt.toLowerCase().indexOf(words.toLowerCase());
  return start === -1 ? undefined : prompt.slice(0, start) + others + prompt.slice(start + words.length);
}

/** How long a second click counts as a double click. */
const doubleClickMilliseconds = 60_000;

/** An operation with a single possible result, from the menu: of two clicks of one user, only the first is paid for. */
export function operateClick({ operation, number }: Wanted, userId: string, now: Date): Click {
  const what = `${operation.name}:${number}:${userId}`;
  return {
    judge({ operated }) {
      const isDouble = operated?.what === what && now.getTime() - Date.parse(operated.at) < doubleClickMilliseconds;
      return isDouble ? 'already_asked' : undefined;
    },
    apply: (batch) => (operation.isFinal ? { ...batch, operated: { what, at: now.toISOString() } } : batch),
  };
}

/** Its only result is kept as soon as it is drawn. */
export function isKeptAtOnce({ input }: Batch): boolean {
  return input !== undefined && findOperation(input.operation).isFinal;
}

/** Nothing came of it: it may be asked for again at once. */
export function releaseOperation({ operated: _, ...batch }: Batch): Batch {
  return batch;
}

/**
 * The image to work from, before anything is counted or shown.
 * @throws RequestError if this is not offered, or not possible with this image
 */
export async function checkInput(
  { inputs, operations }: Pick<BatchDeps, 'inputs' | 'operations'>,
  workspaceId: string,
  { operation, source }: BatchInput,
): Promise<InputImage> {
  const isOffered = operations.list().some(({ name }) => name === operation);
  if (!isOffered) throw new RequestError({ kind: 'operation_not_offered' });
  return refuseInput(inputs.load(workspaceId, source, operation));
}

/** What is wrong with an image is for its user to read. */
export function refuseInput<Value>(work: Promise<Value>): Promise<Value> {
  return work.catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    throw new RequestError({ kind: `input_${error.problem}` }, { cause: error });
  });
}
