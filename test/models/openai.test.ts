import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OpenAiSandbox, startOpenAi } from '../../sandbox/openai/server.js';
import { findModel } from '../../src/core/model-catalog.js';
import { createOpenAiClient, createOpenAiModel } from '../../src/models/openai.js';
import { type AnsweringServer, ok, startAnsweringServer } from './answering-server.js';
import { drawPng } from './draw-png.js';

const apiKey = 'sk-sandbox';
const png = drawPng();
let sandbox: OpenAiSandbox;
let drawn: { width: number; height: number }[];

beforeEach(async () => {
  drawn = [];
  sandbox = await startOpenAi({
    apiKey,
    draw: (image) => {
      drawn.push(image);
      return png;
    },
  });
});

afterEach(() => sandbox.close());

function createModel(options: { apiKey?: string; baseURL?: string; model?: string } = {}) {
  const modelInfo = findModel(options.model ?? 'openai');
  if (!modelInfo) throw new Error('not in the table');
  return createOpenAiModel({ client: createOpenAiClient({ apiKey, baseURL: sandbox.url, ...options }), modelInfo });
}

const request = () => ({
  prompt: 'a red fox',
  negativePrompt: 'text',
  aspectRatio: '16:9' as const,
  seed: 42,
  abortSignal: new AbortController().signal,
});

test('answers the bytes of the image and the asked seed', async () => {
  expect(await createModel().generateImage(request())).toEqual({ bytes: png, mediaType: 'image/png', seed: 42 });
});

test('leaves no listener of ours on the signal of a call that has ended, which would keep its answer in memory', async () => {
  const { signal } = new AbortController();
  await createModel().generateImage({ ...request(), abortSignal: signal });
  expect(getEventListeners(signal, 'abort')).toHaveLength(1); // the library's own, which holds no answer
});

test('sends the documented fields and no others', async () => {
  const server: AnsweringServer = await startAnsweringServer();
  server.answers.push(ok({ data: [{ b64_json: png.toString('base64') }] }));
  await createModel({ baseURL: `${server.url}/v1` }).generateImage(request());
  expect(server.received.map(({ path, body }) => ({ path, body }))).toMatchInlineSnapshot(`
    [
      {
        "body": {
          "model": "gpt-image-2",
          "n": 1,
          "output_format": "png",
          "prompt": "a red fox",
          "size": "1536x864",
        },
        "path": "/v1/images/generations",
      },
    ]
  `);
  await server.close();
});

test.each(['openai', 'openai-sunburst', 'openai-flare'])(
  '%s draws every shape that its modelInfo list',
  async (model) => {
    const { modelInfo, generateImage } = createModel({ model });
    for (const aspectRatio of modelInfo.aspectRatios) {
      await generateImage({ ...request(), aspectRatio });
      const [wide, tall] = aspectRatio.split(':').map(Number);
      const last = drawn.at(-1);
      expect((last?.width ?? 0) / (last?.height ?? 1)).toBeCloseTo((wide ?? 0) / (tall ?? 1), 2);
    }
  },
);

describe('failures', () => {
  test('a refused prompt is filtered and not tried again', async () => {
    sandbox.faults.add({ kind: 'moderation' });
    await expect(createModel().generateImage(request())).rejects.toMatchObject({ reason: 'filtered_prompt' });
    expect(drawn).toHaveLength(0);
  });

  test.each([
    [429, 'insufficient_quota', 'denied'],
    [429, 'rate_limit_exceeded', 'throttled'],
    [500, 'server_error', 'unavailable'],
    [403, 'unsupported_country', 'denied'],
    [404, 'model_not_found', 'denied'],
    [400, 'invalid_value', 'rejected'],
    [400, 'content_policy_violation', 'filtered_prompt'],
  ])('%i %s is %s', async (status, code, reason) => {
    sandbox.faults.add({ kind: 'error', status, code }, { times: 2 });
    await expect(createModel().generateImage(request())).rejects.toMatchObject({ name: 'ImageModelError', reason });
  });

  test('a wrong key is denied', async () => {
    await expect(createModel({ apiKey: 'sk-wrong' }).generateImage(request())).rejects.toMatchObject({
      reason: 'denied',
    });
  });

  test('a model that is shut down is retired', async () => {
    sandbox.faults.add({ kind: 'error', status: 404, message: 'The model `gpt-image-2` has been deprecated.' });
    await expect(createModel().generateImage(request())).rejects.toMatchObject({ reason: 'retired' });
  });

  test('one passing failure is tried again', async () => {
    sandbox.faults.add({ kind: 'rate_limit', retryAfterSeconds: 0 });
    expect((await createModel().generateImage(request())).bytes).toEqual(png);
  });

  test('half an image is an unusable answer', async () => {
    sandbox.faults.add({ kind: 'broken_image' });
    await expect(createModel().generateImage(request())).rejects.toMatchObject({ reason: 'unusable_answer' });
  });

  test('a refused connection is unavailable', async () => {
    const baseURL = 'http://127.0.0.1:1/v1';
    await expect(createModel({ baseURL }).generateImage(request())).rejects.toMatchObject({ reason: 'unavailable' });
  });
});

describe('the abort signal', () => {
  test('that has already fired lets nothing be drawn', async () => {
    const abortSignal = AbortSignal.abort();
    await expect(createModel().generateImage({ ...request(), abortSignal })).rejects.toMatchObject({
      reason: 'timed_out',
    });
    expect(drawn).toHaveLength(0);
  });

  test('ends a call that gets no answer', async () => {
    sandbox.faults.add({ kind: 'silence' });
    const abortSignal = AbortSignal.timeout(50);
    await expect(createModel().generateImage({ ...request(), abortSignal })).rejects.toMatchObject({
      reason: 'timed_out',
    });
  });

  test('ends the wait that a rate limit asks for', async () => {
    sandbox.faults.add({ kind: 'rate_limit', retryAfterSeconds: 60 });
    const abortSignal = AbortSignal.timeout(50);
    await expect(createModel().generateImage({ ...request(), abortSignal })).rejects.toMatchObject({
      reason: 'timed_out',
    });
    expect(drawn).toHaveLength(0);
  });
});
