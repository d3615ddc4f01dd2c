import type { AspectRatio, ImageModelFacts } from '../core/image-model.js';

/** The nine that every current Stability model draws, widest first. */
const stabilityAspectRatios: readonly [AspectRatio, ...AspectRatio[]] = [
  '21:9',
  '16:9',
  '3:2',
  '5:4',
  '1:1',
  '4:5',
  '2:3',
  '9:16',
  '9:21',
];

/** 0 would mean "random", and 4294967295 is past what SD3.5's page allows. */
const stabilityCommon = {
  provider: 'bedrock',
  family: 'stability',
  state: { kind: 'active' },
  regions: ['us-west-2'],
  aspectRatios: stabilityAspectRatios,
  defaultAspectRatio: '1:1',
  promptLimit: 10_000,
  takesNegativePrompt: true,
  takesSeed: true,
  seedRange: { min: 1, max: 4_294_967_294 },
} satisfies Partial<ImageModelFacts>;

/**
 * Every model that we know, as of November 2026; the first is the default.
 * Quotas: https://docs.aws.amazon.com/general/latest/gr/bedrock.html.
 * Ends: https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html.
 */
export const models: readonly [ImageModelFacts, ...ImageModelFacts[]] = [
  {
    ...stabilityCommon,
    modelId: 'stability.stable-image-core-v1:1',
    label: 'Stable Image Core',
    shortName: 'core',
    pricePerImage: 0.04,
    requestsPerMinute: 90,
  },
  {
    ...stabilityCommon,
    modelId: 'stability.stable-image-ultra-v1:1',
    label: 'Stable Image Ultra',
    shortName: 'ultra',
    pricePerImage: 0.14,
    requestsPerMinute: 10,
  },
  {
    ...stabilityCommon,
    modelId: 'stability.sd3-5-large-v1:0',
    label: 'Stable Diffusion 3.5 Large',
    shortName: 'sd3.5',
    pricePerImage: 0.08,
    requestsPerMinute: 15,
  },
];

export function findModel(modelId: string): ImageModelFacts | undefined {
  return models.find((facts) => facts.modelId === modelId);
}
