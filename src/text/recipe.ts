import { type Batch, type BatchImage, isStored } from '../core/batch/batch.js';
import { findModel } from '../core/model-catalog.js';
import { findStyle } from '../core/prompt/styles.js';
import { batchName } from './batch.js';

/** How to make these images again, in one line: `1:1 · seeds 42–45 · Stable Image Core · 11 s · about $0.16 · batch 7f3a2c`. */
export function recipeLine(batch: Batch, images: readonly BatchImage[]): string {
  const drawn = batch.images.filter(isStored);
  const { aspectRatio, styleId } = batch.settings;
  const parts = [
    aspectRatio,
    styleId && (findStyle(styleId)?.label ?? styleId),
    seedsOf(images),
    modelLabels(images),
    timeTaken(batch),
    drawn.length > 0 ? costOf(drawn) : undefined, // an image that was not drawn costs nothing
    batchName(batch),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** Tells one image of a batch from the others: its seed, and its model if there are several or it takes no seed. */
export function imageLabel(batch: Batch, image: BatchImage): string {
  const seed = seedsOf([image]);
  const model = modelLabels([image]);
  if (!seed) return model;
  return batch.sent.length > 1 ? `${model} · ${seed}` : seed;
}

/** Seeds of models that take none only number the images, so users cannot use them. */
function seedsOf(images: readonly BatchImage[]): string | undefined {
  const withSeeds = images.filter(({ modelId }) => findModel(modelId)?.takesSeed !== false);
  return seedsLine(withSeeds.map(({ seed }) => seed));
}

export function modelLabels(images: readonly BatchImage[]): string {
  return [...new Set(images.map(({ modelId }) => findModel(modelId)?.label ?? modelId))].join(', ');
}

/** Undefined if any model's price is unknown: half a sum would mislead. */
export function costOf(images: readonly BatchImage[]): string | undefined {
  let sum = 0;
  for (const { modelId } of images) {
    const price = findModel(modelId)?.pricePerImage;
    if (price === undefined) return undefined;
    sum += price;
  }
  return aboutCost(1, sum);
}

function timeTaken({ requestedAt, finishedAt }: Batch): string | undefined {
  return finishedAt ? duration(Date.parse(finishedAt) - Date.parse(requestedAt)) : undefined;
}

/** Numbers as users read them. Plain text. */

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

export function aboutCost(count: number, pricePerImage: number | undefined): string | undefined {
  return pricePerImage === undefined ? undefined : `about ${dollars.format(count * pricePerImage)}`;
}

/** A range only if it has no gaps: a model may report another seed than it was asked for. */
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

const grouped = new Intl.NumberFormat('en-US');

/** With thousands separators: for counts, not for numbers that users type or copy, such as seeds. */
export function wholeNumber(value: number): string {
  return grouped.format(value);
}
