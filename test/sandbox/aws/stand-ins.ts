import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { onTestFinished } from 'vitest';
import { type BedrockOptions, type SandboxBedrock, startBedrock } from '../../../sandbox/bedrock/start-bedrock.js';
import { type S3Options, type SandboxS3, startS3 } from '../../../sandbox/s3/start-s3.js';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';

export const core = 'stability.stable-image-core-v1:1';
export const bucket = 'images';

/** A stand-in that draws small, and ends with the test. */
export async function startSmallBedrock(options: BedrockOptions = {}): Promise<SandboxBedrock> {
  const bedrock = await startBedrock({ imageScale: 0.125, ...options });
  onTestFinished(() => bedrock.close());
  return bedrock;
}

export function bedrockClient({ url }: SandboxBedrock, config: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    endpoint: url,
    region: 'us-west-2',
    credentials: sandboxCredentials,
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
    ...config,
  });
}

export async function invoke(client: BedrockRuntimeClient, body: unknown, modelId = core) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await client.send(new InvokeModelCommand({ modelId, contentType: 'application/json', body: text }));
  return JSON.parse(answer.body.transformToString());
}

/** The answer of a stand-in that is made for this one call. */
export async function answerOf(options: BedrockOptions, body: unknown, modelId = core, region = 'us-west-2') {
  return invoke(bedrockClient(await startSmallBedrock(options), { region }), body, modelId);
}

export async function startBucket(options: Partial<S3Options> = {}): Promise<SandboxS3> {
  const s3 = await startS3({ buckets: [bucket], ...options });
  onTestFinished(() => s3.close());
  return s3;
}

export function s3Client({ url }: SandboxS3, config: S3ClientConfig = {}): S3Client {
  return new S3Client({
    endpoint: url,
    region: 'us-east-1',
    credentials: sandboxCredentials,
    forcePathStyle: true,
    maxAttempts: 1,
    ...config,
  });
}
