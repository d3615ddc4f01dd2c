import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { defaultAspectRatio } from '../../src/core/image-model.js';
import { findModel, models } from '../../src/core/model-catalog.js';
import { createImageModels, offerModels } from '../../src/models/index.js';

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

describe('users are offered', () => {
  const model = (name: string) => findModel(name) ?? models[0];
  const offeredIds = (...args: Parameters<typeof offerModels>) => offerModels(...args).map(({ modelId }) => modelId);
  const onBedrock = [
    'stability.stable-image-core-v1:1',
    'stability.stable-image-ultra-v1:1',
    'stability.sd3-5-large-v1:0',
  ];

  test('the active models of Bedrock, the default first', () => {
    expect(offeredIds(models[0], false)).toEqual(onBedrock);
    expect(offeredIds(model('ultra'), false)[0]).toBe('stability.stable-image-ultra-v1:1');
    expect(offeredIds(model('titan'), false)).toEqual(['amazon.titan-image-generator-v2:0', ...onBedrock]);
  });

  test.each([
    ['core', undefined, ['gpt-image-2']],
    ['core', 'gpt-image-2.6-flare', ['gpt-image-2.6-flare']],
    ['openai-flare', undefined, ['gpt-image-2.5-flare']],
    ['openai', 'gpt-image-2.6-flare', ['gpt-image-2', 'gpt-image-2.6-flare']],
    ['gpt-image-2.6-flare', 'gpt-image-2.6-flare', ['gpt-image-2.6-flare']],
  ])("with the default %s and OpenAI's %s besides, of OpenAI's %j", (name, named, expected) => {
    const ids = offeredIds(model(name), true, named ? model(named) : undefined);
    expect(ids.filter((modelId) => modelId.startsWith('gpt-'))).toEqual(expected);
  });
});

test('a retired model can be called, and one of OpenAI’s only with a key', () => {
  const bedrock = new BedrockRuntimeClient({ region: 'us-west-2' });
  const [retired, openAi] = [findModel('titan'), findModel('openai')];
  if (!retired || !openAi) throw new Error('not in the table');
  const callable = (key?: string) =>
    [retired, openAi].map((info) => createImageModels(bedrock, key)(info) !== undefined);
  expect([callable(), callable('sk-sandbox')]).toEqual([
    [true, false],
    [true, true],
  ]);
});
