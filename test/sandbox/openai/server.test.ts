import OpenAI from 'openai';
import { expect, onTestFinished, test } from 'vitest';
import { servedModels, startOpenAi } from '../../../sandbox/openai/server.js';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { drawPng } from '../../models/draw-png.js';

const body = { model: 'gpt-image-2', prompt: 'a red fox', n: 1, size: '1024x1024', output_format: 'png' } as const;

async function start() {
  const wireLog = createWireLog();
  const sandbox = await startOpenAi({ apiKey: 'sk-sandbox', draw: ({ width }) => drawPng({ width }), wireLog });
  onTestFinished(() => sandbox.close());
  return { wireLog, sandbox, client: new OpenAI({ apiKey: 'sk-sandbox', baseURL: sandbox.url, maxRetries: 0 }) };
}

test.each(servedModels)('%s answers an image of the size asked for', async (model) => {
  const { client, wireLog } = await start();
  const answer = await client.images.generate({ ...body, model, size: '1536x864' });
  expect(Buffer.from(answer.data?.[0]?.b64_json ?? '', 'base64').readUInt32BE(16)).toBe(1536);
  expect(wireLog.entries()).toMatchObject([
    { service: 'openai', operation: 'POST /v1/images/generations', status: 200, detail: { model, width: 1536 } },
  ]);
  expect(JSON.stringify(wireLog.entries())).not.toContain('sk-');
});

test.each([
  [{ seed: 42 }, 400, 'unknown_parameter', 'seed'],
  [{ n: 11 }, 400, 'invalid_value', 'n'],
  [{ size: '1000x1000' }, 400, 'invalid_value', 'size'],
  [{ size: '1024x256' }, 400, 'invalid_value', 'size'],
  [{ size: '4096x2048' }, 400, 'invalid_value', 'size'],
  [{ size: '16:9' }, 400, 'invalid_value', 'size'],
  [{ prompt: '' }, 400, 'invalid_value', 'prompt'],
  [{ prompt: 'x'.repeat(32_001) }, 400, 'invalid_value', 'prompt'],
  [{ model: 'dall-e-3' }, 404, 'model_not_found', null],
])('refuses %j with %i', async (changes, status, code, param) => {
  const { sandbox } = await start();
  const response = await fetch(`${sandbox.url}/images/generations`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-sandbox' },
    body: JSON.stringify({ ...body, ...changes }),
  });
  expect([response.status, await response.json()]).toMatchObject([status, { error: { code, param } }]);
});

test('lets in only its own key, and knows no other path', async () => {
  const { client, sandbox } = await start();
  const other = new OpenAI({ apiKey: 'sk-other', baseURL: sandbox.url });
  await expect(other.images.generate(body)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  await expect(client.models.list()).rejects.toBeInstanceOf(OpenAI.NotFoundError);
});

test('plays a refusal by moderation and a rate limit, once each', async () => {
  const { client, sandbox } = await start();
  sandbox.faults.add({ kind: 'moderation' });
  sandbox.faults.add({ kind: 'rate_limit', retryAfterSeconds: 7 });
  await expect(client.images.generate(body)).rejects.toMatchObject({ status: 400, code: 'moderation_blocked' });
  const error = await client.images.generate(body).catch((thrown: unknown) => thrown);
  expect(error instanceof OpenAI.RateLimitError && error.headers.get('retry-after')).toBe('7');
  await expect(client.images.generate(body)).resolves.toHaveProperty('data');
});
