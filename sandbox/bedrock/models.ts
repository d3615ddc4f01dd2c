import { createStabilityFamily } from './families/stability.js';
import { stableDiffusionXl } from './families/stable-diffusion-xl.js';
import { createTaskTypeFamily, novaSizeProblem, titanSizeProblem } from './families/task-type.js';
import type { ModelFamily } from './model-family.js';

export interface BedrockModel {
  family: ModelFamily;
  regions: readonly string[];
  /** The default quota of an account, requests a minute: https://docs.aws.amazon.com/general/latest/gr/bedrock.html */
  requestsPerMinute: number;
  /** Its end of life has passed: https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html */
  retired: boolean;
}

const core = createStabilityFamily({
  name: 'stable-image-core',
  modes: ['text-to-image'],
  formats: ['png', 'jpeg', 'PNG', 'JPEG'],
  largestSeed: 4_294_967_295,
  imageToImage: undefined,
});

const ultra = createStabilityFamily({
  name: 'stable-image-ultra',
  modes: ['text-to-image'],
  formats: ['png', 'jpeg', 'PNG', 'JPEG'],
  largestSeed: 4_294_967_295,
  imageToImage: 'by image',
});

const diffusion3 = createStabilityFamily({
  name: 'sd3-5-large',
  modes: ['text-to-image', 'image-to-image'],
  formats: ['png', 'jpeg', 'webp'],
  largestSeed: 4_294_967_294,
  imageToImage: 'by mode',
});

const titan = createTaskTypeFamily({ textLimit: 512, defaultSeed: 42, sizeProblem: titanSizeProblem });

const nova = createTaskTypeFamily({
  textLimit: 1024,
  defaultSeed: 12,
  sizeProblem: novaSizeProblem,
  styles: [
    '3D_ANIMATED_FAMILY_FILM',
    'DESIGN_SKETCH',
    'FLAT_VECTOR_ILLUSTRATION',
    'GRAPHIC_NOVEL_ILLUSTRATION',
    'MAXIMALISM',
    'MIDCENTURY_RETRO',
    'PHOTOREALISM',
    'SOFT_DIGITAL_PAINTING',
  ],
});

const oregon = ['us-west-2'];
const unitedStates = ['us-east-1', 'us-west-2'];

/** Every model that the stand-in knows, by the id that Bedrock gives it. */
export const models: Readonly<Record<string, BedrockModel>> = {
  'stability.stable-image-core-v1:1': { family: core, regions: oregon, requestsPerMinute: 90, retired: false },
  'stability.stable-image-ultra-v1:1': { family: ultra, regions: oregon, requestsPerMinute: 10, retired: false },
  'stability.sd3-5-large-v1:0': { family: diffusion3, regions: oregon, requestsPerMinute: 15, retired: false },
  'stability.stable-image-core-v1:0': { family: core, regions: oregon, requestsPerMinute: 90, retired: true },
  'stability.stable-image-ultra-v1:0': { family: ultra, regions: oregon, requestsPerMinute: 10, retired: true },
  'stability.sd3-large-v1:0': { family: diffusion3, regions: oregon, requestsPerMinute: 15, retired: true },
  'stability.stable-diffusion-xl-v0': {
    family: stableDiffusionXl,
    regions: unitedStates,
    requestsPerMinute: 60,
    retired: true,
  },
  'stability.stable-diffusion-xl-v1': {
    family: stableDiffusionXl,
    regions: unitedStates,
    requestsPerMinute: 60,
    retired: true,
  },
  'amazon.titan-image-generator-v1': { family: titan, regions: unitedStates, requestsPerMinute: 60, retired: true },
  'amazon.titan-image-generator-v2:0': { family: titan, regions: unitedStates, requestsPerMinute: 60, retired: true },
  'amazon.nova-canvas-v1:0': {
    family: nova,
    regions: ['us-east-1', 'eu-west-1', 'ap-northeast-1'],
    requestsPerMinute: 100,
    retired: true,
  },
};
