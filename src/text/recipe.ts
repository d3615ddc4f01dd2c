import { type Batch, type BatchImage, isStored } from '../core/batch/batch.js';
import { findModel } from '../core/model-catalog.js';
import { findStyle } from '../core/prompt/styles.js';
import { batchName } from './batch.js';
import { aboutCost, duration, seedsLine } from './numbers.js';

/** How these images were made, in one line, for repeating them: `1:1 · seeds 42–45 · Stable Image Core · 11 s · about $0.16 · batch 7f3a2c`. */
export function recipeLine(batch: Batch, images: readonly BatchImage[]): string {
  const drawn = batch.images.filter(isStored);
  const { aspectRatio, styleId } = batch.settings;
  const parts = [
    aspectRatio,
    styleId && (findStyle(styleId)?.label ?? styleId),
    seedsOf(images),
    modelLabels(images),
    timeTaken(batch),
    drawn.length > 0 ? costOf(drawn) : undefined, // what was not drawn costs nothing
    batchName(batch),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** What tells one image of a batch from the others: its seed, and its model where there are several or it takes no seed. */
export function imageLabel(batch: Batch, image: BatchImage): string {
  const seed = seedsOf([image]);
  const model = modelLabels([image]);
  if (!seed) return model;
  return batch.sent.length > 1 ? `${model} · ${seed}` : seed;
}

/** A model without seeds only numbers its images by them: no person can use those. */
function seedsOf(images: readonly BatchImage[]): string | undefined {
  const withSeeds = images.filter(({ modelId }) => findModel(modelId)?.takesSeed !== false);
  return seedsLine(withSeeds.map(({ seed }) => seed));
}

export function modelLabels(images: readonly BatchImage[]): string {
  return [...new Set(images.map(({ modelId }) => findModel(modelId)?.label ?? modelId))].join(', ');
}

/** undefined as soon as one model's price is not known: half a sum would mislead. */
export function costOf(images: readonly BatchImage[]): string | undefined {
  const prices = images.map(({ modelId }) => findModel(modelId)?.pricePerImage);
  if (prices.some((price) => price === undefined)) return undefined;
  return aboutCost(
    1,
    prices.reduce<number>((sum, price) => sum + (price ?? 0), 0),
  );
}

function timeTaken({ requestedAt, finishedAt }: Batch): string | undefined {
  return finishedAt ? duration(Date.parse(finishedAt) - Date.parse(requestedAt)) : undefined;
}
