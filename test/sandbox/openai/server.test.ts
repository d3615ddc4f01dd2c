import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { servedModels } from '../../../sandbox/openai/generation-request.js';
import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/server.js';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { drawPng } from '../../models/draw-png.js';

const wireLog = createWireLog();
let sandbox: OpenAiSandbox;
let client: OpenAI;

beforeEach(async () => {
  sandbox = await startOpenAi({ apiKey: 'sk-sandbox', draw: ({ number }) => drawPng({ width: number }), wireLog });
  client = new OpenAI({ apiKey: 'sk-sandbox', baseURL: sandbox.url, maxRetries: 0 });
});

afterEach(() => sandbox.close());

const body = { model: 'gpt-image-2', prompt: 'a red fox' };

async function post(changes: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${sandbox.url}/images/generations`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-sandbox', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ ...body, ...changes }),
  });
  return { status: response.status, answer: await response.json() };
}

test.each(servedModels)('%s answers as many images as were asked for, in the size asked for', async (model) => {
  const answer = await client.images.generate({ ...body, model, n: 3, size: '1536x864' });
  const widths = answer.data?.map(({ b64_json }) => Buffer.from(b64_json ?? '', 'base64').readUInt32BE(16));
  expect(widths).toEqual([1, 2, 3]);
  expect(answer.size).toBe('1536x864');
});

test.each([
  [{ seed: 42 }, 400, 'unknown_parameter', 'seed'],
  [{ negative_prompt: 'text' }, 400, 'unknown_parameter', 'negative_prompt'],
  [{ response_format: 'b64_json' }, 400, 'unknown_parameter', 'response_format'],
  [{ n: 0 }, 400, 'invalid_value', 'n'],
  [{ n: 11 }, 400, 'invalid_value', 'n'],
  [{ size: '1000x1000' }, 400, 'invalid_value', 'size'],
  [{ size: '1024x256' }, 400, 'invalid_value', 'size'],
  [{ size: '4096x2048' }, 400, 'invalid_value', 'size'],
  [{ size: '16:9' }, 400, 'invalid_value', 'size'],
  [{ prompt: '' }, 400, 'invalid_value', 'prompt'],
  [{ prompt: 'x'.repeat(32_001) }, 400, 'invalid_value', 'prompt'],
  [{ model: 'dall-e-3' }, 404, 'model_not_found', null],
])('refuses %j with %i', async (changes, status, code, param) => {
  expect(await post(changes)).toMatchObject({ status, answer: { error: { code, param } } });
});

test('lets in nobody without its key', async () => {
  const wrong = new OpenAI({ apiKey: 'sk-other', baseURL: sandbox.url });
  await expect(wrong.images.generate(body)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  expect((await post({}, { authorization: '' })).status).toBe(401);
});

test('knows no other path', async () => {
  await expect(client.models.list()).rejects.toBeInstanceOf(OpenAI.NotFoundError);
});

describe('faults', () => {
  test('moderation is a bad request with its code', async () => {
    sandbox.faults.add({ kind: 'moderation' });
    await expect(client.images.generate(body)).rejects.toMatchObject({ status: 400, code: 'moderation_blocked' });
    await expect(client.images.generate(body)).resolves.toHaveProperty('data');
  });

  test('a rate limit tells how long to wait', async () => {
    sandbox.faults.add({ kind: 'rate_limit', retryAfterSeconds: 7 });
    const error = await client.images.generate(body).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    expect(error instanceof OpenAI.RateLimitError && error.headers.get('retry-after')).toBe('7');
  });
});

test('logs what came, without the key and without the image', async () => {
  await client.images.generate(body);
  expect(wireLog.entries().at(-1)).toMatchObject({
    service: 'openai',
    operation: 'POST /v1/images/generations',
    status: 200,
    detail: { model: 'gpt-image-2', prompt: 'a red fox', count: 1, width: 1024, height: 1024 },
  });
  expect(JSON.stringify(wireLog.entries())).not.toContain('sk-');
});
