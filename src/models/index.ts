import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { ConfigurationError } from '../core/errors.js';
import type { ImageModel, ImageModelFamily, ModelInfo } from '../core/image-model.js';
import { findModel, models } from '../core/model-catalog.js';
import { amazonNovaCanvas, amazonTitan } from './amazon-task-type.js';
import { createBedrockModel } from './bedrock.js';
import { createOpenAiClient, createOpenAiModel, type OpenAiOptions } from './openai.js';
import { stability } from './stability.js';
import { stableDiffusionXl, stableDiffusionXlV0 } from './stable-diffusion-xl.js';
import type { ModelFamily } from './vendor-model.js';

export interface ImageModelsOptions {
  /** For the Region that serves the models. */
  bedrock: BedrockRuntimeClient;
  /** Without it, no model of OpenAI's is offered. `model` is the one that users may choose; defaults to the catalog's first. */
  openai?: (OpenAiOptions & { model?: ModelInfo | undefined }) | undefined;
  /** An id or short name; defaults to the catalog's first. */
  defaultModel?: string | undefined;
}

export interface ImageModels {
  /** What is used unless the user chooses another, whatever its state. */
  default: ImageModel;
  /** What users may choose instead: the active models of Bedrock, and one of OpenAI's. */
  others: readonly ImageModel[];
  /** Any model that can be called, offered or not: a batch drawn by a model since retired can still be drawn again. */
  find(idOrShortName: string): ImageModel | undefined;
}

const bedrockFamilies: Readonly<Record<Exclude<ImageModelFamily, 'openai'>, ModelFamily>> = {
  stability,
  'amazon-titan': amazonTitan,
  'amazon-nova-canvas': amazonNovaCanvas,
  'stable-diffusion-xl': stableDiffusionXl,
  'stable-diffusion-xl-v0': stableDiffusionXlV0,
};

/** @throws ConfigurationError if `defaultModel` is unknown, or is OpenAI's and there is no key */
export function createImageModels({
  bedrock: client,
  openai,
  defaultModel = models[0].modelId,
}: ImageModelsOptions): ImageModels {
  const openAiClient = openai && createOpenAiClient(openai);

  function create(modelInfo: ModelInfo | undefined): ImageModel | undefined {
    if (!modelInfo) return undefined;
    if (modelInfo.family === 'openai') return openAiClient && createOpenAiModel({ client: openAiClient, modelInfo });
    return createBedrockModel({ client, modelInfo, family: bedrockFamilies[modelInfo.family] });
  }

  const find = (idOrShortName: string) => create(findModel(idOrShortName));
  const chosen = find(defaultModel);
  if (!chosen) {
    const advice = "Choose another, or set OPENAI_API_KEY for OpenAI's.";
    throw new ConfigurationError([`IMAGE_MODEL: ${defaultModel} cannot be called here. ${advice}`]);
  }
  const active = models.filter(({ state }) => state.kind === 'active');
  const ofOpenAi =
    openai?.model ??
    (chosen.modelInfo.family === 'openai' ? undefined : active.find(({ family }) => family === 'openai'));
  const others = [...active.filter(({ family }) => family !== 'openai'), ofOpenAi]
    .filter((modelInfo) => modelInfo?.modelId !== chosen.modelInfo.modelId)
    .flatMap((modelInfo) => create(modelInfo) ?? []);
  return { default: chosen, others, find };
}
