import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { models } from '../../src/core/model-catalog.js';
import { createBedrockClient, createBedrockModel } from '../../src/models/bedrock.js';
import { stability } from '../../src/models/stability.js';
import { type AnsweringServer, awsError, ok, startAnsweringServer } from './answering-server.js';
import { drawPng } from './draw-png.js';

let server: AnsweringServer;
let client: BedrockRuntimeClient;

beforeEach(async () => {
  server = await startAnsweringServer();
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', server.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  client = createBedrockClient({ region: 'us-west-2' });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  client.destroy();
  await server.close();
});

const png = drawPng();
const goodAnswer = ok({ seeds: [42], finish_reasons: [null], images: [png.toString('base64')] });

async function generate(change: { prompt?: string; seed?: number; abortSignal?: AbortSignal } = {}) {
  const model = createBedrockModel({ client, modelInfo: models[0], family: stability });
  const image = await model.generateImage({
    prompt: 'a red fox',
    aspectRatio: '16:9',
    seed: 42,
    abortSignal: new AbortController().signal,
    ...change,
  });
  image.release?.(); // else its room would be lacking to the answers of the next tests
  return image;
}

test('sends the documented body to the model and answers the bytes of the image', async () => {
  server.answers.push(goodAnswer);
  const image = await generate();
  expect(image).toMatchObject({ bytes: png, mediaType: 'image/png', seed: 42 });
  expect(server.received.map(({ path, body }) => ({ path, body }))).toMatchInlineSnapshot(`
    [
      {
        "body": {
          "aspect_ratio": "16:9",
          "output_format": "png",
          "prompt": "a red fox",
          "seed": 42,
        },
        "path": "/model/stability.stable-image-core-v1:1/invoke",
      },
    ]
  `);
  expect(server.received[0]?.headers).toMatchObject({ accept: 'application/json', 'content-type': 'application/json' });
});

test('answers the requested seed if the model does not say which it used', async () => {
  server.answers.push(ok({ images: [png.toString('base64')] }));
  expect((await generate({ seed: 7 })).seed).toBe(7);
});

describe('errors of Bedrock', () => {
  test.each([
    [403, 'AccessDeniedException', 'no', 'denied'],
    [404, 'ResourceNotFoundException', 'This model version has reached the end of its life.', 'retired'],
    [404, 'ResourceNotFoundException', 'Access denied. This Model is marked by provider as Legacy and …', 'retired'],
    [404, 'ResourceNotFoundException', 'Could not resolve the foundation model', 'denied'],
    [429, 'ThrottlingException', 'Too many requests', 'throttled'],
    [429, 'ModelNotReadyException', '', 'throttled'],
    [400, 'ServiceQuotaExceededException', '', 'denied'],
    [408, 'ModelTimeoutException', '', 'timed_out'],
    [424, 'ModelErrorException', '', 'failed'],
    [500, 'InternalServerException', '', 'unavailable'],
    [503, 'ServiceUnavailableException', '', 'unavailable'],
    [502, 'SomethingNew', '', 'unavailable'],
    [403, 'ExpiredTokenException', '', 'denied'],
    [400, 'ValidationException', 'Malformed input request', 'rejected'],
    [400, 'ValidationException', 'Operation not allowed', 'denied'],
    [400, 'ValidationException', 'The provided model identifier is invalid.', 'denied'],
    [400, 'ValidationException', 'This request has been blocked by our content filters.', 'filtered_prompt'],
  ])('%i %s %j is %s', async (status, name, message, reason) => {
    server.answers.push(awsError(status, name, message));
    await expect(generate()).rejects.toMatchObject({ name: 'ImageModelError', reason });
  });

  test.each(['ModelTimeoutException', 'ModelErrorException'])('%s is tried once more', async (name) => {
    server.answers.push(awsError(408, name), goodAnswer);
    expect((await generate()).seed).toBe(42);
    expect(server.received).toHaveLength(2);
  });

  test('a model that keeps timing out is tried twice, no more', async () => {
    server.answers.push(awsError(408, 'ModelTimeoutException'));
    await expect(generate()).rejects.toMatchObject({ reason: 'timed_out' });
    expect(server.received).toHaveLength(2);
  });

  test('a refused connection is unavailable', async () => {
    await server.close();
    await expect(generate()).rejects.toMatchObject({ reason: 'unavailable', cause: { code: 'ECONNREFUSED' } });
    server = await startAnsweringServer();
  });

  test('a connection that ends within the image is unavailable', async () => {
    server.answers.push((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"images":["', () => response.destroy());
    });
    await expect(generate()).rejects.toMatchObject({ reason: 'unavailable' });
  });
});

describe('answers without an image', () => {
  test.each([
    [{ finish_reasons: ['Filter reason: prompt'] }, 'filtered_prompt'],
    [{ finish_reasons: ['Filter reason: output image'], images: [''] }, 'filtered_image'],
    [{ finish_reasons: ['Inference error'], images: [] }, 'failed'],
    [{ 'amazon-bedrock-guardrailAction': 'INTERVENED' }, 'filtered_prompt'],
    [{ finish_reasons: [null], images: [] }, 'unusable_answer'],
    [{ finish_reasons: [null], images: ['!!!!'] }, 'unusable_answer'],
    [{ images: 'none' }, 'unusable_answer'],
    [null, 'unusable_answer'],
  ])('%j is %s', async (answer, reason) => {
    server.answers.push(ok(answer));
    await expect(generate()).rejects.toMatchObject({ reason });
    expect(server.received).toHaveLength(1);
  });

  test('a page of HTML is an unusable answer', async () => {
    server.answers.push((response) => response.end('<html>'));
    await expect(generate()).rejects.toMatchObject({ reason: 'unusable_answer' });
  });
});

describe('the abort signal', () => {
  test('that has already fired lets nothing be sent', async () => {
    await expect(generate({ abortSignal: AbortSignal.abort() })).rejects.toMatchObject({ reason: 'timed_out' });
    expect(server.received).toHaveLength(0);
  });

  test('ends a call that gets no answer', async () => {
    server.answers.push(() => {});
    const controller = new AbortController();
    const image = generate({ abortSignal: controller.signal });
    await server.seen(1);
    controller.abort();
    await expect(image).rejects.toMatchObject({ reason: 'timed_out' });
  });

  test('ends an image that stops half-way', async () => {
    const controller = new AbortController();
    server.answers.push((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"images":["');
    });
    const image = generate({ abortSignal: controller.signal });
    await server.seen(1);
    controller.abort();
    await expect(image).rejects.toMatchObject({ reason: 'timed_out' });
  });

  test('lets a model that timed out not be tried again', async () => {
    const controller = new AbortController();
    server.answers.push((response) => {
      controller.abort();
      awsError(408, 'ModelTimeoutException')(response);
    });
    await expect(generate({ abortSignal: controller.signal })).rejects.toMatchObject({ reason: 'timed_out' });
    expect(server.received).toHaveLength(1);
  });
});

test('sends nothing that the model would refuse', async () => {
  await expect(generate({ prompt: ' ' })).rejects.toMatchObject({ reason: 'rejected' });
  await expect(generate({ prompt: 'x'.repeat(10_001) })).rejects.toMatchObject({ reason: 'rejected' });
  await expect(generate({ seed: 0 })).rejects.toMatchObject({ reason: 'rejected' });
  expect(server.received).toHaveLength(0);
});
