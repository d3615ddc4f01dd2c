import { describe, expect, test } from 'vitest';
import { type Answer, awsError, ok, startBedrockModel } from './answering-server.js';
import { drawPng } from './draw-png.js';

const png = drawPng();
const goodAnswer = ok({ seeds: [43], finish_reasons: [null], images: [png.toString('base64')] });

/** A server that answers so, and what the model makes of it. */
async function drawFrom(...answers: Answer[]) {
  const { server, draw } = await startBedrockModel();
  server.answers.push(...answers);
  const image = draw().then(({ release, ...drawn }) => {
    release?.(); // else its room would be lacking to the answers of the next tests
    return drawn;
  });
  return { server, image };
}

test('sends the documented body to the model and answers the bytes of the image, and its seed', async () => {
  const { server, image } = await drawFrom(goodAnswer);
  expect(await image).toMatchObject({ bytes: png, mediaType: 'image/png', seed: 43 });
  expect(server.received).toMatchObject([
    {
      path: '/model/stability.stable-image-core-v1:1/invoke',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: { prompt: 'a red fox', aspect_ratio: '16:9', seed: 42, output_format: 'png' },
    },
  ]);
});

test('answers the requested seed if the model does not say which it used', async () => {
  const { image } = await drawFrom(ok({ images: [png.toString('base64')] }));
  expect((await image).seed).toBe(42);
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
    [424, 'ModelErrorException', '', 'failed'],
    [503, 'ServiceUnavailableException', '', 'unavailable'],
    [502, 'SomethingNew', '', 'unavailable'],
    [403, 'ExpiredTokenException', '', 'denied'],
    [400, 'ValidationException', 'Malformed input request', 'rejected'],
    [400, 'ValidationException', 'Operation not allowed', 'denied'],
    [400, 'ValidationException', 'The provided model identifier is invalid.', 'denied'],
    [400, 'ValidationException', 'This request has been blocked by our content filters.', 'filtered_prompt'],
  ])('%i %s %j is %s', async (status, name, message, reason) => {
    const { image } = await drawFrom(awsError(status, name, message));
    await expect(image).rejects.toMatchObject({ name: 'ImageModelError', reason });
  });

  test.each(['ModelTimeoutException', 'ModelErrorException'])('%s is tried once more', async (name) => {
    const { server, image } = await drawFrom(awsError(408, name), goodAnswer);
    expect((await image).bytes).toEqual(png);
    expect(server.received).toHaveLength(2);
  });

  test('a model that keeps timing out is tried twice, no more', async () => {
    const { server, image } = await drawFrom(awsError(408, 'ModelTimeoutException'));
    await expect(image).rejects.toMatchObject({ reason: 'timed_out' });
    expect(server.received).toHaveLength(2);
  });

  test('a refused connection is unavailable', async () => {
    const { server, draw } = await startBedrockModel();
    await server.close();
    await expect(draw()).rejects.toMatchObject({ reason: 'unavailable', cause: { code: 'ECONNREFUSED' } });
  });

  test('a connection that ends within the image is unavailable', async () => {
    const { image } = await drawFrom((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"images":["', () => response.destroy());
    });
    await expect(image).rejects.toMatchObject({ reason: 'unavailable' });
  });
});

describe('answers without an image', () => {
  test.each([
    [{ finish_reasons: ['Filter reason: prompt'] }, 'filtered_prompt'],
    [{ 'amazon-bedrock-guardrailAction': 'INTERVENED' }, 'filtered_prompt'],
    [{ finish_reasons: [null], images: [] }, 'unusable_answer'],
    [{ finish_reasons: [null], images: ['!!!!'] }, 'unusable_answer'],
    [{ images: 'none' }, 'unusable_answer'],
    [null, 'unusable_answer'],
  ])('%j is %s', async (answer, reason) => {
    const { server, image } = await drawFrom(ok(answer));
    await expect(image).rejects.toMatchObject({ reason });
    expect(server.received).toHaveLength(1);
  });

  test('a page of HTML is an unusable answer', async () => {
    const { image } = await drawFrom((response) => response.end('<html>'));
    await expect(image).rejects.toMatchObject({ reason: 'unusable_answer' });
  });
});

describe('the abort signal', () => {
  test('that has already fired lets nothing be sent', async () => {
    const { server, draw } = await startBedrockModel();
    await expect(draw({ abortSignal: AbortSignal.abort() })).rejects.toMatchObject({ reason: 'timed_out' });
    expect(server.received).toHaveLength(0);
  });

  const beginImage: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"images":["');
  };

  test.each<[what: string, answer: Answer]>([
    ['a call that gets no answer', () => {}],
    ['an image that stops half-way', beginImage],
    ['the retry of a model that timed out', awsError(408, 'ModelTimeoutException')],
  ])('ends %s', async (_what, answer) => {
    const { server, draw } = await startBedrockModel();
    const controller = new AbortController();
    server.answers.push((response) => {
      answer(response);
      controller.abort();
    });
    await expect(draw({ abortSignal: controller.signal })).rejects.toMatchObject({ reason: 'timed_out' });
    expect(server.received).toHaveLength(1);
  });
});
