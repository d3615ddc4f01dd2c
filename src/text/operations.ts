import type { Batch, BatchInput } from '../core/batch/batch.js';
import type { OperationName } from '../core/image-model.js';
import type { Operation } from '../core/model-catalog.js';
import { shorten } from '../core/shorten.js';
import { aboutCost, price, words } from './batch.js';
import { costSentence } from './form.js';

/** What users read of one thing that can be made of an image. */
interface OperationWords {
  /** In the menu, and above the form: at most 24 characters, as Slack's titles are. */
  label: string;
  /** After "asked", before the prompt. */
  asked(input: BatchInput, count: number): string;
  /** What the result is, in a list; left out: the label. */
  made?: string | ((input: BatchInput) => string);
}

const quote = (text = ''): string => `“${shorten(text.replace(/\s+/g, ' '), 100)}”`;

const operationWords: Readonly<Record<OperationName, OperationWords>> = {
  vary_subtle: { label: 'Subtle variations', asked: (_, count) => `for ${count} subtle variations` },
  vary_strong: { label: 'Strong variations', asked: (_, count) => `for ${count} strong variations` },
  upscale: { label: 'Larger', asked: () => 'for a larger version' },
  aspect_ratio: {
    label: 'Other aspect ratio',
    asked: (_, count) => (count === 1 ? 'for another aspect ratio' : `for ${count} other aspect ratios`),
  },
  remove_background: {
    label: 'Remove background',
    asked: () => 'to remove the background',
    made: 'Without its background',
  },
  replace: {
    label: 'Replace',
    asked: ({ target, text }) => `for ${quote(text)} in place of ${quote(target)}`,
    made: ({ target, text }) => `${quote(text)} in place of ${quote(target)}`,
  },
  recolor: {
    label: 'Recolor',
    asked: ({ target, text }) => `for ${quote(target)} in ${quote(text)}`,
    made: ({ target, text }) => `${quote(target)} in ${quote(text)}`,
  },
  style_guide: {
    label: 'In this style',
    asked: (_, count) => `for ${words.images(count)} in the style of another image`,
    made: 'In its style',
  },
  edit: {
    label: 'Edit in words',
    asked: ({ text }) => `for the edit ${quote(text)}`,
    made: ({ text }) => `Edited: ${quote(text)}`,
  },
  image_to_image: {
    label: 'Start from it',
    asked: (_, count) => `for ${words.images(count)} based on an image`,
    made: 'Based on an image',
  },
  structure: {
    label: 'Keep its structure',
    asked: (_, count) => `for ${words.images(count)} with the structure of an image`,
    made: 'With the structure of an image',
  },
  sketch: {
    label: 'Color in a sketch',
    asked: (_, count) => `for ${words.images(count)} drawn from a sketch`,
    made: 'Drawn from a sketch',
  },
};

export const operationLabel = (name: OperationName): string => operationWords[name].label;

/** Comes between the requester's name and the prompt. */
export function askedFor({ input, images, original }: Batch): string {
  if (original && !input) return words.drawnFrom(images.length);
  if (!input) return words.askedFor(images.length);
  return ` asked ${operationWords[input.operation].asked(input, images.length)}:`;
}

/**
 * In a list of batches: `Larger, from image 2`. Empty for what was drawn from a prompt alone.
 * @param isParentKnown the batch that it goes on from heads the list
 */
export function lineageLine({ input, parent }: Batch, isParentKnown: boolean): string {
  const made = input && madeOf(input);
  if (!parent) return made ?? '';
  const from = isParentKnown && parent.number ? words.imageName(parent.number).toLowerCase() : words.parentName(parent);
  return made ? `${made}, from ${from}` : words.from + from;
}

export function madeOf(input: BatchInput): string {
  const { label, made = label } = operationWords[input.operation];
  return typeof made === 'string' ? made : made(input);
}

/** `Larger · $0.03`, with an ellipsis if more is asked first. */
export function operationChoice({ name, fields, count, model }: Operation): string {
  const label = operationLabel(name) + (fields.length > 0 ? '…' : '');
  const { pricePerImage } = model;
  if (pricePerImage === undefined) return label;
  return `${label} · ${price(count * pricePerImage)}${fields.includes('aspect_ratios') ? ' each' : ''}`;
}

/**
 * The form is also the confirmation: nothing begins before the cost was shown.
 * @param choices aspect ratios that can be ticked
 */
export function operationCost({ fields, count, model: { pricePerImage } }: Operation, choices: number): string {
  if (!fields.includes('aspect_ratios')) return costSentence(count, aboutCost(count, pricePerImage));
  const [each, all] = [aboutCost(1, pricePerImage), aboutCost(choices, pricePerImage)];
  return each && all ? `Each costs ${each}, and all ${choices} together ${all}.` : '';
}

interface FieldWords {
  label: string;
  hint: string;
}

const textFields: Partial<Record<OperationName, FieldWords>> = {
  replace: { label: 'Replace with', hint: 'Such as: an open window' },
  recolor: { label: 'New color', hint: 'Such as: cobalt blue' },
  style_guide: { label: 'What to draw', hint: 'A new prompt, drawn in the style of this image' },
  edit: { label: 'What to change', hint: 'Such as: make it evening, with the lights on' },
};

/** Of the form for an operation. */
export const operationFormWords = {
  target: (name: OperationName): FieldWords => ({
    label: name === 'recolor' ? 'What to recolor' : 'What to replace',
    hint: 'As it is in the image, such as: the red door',
  }),
  text: (name: OperationName): FieldWords => textFields[name] ?? { label: 'Prompt', hint: 'What to draw' },
  aspectRatios: { label: 'Aspect ratios', hint: 'Each becomes an image of its own.' },
  empty: 'Please fill this in.',
  chooseRatio: 'Choose at least one.',
};
