import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ImageModelFamily, ImageModelRequest } from '../../src/core/image-model.js';
import { models } from '../../src/core/model-catalog.js';
import { findStyle, styles } from '../../src/core/prompt/styles.js';
import { createImageModels } from '../../src/models/index.js';
import { type AnsweringServer, ok, startAnsweringServer } from './answering-server.js';
import { documentedBodies } from './documented-bodies.js';
import { drawPng } from './draw-png.js';

let server: AnsweringServer;
let client: BedrockRuntimeClient;

const base64 = drawPng().toString('base64');

beforeAll(async () => {
  server = await startAnsweringServer();
  server.answers.push(ok({ images: [base64], artifacts: [{ base64, seed: 7, finishReason: 'SUCCESS' }] }));
  client = new BedrockRuntimeClient({
    region: 'us-west-2',
    endpoint: server.url,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    requestHandler: new NodeHttpHandler(),
  });
});

afterAll(async () => {
  client.destroy();
  await server.close();
});

async function sentBody(modelId: string, request: Partial<ImageModelRequest>): Promise<unknown> {
  const model = createImageModels({ bedrock: client }).find(modelId);
  if (!model) throw new Error(`${modelId} is not known`);
  const { seedRange } = model.modelInfo;
  const abortSignal = new AbortController().signal;
  await model.generateImage({ prompt: 'a red fox', aspectRatio: '1:1', seed: seedRange.max, abortSignal, ...request });
  const last = server.received.at(-1);
  expect(last?.path).toBe(`/model/${modelId}/invoke`);
  return last?.body;
}

/** The family's own values; for one without a field, some value that it must not send. */
const nativeStyles = (family: ImageModelFamily): string[] => [
  ...styles.flatMap(({ native }) => native[family] ?? []),
  ...(styles.some(({ native }) => family in native) ? [] : ['photographic']),
];

const onBedrock = models.flatMap((modelInfo) =>
  modelInfo.family === 'openai' ? [] : [{ ...modelInfo, family: modelInfo.family }],
);

test.each(onBedrock)('$modelId is sent nothing that its page does not document', async (modelInfo) => {
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
  await fc.assert(
    fc.asyncProperty(request, async (change) => {
      const { success, error } = schema.safeParse(await sentBody(modelInfo.modelId, change));
      expect(success, error && z.prettifyError(error)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

const full = { negativePrompt: 'text, people', aspectRatio: '16:9', seed: 42 } as const;

describe('on the wire', () => {
  test('Stable Image Ultra', async () => {
    expect(await sentBody('stability.stable-image-ultra-v1:1', full)).toMatchInlineSnapshot(`
      {
        "aspect_ratio": "16:9",
        "negative_prompt": "text, people",
        "output_format": "png",
        "prompt": "a red fox",
        "seed": 42,
      }
    `);
  });

  test('Stable Diffusion 3.5 Large', async () => {
    expect(await sentBody('stability.sd3-5-large-v1:0', full)).toMatchInlineSnapshot(`
      {
        "aspect_ratio": "16:9",
        "negative_prompt": "text, people",
        "output_format": "png",
        "prompt": "a red fox",
        "seed": 42,
      }
    `);
  });

  test('Titan Image Generator', async () => {
    expect(await sentBody('amazon.titan-image-generator-v2:0', full)).toMatchInlineSnapshot(`
      {
        "imageGenerationConfig": {
          "cfgScale": 9,
          "height": 640,
          "numberOfImages": 1,
          "quality": "premium",
          "seed": 42,
          "width": 1173,
        },
        "taskType": "TEXT_IMAGE",
        "textToImageParams": {
          "negativeText": "text, people",
          "text": "a red fox",
        },
      }
    `);
  });

  test('Nova Canvas', async () => {
    const nativeStyle = findStyle('photo')?.native['amazon-nova-canvas'];
    expect(await sentBody('amazon.nova-canvas-v1:0', { ...full, nativeStyle })).toMatchInlineSnapshot(`
      {
        "imageGenerationConfig": {
          "cfgScale": 6.5,
          "height": 720,
          "numberOfImages": 1,
          "quality": "premium",
          "seed": 42,
          "width": 1280,
        },
        "taskType": "TEXT_IMAGE",
        "textToImageParams": {
          "negativeText": "text, people",
          "style": "PHOTOREALISM",
          "text": "a red fox",
        },
      }
    `);
  });

  test('Stable Diffusion XL 1.0', async () => {
    const nativeStyle = findStyle('photo')?.native['stable-diffusion-xl'];
    expect(await sentBody('stability.stable-diffusion-xl-v1', { ...full, nativeStyle })).toMatchInlineSnapshot(`
      {
        "cfg_scale": 7,
        "height": 768,
        "seed": 42,
        "steps": 30,
        "style_preset": "photographic",
        "text_prompts": [
          {
            "text": "a red fox",
            "weight": 1,
          },
          {
            "text": "text, people",
            "weight": -1,
          },
        ],
        "width": 1344,
      }
    `);
  });

  test('Stable Diffusion XL 0.8', async () => {
    expect(await sentBody('stability.stable-diffusion-xl-v0', { seed: 42 })).toMatchInlineSnapshot(`
      {
        "cfg_scale": 7,
        "seed": 42,
        "steps": 30,
        "text_prompts": [
          {
            "text": "a red fox",
          },
        ],
      }
    `);
  });
});
