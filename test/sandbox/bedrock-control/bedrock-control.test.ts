import {
  BedrockClient,
  type BedrockClientConfig,
  GetFoundationModelAvailabilityCommand,
  GetFoundationModelCommand,
  ListFoundationModelsCommand,
} from '@aws-sdk/client-bedrock';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBedrockControl } from '../../../sandbox/bedrock-control/start-bedrock-control.js';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';

const core = 'stability.stable-image-core-v1:1';

/** A stand-in and the real client, told no more than its endpoint, Region and keys. */
async function start(config: BedrockClientConfig = {}) {
  const control = await startBedrockControl();
  const client = new BedrockClient({
    endpoint: control.url,
    region: 'us-west-2',
    credentials: sandboxCredentials,
    ...config,
  });
  onTestFinished(async () => {
    client.destroy();
    await control.close();
  });
  return { control, client };
}

describe("the stand-in of Bedrock's control plane", () => {
  it.each([
    [core, 'us-west-2', { status: 'ACTIVE' }],
    [
      'amazon.nova-canvas-v1:0',
      'us-east-1',
      {
        status: 'LEGACY',
        legacyTime: new Date('2026-03-30T00:00:00Z'),
        endOfLifeTime: new Date('2026-09-30T00:00:00Z'),
      },
    ],
  ])('tells the lifecycle of %s', async (modelIdentifier, region, modelLifecycle) => {
    const { client } = await start({ region });
    const { modelDetails } = await client.send(new GetFoundationModelCommand({ modelIdentifier }));
    expect(modelDetails).toMatchObject({ modelId: modelIdentifier, outputModalities: ['IMAGE'], modelLifecycle });
  });

  it('tells that a model may be used, and what it is told to instead', async () => {
    const { control, client } = await start();
    const ask = new GetFoundationModelAvailabilityCommand({ modelId: core });
    expect(await client.send(ask)).toMatchObject({
      modelId: core,
      agreementAvailability: { status: 'AVAILABLE' },
      authorizationStatus: 'AUTHORIZED',
      entitlementAvailability: 'AVAILABLE',
      regionAvailability: 'AVAILABLE',
    });
    control.faults.add({ kind: 'answer', fields: { agreementAvailability: { status: 'PENDING' } } });
    expect(await client.send(ask)).toMatchObject({
      agreementAvailability: { status: 'PENDING' },
      authorizationStatus: 'AUTHORIZED',
    });
    expect(control.requests().map(({ operation }) => operation)).toEqual([
      'GetFoundationModelAvailability',
      'GetFoundationModelAvailability',
    ]);
  });

  it('does not know a model in a Region that does not serve it', async () => {
    const { client } = await start({ region: 'eu-west-1' });
    const asked = client.send(new GetFoundationModelCommand({ modelIdentifier: core }));
    await expect(asked).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The provided model identifier is invalid.',
    });
  });

  it.each([
    ['AccessDeniedException', 403],
    ['InternalServerException', 500],
    ['ResourceNotFoundException', 404],
    ['ThrottlingException', 429],
  ] as const)('answers %s with HTTP %i', async (name, httpStatusCode) => {
    const { control, client } = await start({ maxAttempts: 1 });
    control.faults.add({ kind: 'error', name });
    const asked = client.send(new GetFoundationModelCommand({ modelIdentifier: core }));
    await expect(asked).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  it('resets the connection, and answers late', async () => {
    const { control, client } = await start({ maxAttempts: 1 });
    const ask = new GetFoundationModelCommand({ modelIdentifier: core });
    control.faults.add({ kind: 'reset' });
    await expect(client.send(ask)).rejects.toMatchObject({ code: 'ECONNRESET' });
    control.faults.add({ kind: 'slow', milliseconds: 60_000 });
    const late = client.send(ask, { abortSignal: AbortSignal.timeout(50) });
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('refuses keys that it does not know', async () => {
    const { client } = await start({ credentials: { ...sandboxCredentials, accessKeyId: 'AKIAUNKNOWN000000000' } });
    const asked = client.send(new GetFoundationModelCommand({ modelIdentifier: core }));
    await expect(asked).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('serves nothing else', async () => {
    const { client } = await start();
    await expect(client.send(new ListFoundationModelsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});
