import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { GenerateImage, ImageModelFamily, ModelInfo, Models, OperationName } from '../core/image-model.js';
import { models, type Operation, operations } from '../core/model-catalog.js';
import { amazonNovaCanvas, amazonTitan } from './amazon-task-type.js';
import { createBedrockModel } from './bedrock.js';
import { createOpenAiClient, createOpenAiModel } from './openai.js';
import { stability } from './stability.js';
import { stableDiffusionXl, stableDiffusionXlV0 } from './stable-diffusion-xl.js';
import type { ModelFamily } from './vendor-model.js';

export const bedrockFamilies: Readonly<Record<Exclude<ImageModelFamily, 'openai'>, ModelFamily>> = {
  stability,
  'amazon-titan': amazonTitan,
  'amazon-nova-canvas': amazonNovaCanvas,
  'stable-diffusion-xl': stableDiffusionXl,
  'stable-diffusion-xl-v0': stableDiffusionXlV0,
};

/**
 * Every model that can be called, offered or not: a batch drawn by a model since retired can still be drawn again.
 * @param bedrock for the Region that serves the models
 * @param openAiKey without it, no model of OpenAI's can be called
 */
export function createImageModels(bedrock: BedrockRuntimeClient, openAiKey: string | undefined) {
  const openAi = openAiKey === undefined ? undefined : createOpenAiClient(openAiKey);
  return ({ family, modelId }: ModelInfo): GenerateImage | undefined => {
    if (family === 'openai') return openAi && createOpenAiModel(openAi, modelId);
    return createBedrockModel(bedrock, modelId, bedrockFamilies[family]);
  };
}

/**
 * What users may choose from: the default, whatever its state, the active models of Bedrock, and one of OpenAI's if there
 * is a key: the one that is named, or the catalog's first.
 */
export function offerModels(chosen: ModelInfo, hasOpenAi: boolean, named?: ModelInfo): Models {
  const active = models.filter(({ state }) => state.kind === 'active');
  const first = chosen.family === 'openai' ? undefined : active.find(({ family }) => family === 'openai');
  const ofOpenAi = hasOpenAi ? (named ?? first) : undefined;
  const others = [...active.filter(({ family }) => family !== 'openai'), ...(ofOpenAi ? [ofOpenAi] : [])];
  return [chosen, ...others.filter(({ modelId }) => modelId !== chosen.modelId)];
}

/**
 * What users may have made of an image: of the operations that are set, those whose model this Region has, and those of
 * OpenAI's models if one is offered, with that one.
 */
export function offerOperations(
  names: readonly OperationName[],
  region: string,
  offered: Models,
): readonly Operation[] {
  const ofOpenAi = offered.find(({ family }) => family === 'openai');
  return operations.flatMap((operation) => {
    const { name, model } = operation;
    if (!names.includes(name)) return [];
    if (model.family === 'openai') return ofOpenAi ? { ...operation, model: ofOpenAi } : [];
    return model.regions.includes(region) ? operation : [];
  });
}
