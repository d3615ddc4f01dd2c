import OpenAI, { toFile } from 'openai';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { servedModels } from '../../../sandbox/openai/read-request.js';
import { type OpenAiSandboxOptions, startOpenAi } from '../../../sandbox/openai/server.js';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { drawPng } from '../../models/draw-png.js';

const body = { model: 'gpt-image-2', prompt: 'a red fox', n: 1, size: '1024x1024', output_format: 'png' } as const;

async function start() {
  const wireLog = createWireLog();
  const drawn: object[] = [];
  const draw: OpenAiSandboxOptions['draw'] = (image) => {
    drawn.push(image);
    return drawPng({ width: image.width });
  };
  const sandbox = await startOpenAi({ apiKey: 'sk-sandbox', draw, wireLog });
  onTestFinished(() => sandbox.close());
  return { wireLog, drawn, sandbox, client: new OpenAI({ apiKey: 'sk-sandbox', baseURL: sandbox.url, maxRetries: 0 }) };
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

const flat = (format: 'png' | 'jpeg' | 'webp' | 'gif' = 'png') =>
  sharp({ create: { width: 96, height: 64, channels: 3, background: '#357' } })
    .toFormat(format)
    .toBuffer();
const fileOf = async (bytes: Buffer, type = 'image/png') => toFile(bytes, 'image', { type });

test('edits an image by words, at the size asked for or in the ratio of the image', async () => {
  const { client, drawn, wireLog } = await start();
  const words = { model: 'gpt-image-2', prompt: 'add a hat', n: 1 };
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    const image = await fileOf(await flat(format), `image/${format}`);
    const answer = await client.images.edit({ ...words, image, size: '1536x1024', output_format: format });
    expect(answer).toMatchObject({ output_format: format, data: [{ b64_json: expect.any(String) }] });
  }
  await client.images.edit({ ...words, image: [await fileOf(await flat())] });
  const image = { width: 96, height: 64, bytes: expect.any(Buffer) };
  expect(drawn[0]).toEqual({
    model: 'gpt-image-2',
    prompt: 'add a hat',
    width: 1536,
    height: 1024,
    format: 'png',
    image,
  });
  expect(drawn.at(-1)).toMatchObject({ width: 1248, height: 832, format: 'png' });
  expect(wireLog.entries().at(-1)).toMatchObject({
    operation: 'POST /v1/images/edits',
    detail: { image: { width: 96, height: 64, bytes: expect.any(Number) } },
  });
});

test.each<[string, object, number, string | null, string | null]>([
  ['no prompt', { prompt: undefined }, 400, 'invalid_value', 'prompt'],
  ['a prompt of 32,001 characters', { prompt: 'x'.repeat(32_001) }, 400, 'invalid_value', 'prompt'],
  ['two images', { n: 2 }, 400, 'invalid_value', 'n'],
  ['a size that 16 does not divide', { size: '1000x1000' }, 400, 'invalid_value', 'size'],
  ['a format that is not drawn', { output_format: 'gif' }, 400, 'invalid_value', 'output_format'],
  ['a field that is unknown', { seed: 4 }, 400, 'unknown_parameter', 'seed'],
  ['a model that ended', { model: 'gpt-image-1' }, 404, 'model_not_found', null],
  ['no image', { image: 'none' }, 400, 'invalid_value', 'image'],
])('refuses to edit with %s', async (_what, changes, status, code, param) => {
  const { sandbox } = await start();
  const form = new FormData();
  const given = { model: 'gpt-image-2', prompt: 'add a hat', ...changes };
  form.set('image', new Blob([await flat()], { type: 'image/png' }));
  for (const [name, value] of Object.entries(given)) if (value !== undefined) form.set(name, String(value));
  const response = await fetch(`${sandbox.url}/images/edits`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-sandbox' },
    body: form,
  });
  expect([response.status, await response.json()]).toMatchObject([status, { error: { code, param } }]);
});

test.each([
  ['a GIF', 'gif', 'image/gif', 'unsupported_file_mimetype'],
  ['a GIF that is called a PNG', 'gif', 'image/png', 'invalid_image_file'],
  ['a JPEG that is called a PNG', 'jpeg', 'image/png', 'invalid_image_file'],
] as const)('refuses to edit %s', async (_what, format, type, code) => {
  const { client } = await start();
  const image = await fileOf(await flat(format), type);
  const edit = client.images.edit({ model: 'gpt-image-2', prompt: 'add a hat', image });
  await expect(edit).rejects.toMatchObject({ status: 400, code, param: 'image' });
});

test('plays its faults when an image is edited, too', async () => {
  const { client, sandbox } = await start();
  sandbox.faults.add({ kind: 'moderation' }, { when: ({ image }) => image !== undefined });
  await client.images.generate(body);
  const image = await fileOf(await flat());
  const edit = client.images.edit({ model: 'gpt-image-2', prompt: 'add a hat', image });
  await expect(edit).rejects.toMatchObject({ status: 400, code: 'moderation_blocked' });
});

test('refuses to edit a body that is not a form', async () => {
  const { sandbox } = await start();
  const call = { method: 'POST', headers: { authorization: 'Bearer sk-sandbox' }, body: JSON.stringify(body) };
  expect((await fetch(`${sandbox.url}/images/edits`, call)).status).toBe(400);
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
