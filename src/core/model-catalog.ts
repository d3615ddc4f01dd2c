import type { ImageModelFamily, ImageModelState, ModelInfo } from './image-model.js';
import { families } from './model-families.js';

/** AWS's own samples use it now, and it is the cheapest. */
const successor = 'stability.stable-image-core-v1:1';

const retired = (since: string, use = successor): ImageModelState => ({ kind: 'retired', since, successor: use });

/**
 * Every model that we know, as of November 2026; the first, which is never a retired one, is the default.
 * Quotas: https://docs.aws.amazon.com/general/latest/gr/bedrock.html.
 * Ends: https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html.
 */
export const models: readonly [ModelInfo, ...ModelInfo[]] = [
  {
    ...families.stability,
    modelId: 'stability.stable-image-core-v1:1',
    label: 'Stable Image Core',
    shortName: 'core',
    regions: ['us-west-2'],
    pricePerImage: 0.04,
    requestsPerMinute: 90,
  },
  {
    ...families.stability,
    modelId: 'stability.stable-image-ultra-v1:1',
    label: 'Stable Image Ultra',
    shortName: 'ultra',
    regions: ['us-west-2'],
    pricePerImage: 0.14,
  },
  {
    ...families.stability,
    modelId: 'stability.sd3-5-large-v1:0',
    label: 'Stable Diffusion 3.5 Large',
    shortName: 'sd3.5',
    regions: ['us-west-2'],
    pricePerImage: 0.08,
    requestsPerMinute: 15,
  },
  { ...families.openai, modelId: 'gpt-image-2', label: 'GPT Image 2', shortName: 'openai' },
  {
    ...families.openai,
    modelId: 'gpt-image-2.5-sunburst',
    label: 'GPT Image 2.5 Sunburst',
    shortName: 'openai-sunburst',
  },
  { ...families.openai, modelId: 'gpt-image-2.5-flare', label: 'GPT Image 2.5 Flare', shortName: 'openai-flare' },
  {
    ...families['amazon-nova-canvas'],
    modelId: 'amazon.nova-canvas-v1:0',
    label: 'Amazon Nova Canvas',
    shortName: 'nova',
    regions: ['us-east-1', 'eu-west-1', 'ap-northeast-1'],
    state: retired('2026-09-30'),
  },
  {
    ...families['amazon-titan'],
    modelId: 'amazon.titan-image-generator-v2:0',
    label: 'Titan Image Generator G1 v2',
    shortName: 'titan',
    state: retired('2026-06-30'),
  },
  {
    ...families['amazon-titan'],
    modelId: 'amazon.titan-image-generator-v1',
    label: 'Titan Image Generator G1',
    shortName: 'titan-v1',
    state: retired('2025-08-15'),
  },
  {
    ...families['stable-diffusion-xl'],
    modelId: 'stability.stable-diffusion-xl-v1',
    label: 'Stable Diffusion XL 1.0',
    shortName: 'sdxl',
    state: retired('2025-05-20'),
  },
  {
    ...families['stable-diffusion-xl-v0'],
    modelId: 'stability.stable-diffusion-xl-v0',
    label: 'Stable Diffusion XL 0.8',
    shortName: 'sdxl-v0',
    state: retired('2024-04-30'),
  },
  {
    ...families.stability,
    modelId: 'stability.stable-image-core-v1:0',
    label: 'Stable Image Core (first version)',
    shortName: 'core-v1:0',
    state: retired('2025-09-04'),
  },
  {
    ...families.stability,
    modelId: 'stability.stable-image-ultra-v1:0',
    label: 'Stable Image Ultra (first version)',
    shortName: 'ultra-v1:0',
    state: retired('2025-09-04', 'stability.stable-image-ultra-v1:1'),
  },
  {
    ...families.stability,
    modelId: 'stability.sd3-large-v1:0',
    label: 'Stable Diffusion 3 Large',
    shortName: 'sd3',
    state: retired('2025-09-04', 'stability.sd3-5-large-v1:0'),
  },
];

/** Ids of versions yet to come; Stability's editing services must not match. */
const patterns: readonly (readonly [RegExp, ImageModelFamily])[] = [
  [/^stability\.(stable-image-(core|ultra)|sd3(-\d+)?-(large|medium)(-turbo)?)-v\d+(:\d+)?$/, 'stability'],
  [/^amazon\.titan-image-generator-v\d+(:\d+)?$/, 'amazon-titan'],
  [/^amazon\.nova-canvas-v\d+(:\d+)?$/, 'amazon-nova-canvas'],
  [/^stability\.stable-diffusion-xl-v[1-9]\d*(:\d+)?$/, 'stable-diffusion-xl'],
  [/^gpt-image-([2-9]|[1-9]\d+)(\.\d+)?(-[a-z0-9-]+)?$/, 'openai'],
];

/**
 * The model of this id or short name. An id that is not in the table works if its family is plain from it: with
 * that family's careful limits, and without a price.
 */
export function findModel(idOrShortName: string): ModelInfo | undefined {
  const name = idOrShortName.trim().toLowerCase();
  const known = models.find(({ modelId, shortName }) => modelId === name || shortName === name);
  if (known) return known;
  const family = patterns.find(([pattern]) => pattern.test(name))?.[1];
  return family && { ...families[family], modelId: name, label: name, shortName: name };
}
