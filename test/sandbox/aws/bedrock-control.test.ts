import {
  BedrockClient,
  GetFoundationModelAvailabilityCommand,
  GetFoundationModelCommand,
} from '@aws-sdk/client-bedrock';
import { expect, it, onTestFinished } from 'vitest';
import { startBedrockControl } from '../../../sandbox/bedrock-control/start-bedrock-control.js';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';

const core = 'stability.stable-image-core-v1:1';

async function start(region = 'us-west-2') {
  const control = await startBedrockControl();
  onTestFinished(() => control.close());
  return { control, client: new BedrockClient({ endpoint: control.url, region, credentials: sandboxCredentials }) };
}

it.each([
  [core, 'us-west-2', { status: 'ACTIVE' }],
  [
    'amazon.nova-canvas-v1:0',
    'us-east-1',
    { status: 'LEGACY', endOfLifeTime: new Date('2026-09-30T00:00:00Z'), legacyTime: new Date('2026-03-30T00:00:00Z') },
  ],
])('tells the lifecycle of %s', async (modelIdentifier, region, modelLifecycle) => {
  const { client } = await start(region);
  const { modelDetails } = await client.send(new GetFoundationModelCommand({ modelIdentifier }));
  expect(modelDetails).toMatchObject({ modelId: modelIdentifier, outputModalities: ['IMAGE'], modelLifecycle });
});

it('tells that a model may be used, or what it is told to answer instead', async () => {
  const { control, client } = await start();
  const ask = new GetFoundationModelAvailabilityCommand({ modelId: core });
  const available = { agreementAvailability: { status: 'AVAILABLE' }, authorizationStatus: 'AUTHORIZED' };
  expect(await client.send(ask)).toMatchObject(available);
  control.faults.add({ kind: 'answer', fields: { agreementAvailability: { status: 'PENDING' } } });
  expect(await client.send(ask)).toMatchObject({ ...available, agreementAvailability: { status: 'PENDING' } });
});

const upscale = 'stability.stable-fast-upscale-v1:0';

it.each(['us-east-1', 'us-east-2', 'us-west-2'])(
  'knows the image services in %s, by their model IDs',
  async (region) => {
    const { client } = await start(region);
    const { modelDetails } = await client.send(new GetFoundationModelCommand({ modelIdentifier: upscale }));
    expect(modelDetails).toMatchObject({ modelId: upscale, modelLifecycle: { status: 'ACTIVE' } });
    const byProfile = client.send(new GetFoundationModelCommand({ modelIdentifier: `us.${upscale}` }));
    await expect(byProfile).rejects.toMatchObject({ name: 'ValidationException' });
  },
);

it('tells that one of them is not authorized', async () => {
  const { control, client } = await start();
  const denied = { kind: 'answer', fields: { authorizationStatus: 'NOT_AUTHORIZED' } } as const;
  control.faults.add(denied, { when: ({ modelId }) => modelId === upscale });
  const statusOf = async (modelId: string) =>
    (await client.send(new GetFoundationModelAvailabilityCommand({ modelId }))).authorizationStatus;
  expect([await statusOf(core), await statusOf(upscale)]).toEqual(['AUTHORIZED', 'NOT_AUTHORIZED']);
});

it('does not know a model in a region that does not serve it', async () => {
  const { client } = await start('eu-west-1');
  const answer = client.send(new GetFoundationModelCommand({ modelIdentifier: core }));
  await expect(answer).rejects.toMatchObject({ name: 'ValidationException' });
});
