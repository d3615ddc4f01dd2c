import { novaCanvas, titan } from './families/amazon.js';
import { imageServices } from './families/image-services.js';
import { createStabilityFamily, diffusion3 } from './families/stability.js';
import { stableDiffusionXl } from './families/stable-diffusion-xl.js';
import type { ModelFamily } from './model-family.js';

interface End {
  legacyTime?: string;
  endOfLifeTime: string;
}

export interface BedrockModel {
  family: ModelFamily;
  regions: readonly string[];
  /** Set if its end of life has passed: https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html */
  end?: End;
  /** Set if it can be called by an inference profile only: this one's prefix, and the model's ID. */
  profile?: 'us.';
}

const core = createStabilityFamily('stable-image-core');
const ultra = createStabilityFamily('stable-image-ultra');

const oregon = ['us-west-2'];
const unitedStates = ['us-east-1', 'us-west-2'];

const ended = (day: string, legacyDay?: string): End => ({
  endOfLifeTime: `${day}T00:00:00Z`,
  ...(legacyDay && { legacyTime: `${legacyDay}T00:00:00Z` }),
});

const services = Object.entries(imageServices).map(([id, family]): [string, BedrockModel] => [
  id,
  { family, regions: ['us-east-1', 'us-east-2', 'us-west-2'], profile: 'us.' },
]);

/** Every model that the stand-in knows, by the ID that Bedrock gives it. */
export const models: Readonly<Record<string, BedrockModel>> = {
  'stability.stable-image-core-v1:1': { family: core, regions: oregon },
  'stability.stable-image-ultra-v1:1': { family: ultra, regions: oregon },
  'stability.sd3-5-large-v1:0': { family: diffusion3, regions: oregon },
  'stability.stable-image-core-v1:0': { family: core, regions: oregon, end: ended('2025-09-04') },
  'stability.stable-image-ultra-v1:0': { family: ultra, regions: oregon, end: ended('2025-09-04') },
  'stability.sd3-large-v1:0': { family: diffusion3, regions: oregon, end: ended('2025-09-04') },
  'stability.stable-diffusion-xl-v0': { family: stableDiffusionXl, regions: unitedStates, end: ended('2024-04-30') },
  'stability.stable-diffusion-xl-v1': { family: stableDiffusionXl, regions: unitedStates, end: ended('2025-05-20') },
  'amazon.titan-image-generator-v1': { family: titan, regions: unitedStates, end: ended('2025-08-15') },
  'amazon.titan-image-generator-v2:0': {
    family: titan,
    regions: unitedStates,
    end: ended('2026-06-30', '2025-12-30'),
  },
  'amazon.nova-canvas-v1:0': {
    family: novaCanvas,
    regions: ['us-east-1', 'eu-west-1', 'ap-northeast-1'],
    end: ended('2026-09-30', '2026-03-30'),
  },
  ...Object.fromEntries(services),
};
