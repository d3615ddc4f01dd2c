import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { ConfigurationError } from '../core/errors.js';
import type { ImageModel, ImageModelFacts, ImageModelFamily } from '../core/image-model.js';
import { amazonNovaCanvas, amazonTitan } from './amazon-task-type.js';
import { findModel } from './find-model.js';
import { createBedrockModel } from './invoke-model.js';
import type { ModelFamily } from './model-family.js';
import { models } from './models.js';
import { createOpenAiClient, createOpenAiModel, type OpenAiOptions } from './openai.js';
import { stability } from './stability.js';
import { stableDiffusionXl, stableDiffusionXlV0 } from './stable-diffusion-xl.js';

export { findModel } from './find-model.js';
export { models } from './models.js';

export interface ImageModelsOptions {
  /** Made with `NodeHttpHandler`, for the Region that serves the models. */
  bedrock: BedrockRuntimeClient;
  /** Left out: OpenAI's models are not offered. */
  openai?: OpenAiOptions | undefined;
  /** An id or short name; the table's first unless told. */
  defaultModel?: string | undefined;
}

export interface ImageModels {
  /** What is used unless somebody says otherwise, whatever its state. */
  default: ImageModel;
  /** What people may choose beside it: active models. */
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

  function create(facts: ImageModelFacts): ImageModel | undefined {
    if (facts.family !== 'openai')
      return createBedrockModel({ client: bedrock, facts, family: bedrockFamilies[facts.family] });
    return openAiClient && createOpenAiModel({ client: openAiClient, facts });
  }

  function find(idOrShortName: string): ImageModel | undefined {
    const facts = findModel(idOrShortName);
    return facts && create(facts);
  }

  const chosen = find(defaultModel);
  if (!chosen)
    throw new ConfigurationError([
      `IMAGE_MODEL: ${defaultModel} cannot be called here. Choose another, or set OPENAI_API_KEY for OpenAI's.`,
    ]);
  const others = models.filter(({ modelId, state }) => state.kind === 'active' && modelId !== chosen.facts.modelId);
  return { default: chosen, others: others.flatMap((facts) => create(facts) ?? []), find };
}

const bedrockFamilies: Readonly<Record<Exclude<ImageModelFamily, 'openai'>, ModelFamily>> = {
  stability,
  'amazon-titan': amazonTitan,
  'amazon-nova-canvas': amazonNovaCanvas,
  'stable-diffusion-xl': stableDiffusionXl,
  'stable-diffusion-xl-v0': stableDiffusionXlV0,
};
