import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { ConfigurationError } from '../core/errors.js';
import type { ImageModel, ImageModelFamily, ModelInfo } from '../core/image-model.js';
import { findModel, models } from '../core/model-catalog.js';
import { amazonNovaCanvas, amazonTitan } from './amazon-task-type.js';
import { createBedrockModel } from './invoke-model.js';
import type { ModelFamily } from './model-family.js';
import { createOpenAiClient, createOpenAiModel, type OpenAiOptions } from './openai.js';
import { stability } from './stability.js';
import { stableDiffusionXl, stableDiffusionXlV0 } from './stable-diffusion-xl.js';

export interface ImageModelsOptions {
  /** Made with `NodeHttpHandler`, for the Region that serves the models. */
  bedrock: BedrockRuntimeClient;
  /** Left out: nothing of OpenAI's is offered. */
  openai?: OfferedOpenAi | undefined;
  /** An id or short name; the table's first unless told. */
  defaultModel?: string | undefined;
}

export interface OfferedOpenAi extends OpenAiOptions {
  /** The one model of OpenAI's that people may choose; the table's first of them unless told. */
  model?: ModelInfo | undefined;
}

export interface ImageModels {
  /** What is used unless somebody says otherwise, whatever its state. */
  default: ImageModel;
  /** What people may choose beside it: the active models of Bedrock, and one of OpenAI's. */
  others: readonly ImageModel[];
  /** Any model that can be called, offered or not: a batch drawn by a model since retired can still be drawn again. */
  find(idOrShortName: string): ImageModel | undefined;
}

/** @throws ConfigurationError where `defaultModel` is unknown, or OpenAI's without its key. */
export function createImageModels({
  bedrock,
  openai,
  defaultModel = models[0].modelId,
}: ImageModelsOptions): ImageModels {
  const openAiClient = openai && createOpenAiClient(openai);

  function create(modelInfo: ModelInfo): ImageModel | undefined {
    if (modelInfo.family !== 'openai')
      return createBedrockModel({ client: bedrock, modelInfo, family: bedrockFamilies[modelInfo.family] });
    return openAiClient && createOpenAiModel({ client: openAiClient, modelInfo });
  }

  function find(idOrShortName: string): ImageModel | undefined {
    const modelInfo = findModel(idOrShortName);
    return modelInfo && create(modelInfo);
  }

  const chosen = find(defaultModel);
  if (!chosen)
    throw new ConfigurationError([
      `IMAGE_MODEL: ${defaultModel} cannot be called here. Choose another, or set OPENAI_API_KEY for OpenAI's.`,
    ]);
  const others = [...onBedrock, ...offeredOpenAi(openai, chosen.modelInfo)].filter(
    ({ modelId }) => modelId !== chosen.modelInfo.modelId,
  );
  return { default: chosen, others: others.flatMap((modelInfo) => create(modelInfo) ?? []), find };
}

const onBedrock = models.filter(({ provider, state }) => provider === 'bedrock' && state.kind === 'active');

/** Where OpenAI's is the default already, another is offered only by name. */
function offeredOpenAi(openai: OfferedOpenAi | undefined, chosen: ModelInfo): ModelInfo[] {
  const usual = models.find(({ provider, state }) => provider === 'openai' && state.kind === 'active');
  const offered = openai?.model ?? (chosen.provider === 'openai' ? undefined : usual);
  return offered ? [offered] : [];
}

const bedrockFamilies: Readonly<Record<Exclude<ImageModelFamily, 'openai'>, ModelFamily>> = {
  stability,
  'amazon-titan': amazonTitan,
  'amazon-nova-canvas': amazonNovaCanvas,
  'stable-diffusion-xl': stableDiffusionXl,
  'stable-diffusion-xl-v0': stableDiffusionXlV0,
};
