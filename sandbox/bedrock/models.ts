import { novaCanvas, titan } from './families/amazon.js';
import { createStabilityFamily } from './families/stability.js';
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
}

const core = createStabilityFamily('stable-image-core', 4_294_967_295);
const ultra = createStabilityFamily('stable-image-ultra', 4_294_967_295);
const diffusion3 = createStabilityFamily('sd3-5-large', 4_294_967_294);

const oregon = ['us-west-2'];
const unitedStates = ['us-east-1', 'us-west-2'];

const ended = (day: string, legacyDay?: string): End => ({
  endOfLifeTime: `${day}T00:00:00Z`,
  ...(legacyDay && { legacyTime: `${legacyDay}T00:00:00Z` }),
});

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
};
