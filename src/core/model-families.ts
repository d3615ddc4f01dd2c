import type { AspectRatio, ImageModelFamily, ModelInfo } from './image-model.js';

/** What all models of a family have in common, on the careful side: also assumed of one that is not in the table. */
type FamilyInfo = Omit<ModelInfo, 'modelId' | 'label' | 'shortName' | 'pricePerImage'>;

type AspectRatios = readonly [AspectRatio, ...AspectRatio[]];

/** Widest first. */
const nine: AspectRatios = ['21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'];
const eleven: AspectRatios = ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16', '9:21'];
const titan: AspectRatios = [
  '11:5',
  '11:6',
  '9:5',
  '16:9',
  '5:3',
  '3:2',
  '9:7',
  '1:1',
  '7:9',
  '2:3',
  '3:5',
  '6:11',
  '5:11',
];

const onBedrock = {
  provider: 'bedrock',
  state: { kind: 'active' },
  regions: [],
  defaultAspectRatio: '1:1',
  readsEnglishOnly: true,
  takesNegativePrompt: true,
  takesSeed: true,
} as const;

export const families: Readonly<Record<ImageModelFamily, FamilyInfo>> = {
  /** Seed 0 would mean "random", and 4294967295 is past what SD3.5's page allows. */
  stability: {
    ...onBedrock,
    family: 'stability',
    aspectRatios: nine,
    promptLimit: 10_000,
    seedRange: { min: 1, max: 4_294_967_294 },
    requestsPerMinute: 10,
  },
  'amazon-titan': {
    ...onBedrock,
    family: 'amazon-titan',
    aspectRatios: titan,
    promptLimit: 512,
    seedRange: { min: 0, max: 2_147_483_646 },
    requestsPerMinute: 60,
  },
  'amazon-nova-canvas': {
    ...onBedrock,
    family: 'amazon-nova-canvas',
    aspectRatios: eleven,
    promptLimit: 1024,
    seedRange: { min: 0, max: 2_147_483_646 },
    requestsPerMinute: 100,
  },
  /** Seed 0 is left out here too: https://platform.stability.ai/docs/api-reference#tag/v1generation reads it as "random". */
  'stable-diffusion-xl': {
    ...onBedrock,
    family: 'stable-diffusion-xl',
    aspectRatios: nine,
    promptLimit: 2000,
    seedRange: { min: 1, max: 4_294_967_295 },
    requestsPerMinute: 10,
  },
  'stable-diffusion-xl-v0': {
    ...onBedrock,
    family: 'stable-diffusion-xl-v0',
    aspectRatios: ['1:1'],
    promptLimit: 2000,
    takesNegativePrompt: false,
    seedRange: { min: 1, max: 4_294_967_295 },
    requestsPerMinute: 10,
  },
  /** OpenAI's limits depend on the account's tier: five a minute is a guess that should fit the smallest. */
  openai: {
    ...onBedrock,
    provider: 'openai',
    family: 'openai',
    aspectRatios: eleven,
    promptLimit: 32_000,
    readsEnglishOnly: false,
    takesNegativePrompt: false,
    takesSeed: false,
    seedRange: { min: 1, max: 4_294_967_294 },
    requestsPerMinute: 5,
  },
};
