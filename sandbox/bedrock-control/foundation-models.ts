import { BedrockError } from '../bedrock/bedrock-error.js';
import { models } from '../bedrock/models.js';
import type { BedrockControlRequest } from './bedrock-control-fault.js';

/** The days on which each model became Legacy, where published, and ended. */
const ends: Readonly<Record<string, { legacyTime?: string; endOfLifeTime: string }>> = {
  'stability.stable-image-core-v1:0': { endOfLifeTime: '2025-09-04T00:00:00Z' },
  'stability.stable-image-ultra-v1:0': { endOfLifeTime: '2025-09-04T00:00:00Z' },
  'stability.sd3-large-v1:0': { endOfLifeTime: '2025-09-04T00:00:00Z' },
  'stability.stable-diffusion-xl-v0': { endOfLifeTime: '2024-04-30T00:00:00Z' },
  'stability.stable-diffusion-xl-v1': { endOfLifeTime: '2025-05-20T00:00:00Z' },
  'amazon.titan-image-generator-v1': { endOfLifeTime: '2025-08-15T00:00:00Z' },
  'amazon.titan-image-generator-v2:0': {
    legacyTime: '2025-12-30T00:00:00Z',
    endOfLifeTime: '2026-06-30T00:00:00Z',
  },
  'amazon.nova-canvas-v1:0': { legacyTime: '2026-03-30T00:00:00Z', endOfLifeTime: '2026-09-30T00:00:00Z' },
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModel.html */
export function describeModel({ modelId, region }: BedrockControlRequest): Record<string, unknown> {
  checkModel(modelId, region);
  const end = ends[modelId];
  return {
    modelDetails: {
      modelArn: `arn:aws:bedrock:${region}::foundation-model/${modelId}`,
      modelId,
      modelName: modelId,
      providerName: modelId.startsWith('amazon.') ? 'Amazon' : 'Stability AI',
      inputModalities: ['TEXT'],
      outputModalities: ['IMAGE'],
      customizationsSupported: [],
      inferenceTypesSupported: ['ON_DEMAND'],
      modelLifecycle: end ? { status: 'LEGACY', ...end } : { status: 'ACTIVE' },
    },
  };
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModelAvailability.html */
export function describeAvailability({ modelId, region }: BedrockControlRequest): Record<string, unknown> {
  checkModel(modelId, region);
  return {
    modelId,
    agreementAvailability: { status: 'AVAILABLE' },
    authorizationStatus: 'AUTHORIZED',
    entitlementAvailability: 'AVAILABLE',
    regionAvailability: 'AVAILABLE',
  };
}

function checkModel(modelId: string, region: string): void {
  if (models[modelId]?.regions.includes(region)) return;
  throw new BedrockError('ValidationException', 'The provided model identifier is invalid.');
}
