import { NodeHttpHandler } from '@smithy/node-http-handler';
import { describe, expect, it } from 'vitest';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';
import { clientOf, core, invoke, invoked, sandboxBedrock } from './bedrock-client.js';

const body = { prompt: 'a red fox', seed: 42 };

describe('protocols of the Bedrock stand-in', () => {
  it('speaks HTTP/2, as the client does by default, and HTTP/1.1 on the same port', async () => {
    const bedrock = await sandboxBedrock();
    const http2 = await invoked(clientOf(bedrock), body);
    const http1 = await invoked(clientOf(bedrock, { requestHandler: new NodeHttpHandler() }), body);
    expect(http1).toEqual(http2);
    expect(bedrock.requests().map(({ protocol }) => protocol)).toEqual(['HTTP/2', 'HTTP/1.1']);
  });

  it('serves four calls at once', async () => {
    const bedrock = await sandboxBedrock({ latencyMs: 100 });
    const client = clientOf(bedrock, { requestHandler: new NodeHttpHandler() });
    await Promise.all([1, 2, 3, 4].map((seed) => invoked(client, { ...body, seed })));
    expect(bedrock.maxInFlight()).toBe(4);
    expect(bedrock.inFlight()).toBe(0);
  });

  it('tells what was asked of it', async () => {
    const bedrock = await sandboxBedrock({ now: () => new Date() });
    await invoked(clientOf(bedrock), body);
    expect(bedrock.requests()).toEqual([
      {
        operation: 'InvokeModel',
        number: 1,
        modelId: 'stability.stable-image-core-v1:1',
        region: 'us-west-2',
        protocol: 'HTTP/2',
        body: { prompt: 'a red fox', seed: 42 },
        seed: 42,
        at: expect.any(Date),
      },
    ]);
  });

  it('refuses a key that it does not know, and a wrong secret', async () => {
    const bedrock = await sandboxBedrock();
    const unknown = clientOf(bedrock, { credentials: { ...sandboxCredentials, accessKeyId: 'AKIAUNKNOWN' } });
    await expect(unknown.send(invoke(body))).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const wrong = clientOf(bedrock, { credentials: { ...sandboxCredentials, secretAccessKey: 'another' } });
    await expect(wrong.send(invoke(body))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403 },
    });
    expect(bedrock.requests()).toEqual([]);
  });

  it('refuses a signature of six minutes ago, and a session token that has ended', async () => {
    const late = await sandboxBedrock({ now: () => new Date(Date.now() + 6 * 60_000) });
    const skewed = clientOf(late, { maxAttempts: 1 }).send(invoke(body));
    await expect(skewed).rejects.toMatchObject({ message: expect.stringMatching(/^Signature expired: \d{8}T\d{6}Z/) });
    const temporary = { ...sandboxCredentials, sessionToken: 'sandbox-token' };
    const ended = await sandboxBedrock({ credentials: [{ ...temporary, expiration: new Date(0) }] });
    const expired = clientOf(ended, { credentials: temporary }).send(invoke(body));
    await expect(expired).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });

  it('refuses an unsigned request, another path and another type', async () => {
    const { url } = await sandboxBedrock();
    const response = await fetch(`${url}/model/${core}/invoke`, { method: 'POST', body: '{}' });
    expect([response.status, await response.json()]).toEqual([403, { message: 'Missing Authentication Token' }]);
    const client = clientOf(await sandboxBedrock());
    const text = invoke(body);
    text.input.accept = 'image/png';
    await expect(client.send(text)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
