import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../src/core/errors.js';
import { defaultAspectRatio } from '../../src/core/image-model.js';
import { findModel, models } from '../../src/core/model-catalog.js';
import { createImageModels, type ImageModelsOptions } from '../../src/models/index.js';

const bedrock = new BedrockRuntimeClient({ region: 'us-west-2' });
const openai = { apiKey: 'sk-sandbox' };

function offeredIds(options: Omit<ImageModelsOptions, 'bedrock'>): string[] {
  const { default: first, others } = createImageModels({ bedrock, ...options });
  return [first, ...others].map(({ modelInfo }) => modelInfo.modelId);
}

describe('the table', () => {
  test('has one model for each id and each short name', () => {
    const names = models.flatMap(({ modelId, shortName }) => [modelId, shortName]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has an active default, and names for every retired model an active successor', () => {
    expect(models[0].state.kind).toBe('active');
    for (const { state } of models) {
      if (state.kind === 'retired') expect(findModel(state.successor)?.state.kind).toBe('active');
    }
  });

  test('draws the default aspect ratio with every model', () => {
    for (const modelInfo of models) expect(modelInfo.aspectRatios).toContain(defaultAspectRatio);
  });
});

describe('findModel', () => {
  test.each([
    ['core', 'stability.stable-image-core-v1:1'],
    [' ULTRA ', 'stability.stable-image-ultra-v1:1'],
    ['sd3.5', 'stability.sd3-5-large-v1:0'],
    ['openai', 'gpt-image-2'],
    ['amazon.titan-image-generator-v2:0', 'amazon.titan-image-generator-v2:0'],
  ])('knows %j as %s', (name, modelId) => {
    expect(findModel(name)?.modelId).toBe(modelId);
  });

  test.each([
    ['stability.stable-image-core-v2:0', 'stability'],
    ['stability.sd3-5-medium-v1:0', 'stability'],
    ['amazon.titan-image-generator-v3:0', 'amazon-titan'],
    ['amazon.nova-canvas-v2:0', 'amazon-nova-canvas'],
    ['stability.stable-diffusion-xl-v1:0', 'stable-diffusion-xl'],
    ['gpt-image-2-2026-04-21', 'openai'],
    ['gpt-image-2.6-flare', 'openai'],
  ])('takes %s by its family, %s, with no price', (modelId, family) => {
    expect(findModel(modelId)).toMatchObject({ modelId, label: modelId, family });
    expect(findModel(modelId)).not.toHaveProperty('pricePerImage');
  });

  test.each([
    'us.stability.stable-image-inpaint-v1:0',
    'stability.stable-image-control-sketch-v1:0',
    'gpt-image-1',
    'dall-e-3',
    'amazon.nova-lite-v1:0',
    'cor',
    '',
  ])('does not know %j', (name) => {
    expect(findModel(name)).toBeUndefined();
  });
});

describe('createImageModels', () => {
  test('offers the active models of Bedrock, the default first', () => {
    expect(offeredIds({})).toEqual([
      'stability.stable-image-core-v1:1',
      'stability.stable-image-ultra-v1:1',
      'stability.sd3-5-large-v1:0',
    ]);
    expect(offeredIds({ defaultModel: 'ultra' })[0]).toBe('stability.stable-image-ultra-v1:1');
  });

  test("offers one of OpenAI's beside them if there is a key: the catalog's first, or the one that is named", () => {
    const openAiIds = (options: Omit<ImageModelsOptions, 'bedrock'>) =>
      offeredIds(options).filter((modelId) => modelId.startsWith('gpt-'));
    const newest = { ...openai, model: findModel('gpt-image-2.6-flare') };
    expect(openAiIds({ openai })).toEqual(['gpt-image-2']);
    expect(openAiIds({ openai: newest })).toEqual(['gpt-image-2.6-flare']);
    expect(openAiIds({ openai, defaultModel: 'openai-flare' })).toEqual(['gpt-image-2.5-flare']);
    expect(openAiIds({ openai: newest, defaultModel: 'openai' })).toEqual(['gpt-image-2', 'gpt-image-2.6-flare']);
    expect(openAiIds({ openai: newest, defaultModel: 'gpt-image-2.6-flare' })).toEqual(['gpt-image-2.6-flare']);
  });

  test('offers a retired model only as the default, and always finds it', () => {
    expect(offeredIds({ defaultModel: 'titan' })[0]).toBe('amazon.titan-image-generator-v2:0');
    expect(createImageModels({ bedrock }).find('titan')?.modelInfo.state.kind).toBe('retired');
  });

  test.each(['dall-e-3', 'openai'])('refuses the default %s, which cannot be called', (defaultModel) => {
    expect(() => createImageModels({ bedrock, defaultModel })).toThrow(ConfigurationError);
  });
});
