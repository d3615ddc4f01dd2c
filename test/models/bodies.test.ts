import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ImageModelFamily, ImageModelRequest } from '../../src/core/image-model.js';
import { models } from '../../src/core/model-catalog.js';
import { styles } from '../../src/core/prompt/styles.js';
import { bedrockFamilies } from '../../src/models/index.js';
import { documentedBodies } from './documented-bodies.js';

type BedrockFamily = Exclude<ImageModelFamily, 'openai'>;

/** As JSON carries it. */
function sentBody(family: BedrockFamily, request: Omit<ImageModelRequest, 'abortSignal'>): unknown {
  const abortSignal = AbortSignal.abort();
  return JSON.parse(JSON.stringify(bedrockFamilies[family].buildBody({ ...request, abortSignal })));
}

/** The family's own values; for one without a field, some value that it must not send. */
const nativeStyles = (family: ImageModelFamily): string[] => [
  ...styles.flatMap(({ native }) => native[family] ?? []),
  ...(styles.some(({ native }) => family in native) ? [] : ['photographic']),
];

const onBedrock = models.flatMap((modelInfo) =>
  modelInfo.family === 'openai' ? [] : [{ ...modelInfo, family: modelInfo.family }],
);

test.each(onBedrock)('$modelId is sent nothing that its page does not document', (modelInfo) => {
  const text = fc.string({ minLength: 1, maxLength: 60 }).filter((words) => words.trim() !== '');
  const request = fc.record(
    {
      prompt: fc.oneof(text, fc.constant('x'.repeat(modelInfo.promptLimit))),
      negativePrompt: fc.oneof(text, fc.constant('')),
      aspectRatio: fc.constantFrom(...modelInfo.aspectRatios),
      seed: fc.integer(modelInfo.seedRange),
      nativeStyle: fc.constantFrom(undefined, ...nativeStyles(modelInfo.family)),
    },
    { requiredKeys: ['prompt', 'aspectRatio', 'seed'] },
  );
  const schema = documentedBodies[modelInfo.family];
  fc.assert(
    fc.property(request, (change) => {
      const { success, error } = schema.safeParse(sentBody(modelInfo.family, change));
      expect(success, error && z.prettifyError(error)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

const full = { prompt: 'a red fox', negativePrompt: 'text, people', aspectRatio: '16:9', seed: 42 } as const;
const prompts = [
  { text: 'a red fox', weight: 1 },
  { text: 'text, people', weight: -1 },
];
const amazon = (texts: object, config: object) => ({
  taskType: 'TEXT_IMAGE',
  textToImageParams: { text: 'a red fox', negativeText: 'text, people', ...texts },
  imageGenerationConfig: { numberOfImages: 1, quality: 'premium', seed: 42, ...config },
});

test.each<[family: BedrockFamily, nativeStyle: string | undefined, body: object]>([
  [
    'stability',
    undefined,
    { prompt: 'a red fox', negative_prompt: 'text, people', aspect_ratio: '16:9', seed: 42, output_format: 'png' },
  ],
  ['amazon-titan', undefined, amazon({}, { cfgScale: 9, width: 1173, height: 640 })],
  [
    'amazon-nova-canvas',
    'PHOTOREALISM',
    amazon({ style: 'PHOTOREALISM' }, { cfgScale: 6.5, width: 1280, height: 720 }),
  ],
  [
    'stable-diffusion-xl',
    'photographic',
    {
      text_prompts: prompts,
      cfg_scale: 7,
      steps: 30,
      width: 1344,
      height: 768,
      seed: 42,
      style_preset: 'photographic',
    },
  ],
  ['stable-diffusion-xl-v0', undefined, { text_prompts: [{ text: 'a red fox' }], cfg_scale: 7, steps: 30, seed: 42 }],
])('%s is sent the whole request', (family, nativeStyle, body) => {
  expect(sentBody(family, { ...full, nativeStyle })).toEqual(body);
});
