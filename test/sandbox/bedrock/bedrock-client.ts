import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { afterEach } from 'vitest';
import { type BedrockOptions, type SandboxBedrock, startBedrock } from '../../../sandbox/bedrock/start-bedrock.js';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';

export const core = 'stability.stable-image-core-v1:1';

const started: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const stop of started.splice(0)) await stop();
});

/** A stand-in that ends with the test and draws small, so that tests are quick. */
export async function sandboxBedrock(options: BedrockOptions = {}): Promise<SandboxBedrock> {
  const bedrock = await startBedrock({ imageScale: 0.125, ...options });
  started.push(() => bedrock.close());
  return bedrock;
}

/** The real client, told no more than its endpoint and its keys: HTTP/2. */
export function clientOf(bedrock: SandboxBedrock, config: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient {
  const endpoint = bedrock.url;
  const client = new BedrockRuntimeClient({
    endpoint,
    region: 'us-west-2',
    credentials: sandboxCredentials,
    ...config,
  });
  started.push(() => client.destroy());
  return client;
}

export function invoke(body: unknown, modelId = core): InvokeModelCommand {
  return new InvokeModelCommand({
    modelId,
    contentType: 'application/json',
    accept: 'application/json',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The answer of the model, parsed. */
export async function invoked(client: BedrockRuntimeClient, body: unknown, modelId = core) {
  const answer = await client.send(invoke(body, modelId));
  return JSON.parse(answer.body.transformToString());
}

/** The answer of a client made for this one call. */
export async function answered(options: BedrockOptions, body: unknown, modelId = core, region = 'us-west-2') {
  return invoked(clientOf(await sandboxBedrock(options), { region }), body, modelId);
}
