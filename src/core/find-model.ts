import { families } from './family-facts.js';
import type { ImageModelFamily, ModelInfo } from './image-model.js';
import { models } from './model-catalog.js';

/** What is known of a model by its id; undefined for one that is no longer in the table. */
export type FindModel = (modelId: string) => ModelInfo | undefined;

/** Ids of versions yet to come; Stability's editing services must not match. */
const patterns: readonly (readonly [RegExp, ImageModelFamily])[] = [
  [/^stability\.(stable-image-(core|ultra)|sd3(-\d+)?-(large|medium)(-turbo)?)-v\d+(:\d+)?$/, 'stability'],
  [/^amazon\.titan-image-generator-v\d+(:\d+)?$/, 'amazon-titan'],
  [/^amazon\.nova-canvas-v\d+(:\d+)?$/, 'amazon-nova-canvas'],
  [/^stability\.stable-diffusion-xl-v[1-9]\d*(:\d+)?$/, 'stable-diffusion-xl'],
  [/^gpt-image-([2-9]|[1-9]\d+)(\.\d+)?(-[a-z0-9-]+)?$/, 'openai'],
];

/**
 * The model of this id or short name. An id that the table does not name works by its family, when the family is plain from it:
 * with that family's careful limits, and with no price.
 */
export function findModel(idOrShortName: string): ModelInfo | undefined {
  const name = idOrShortName.trim().toLowerCase();
  const known = models.find(({ modelId, shortName }) => modelId === name || shortName === name);
  if (known) return known;
  const family = patterns.find(([pattern]) => pattern.test(name))?.[1];
  return family && { ...families[family], modelId: name, label: name, shortName: name };
}
