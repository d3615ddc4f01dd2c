import { getEventListeners } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startOpenAi } from '../../sandbox/openai/server.js';
import { findModel } from '../../src/core/model-catalog.js';
import { createOpenAiClient, createOpenAiModel } from '../../src/models/openai.js';
import { ok, startAnsweringServer } from './answering-server.js';
import { drawPng } from './draw-png.js';

const apiKey = 'sk-sandbox';
const png = drawPng();

/** A model at this address, asked for a red fox. */
function modelAt(url: string, modelId = 'gpt-image-2') {
  vi.stubEnv('OPENAI_BASE_URL', url);
  const generate = createOpenAiModel(createOpenAiClient(apiKey), modelId);
  return (aspectRatio: `${number}:${number}` = '16:9', abortSignal = new AbortController().signal) =>
    generate({ prompt: 'a red fox', negativePrompt: 'text', aspectRatio, seed: 42, abortSignal });
}

async function start(modelId?: string) {
  const drawn: { width: number; height: number }[] = [];
  const sandbox = await startOpenAi({
    apiKey,
    draw(image) {
      drawn.push(image);
      return png;
    },
  });
  onTestFinished(() => sandbox.close());
  return { drawn, faults: sandbox.faults, draw: modelAt(sandbox.url, modelId) };
}

test('answers the bytes of the image and the asked seed', async () => {
  const { draw } = await start();
  expect(await draw()).toEqual({ bytes: png, mediaType: 'image/png', seed: 42 });
});

test('leaves no listener of ours on the signal of a call that has ended, which would keep its answer in memory', async () => {
  const { draw } = await start();
  const { signal } = new AbortController();
  await draw('16:9', signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1); // the library's own, which holds no answer
});

test('sends the documented fields and no others', async () => {
  const server = await startAnsweringServer();
  server.answers.push(ok({ data: [{ b64_json: png.toString('base64') }] }));
  await modelAt(`${server.url}/v1`)();
  expect(server.received.map(({ path, body }) => [path, body])).toEqual([
    [
      '/v1/images/generations',
      { model: 'gpt-image-2', n: 1, output_format: 'png', prompt: 'a red fox', size: '1536x864' },
    ],
  ]);
});

test('edits an image in words, sent as a file of its own kind, at the size of the asked aspect ratio', async () => {
  const sandbox = await startOpenAi({ apiKey, draw: () => png });
  onTestFinished(() => sandbox.close());
  const edited: unknown[] = [];
  const send = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    if (init?.body instanceof FormData) {
      const fields = await Promise.all(
        [...init.body].map(async ([name, value]) => [
          name,
          typeof value === 'string' ? value : [value.type, Buffer.from(await value.arrayBuffer()).equals(png)],
        ]),
      );
      edited.push([new URL(String(url)).pathname, Object.fromEntries(fields)]);
    }
    return send(url, init);
  });
  vi.stubEnv('OPENAI_BASE_URL', sandbox.url);
  const generate = createOpenAiModel(createOpenAiClient(apiKey), 'gpt-image-2');
  const image = { bytes: png, width: 4, height: 4 };
  const drawn = await generate({
    prompt: 'make it evening',
    aspectRatio: '3:2',
    seed: 42,
    input: { operation: 'edit', image },
    abortSignal: new AbortController().signal,
  });
  expect(drawn).toEqual({ bytes: png, mediaType: 'image/png', seed: 42 });
  expect(edited).toEqual([
    [
      '/v1/images/edits',
      {
        model: 'gpt-image-2',
        prompt: 'make it evening',
        n: '1',
        size: '1536x1024',
        output_format: 'png',
        image: ['image/png', true],
      },
    ],
  ]);
});

test.each(['gpt-image-2', 'gpt-image-2.5-flare'])('%s draws every aspect ratio of the catalog', async (modelId) => {
  const { draw, drawn } = await start(modelId);
  for (const aspectRatio of findModel(modelId)?.aspectRatios ?? []) {
    await draw(aspectRatio);
    const [wide = 0, tall = 1] = aspectRatio.split(':').map(Number);
    const { width = 0, height = 1 } = drawn.at(-1) ?? {};
    expect(width / height).toBeCloseTo(wide / tall, 2);
  }
});

describe('failures', () => {
  test.each([
    [{ kind: 'moderation' }, 'filtered_prompt'],
    [{ kind: 'broken_image' }, 'unusable_answer'],
    [{ kind: 'error', status: 404, message: 'The model `gpt-image-2` has been deprecated.' }, 'retired'],
    [{ kind: 'error', status: 429, code: 'insufficient_quota' }, 'denied'],
    [{ kind: 'error', status: 429, code: 'rate_limit_exceeded' }, 'throttled'],
    [{ kind: 'error', status: 500, code: 'server_error' }, 'unavailable'],
    [{ kind: 'error', status: 401, code: 'invalid_api_key' }, 'denied'],
    [{ kind: 'error', status: 403, code: 'unsupported_country' }, 'denied'],
    [{ kind: 'error', status: 404, code: 'model_not_found' }, 'denied'],
    [{ kind: 'error', status: 400, code: 'invalid_value' }, 'rejected'],
    [{ kind: 'error', status: 400, code: 'content_policy_violation' }, 'filtered_prompt'],
  ] as const)('%j is %s', async (fault, reason) => {
    const { draw, faults } = await start();
    faults.add(fault, { times: 2 });
    await expect(draw()).rejects.toMatchObject({ name: 'ImageModelError', reason });
  });

  test('one passing failure is tried again', async () => {
    const { draw, faults } = await start();
    faults.add({ kind: 'rate_limit', retryAfterSeconds: 0 });
    expect((await draw()).bytes).toEqual(png);
  });

  test('a refused connection is unavailable', async () => {
    await expect(modelAt('http://127.0.0.1:1/v1')()).rejects.toMatchObject({ reason: 'unavailable' });
  });
});

describe('the abort signal', () => {
  test.each([
    ['a call that gets no answer', { kind: 'silence' }],
    ['the wait that a rate limit asks for', { kind: 'rate_limit', retryAfterSeconds: 60 }],
  ] as const)('ends %s', async (_what, fault) => {
    const { draw, drawn, faults } = await start();
    faults.add(fault);
    await expect(draw('16:9', AbortSignal.timeout(50))).rejects.toMatchObject({ reason: 'timed_out' });
    expect(drawn).toHaveLength(0);
  });

  test('that has already fired lets nothing be drawn', async () => {
    const { draw, drawn } = await start();
    await expect(draw('16:9', AbortSignal.abort())).rejects.toMatchObject({ reason: 'timed_out' });
    expect(drawn).toHaveLength(0);
  });
});
