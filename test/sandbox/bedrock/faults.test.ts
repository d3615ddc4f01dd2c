import { NodeHttpHandler } from '@smithy/node-http-handler';
import { describe, expect, it } from 'vitest';
import type { BedrockFault } from '../../../sandbox/bedrock/bedrock-fault.js';
import { imageSize } from '../../../sandbox/images/image-size.js';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { clientOf, invoke, invoked, sandboxBedrock } from './bedrock-client.js';

const body = { prompt: 'a red fox', seed: 42 };

async function withFault(fault: BedrockFault) {
  const bedrock = await sandboxBedrock();
  bedrock.faults.add(fault);
  return clientOf(bedrock, { maxAttempts: 1 });
}

describe('faults of the Bedrock stand-in', () => {
  it.each([
    ['ThrottlingException', 429],
    ['ModelNotReadyException', 429],
    ['InternalServerException', 500],
    ['ServiceUnavailableException', 503],
    ['ModelTimeoutException', 408],
    ['ModelErrorException', 424],
    ['ServiceQuotaExceededException', 400],
    ['AccessDeniedException', 403],
    ['ResourceNotFoundException', 404],
    ['ValidationException', 400],
  ] as const)('answers %s with HTTP %i', async (name, httpStatusCode) => {
    const client = await withFault({ kind: 'error', name });
    await expect(client.send(invoke(body))).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  it.each([
    ['filtered prompt', { finish_reasons: ['Filter reason: prompt'] }],
    ['filtered image', { finish_reasons: ['Filter reason: output image'] }],
    ['inference error', { finish_reasons: ['Inference error'] }],
    ['missing images', { seeds: [42], finish_reasons: [null] }],
    ['empty image', { seeds: [42], finish_reasons: [null], images: [''] }],
    ['not base64', { seeds: [42], finish_reasons: [null], images: ['%%% this is not base64 %%%'] }],
  ] as const)('answers with a %s', async (kind, answer) => {
    expect(await invoked(await withFault({ kind }), body)).toEqual(answer);
  });

  it('answers bytes that are no image, and an image of another format', async () => {
    const none = await invoked(await withFault({ kind: 'not an image' }), body);
    expect(Buffer.from(none.images[0], 'base64').toString()).toBe('This is not an image.');
    const jpeg = await invoked(await withFault({ kind: 'other format' }), { ...body, output_format: 'png' });
    expect(Buffer.from(jpeg.images[0], 'base64').readUInt16BE()).toBe(0xffd8);
  });

  it('answers nearly 25,000,000 bytes that are one true image', async () => {
    const answer = await (await withFault({ kind: 'huge' })).send(invoke(body));
    expect(answer.body.length).toBeGreaterThan(24_900_000);
    expect(answer.body.length).toBeLessThanOrEqual(25_000_000);
    const image = JSON.parse(answer.body.transformToString()).images[0];
    expect(imageSize(Buffer.from(image, 'base64'))).toEqual({ width: 128, height: 128 });
  });

  it.each(['reset', 'answer cut'] as const)('ends an HTTP/1.1 connection: %s', async (kind) => {
    const bedrock = await sandboxBedrock();
    bedrock.faults.add({ kind });
    const client = clientOf(bedrock, { maxAttempts: 1, requestHandler: new NodeHttpHandler() });
    await expect(client.send(invoke(body))).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('ends an HTTP/2 connection: reset', async () => {
    const reset = (await withFault({ kind: 'reset' })).send(invoke(body));
    await expect(reset).rejects.toThrow('http2 request did not get a response');
  });

  it('ends an HTTP/2 connection in the middle of an answer, which the client takes for a whole one', async () => {
    const { body: bytes } = await (await withFault({ kind: 'answer cut' })).send(invoke(body));
    expect(bytes.transformToString()).toMatch(
      /^\{"seeds":\[42\],"finish_reasons":\[null\],"images":\["[A-Za-z0-9+/]+$/,
    );
  });

  it('never answers, until the client gives up', async () => {
    const bedrock = await sandboxBedrock();
    bedrock.faults.add({ kind: 'never' });
    const client = clientOf(bedrock, { requestHandler: new NodeHttpHandler() });
    const waiting = client.send(invoke(body), { abortSignal: AbortSignal.timeout(100) });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => bedrock.inFlight()).toBe(0);
  });

  it('meets only the requests that the fault names', async () => {
    const bedrock = await sandboxBedrock();
    bedrock.faults.add({ kind: 'error', name: 'ModelErrorException' }, { when: ({ seed }) => seed === 2 });
    const client = clientOf(bedrock);
    const results = await Promise.allSettled([1, 2, 3, 4].map((seed) => invoked(client, { ...body, seed })));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });

  it('throttles at the quota of the model when it is told to, for a minute', async () => {
    let time = Date.now();
    const bedrock = await sandboxBedrock({ requestsPerMinute: 2, now: () => new Date(time) });
    const client = clientOf(bedrock, { maxAttempts: 1, systemClockOffset: 0 });
    await invoked(client, body);
    await invoked(client, body);
    await expect(client.send(invoke(body))).rejects.toMatchObject({ name: 'ThrottlingException' });
    time += 60_001;
    expect(await invoked(client, body)).toMatchObject({ seeds: [42] });
  });

  it('fills its images up to the size that is asked', async () => {
    const client = clientOf(await sandboxBedrock({ imageBytes: 300_000, sameImage: true }));
    const [one, other] = [await invoked(client, body), await invoked(client, { prompt: 'another', seed: 43 })];
    expect(Buffer.from(one.images[0], 'base64').length).toBe(300_000);
    expect(other).toEqual({ ...one, seeds: [43] });
  });

  it('tells the log of the wire what was asked, without keys or images', async () => {
    const wireLog = createWireLog();
    await invoked(clientOf(await sandboxBedrock({ wireLog })), body);
    expect(wireLog.entries().map(({ at: _when, ...entry }) => entry)).toMatchInlineSnapshot(`
      [
        {
          "detail": {
            "body": {
              "prompt": "a red fox",
              "seed": 42,
            },
            "modelId": "stability.stable-image-core-v1:1",
            "region": "us-west-2",
          },
          "direction": "in",
          "operation": "InvokeModel",
          "service": "bedrock",
          "status": 200,
        },
      ]
    `);
  });
});
