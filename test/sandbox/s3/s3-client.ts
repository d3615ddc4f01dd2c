import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { afterEach } from 'vitest';
import { type S3Options, type SandboxS3, startS3 } from '../../../sandbox/s3/start-s3.js';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';

export const bucket = 'images';

const started: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const stop of started.splice(0)) await stop();
});

/** A stand-in that ends with the test. */
export async function sandboxS3(options: Partial<S3Options> = {}): Promise<SandboxS3> {
  const s3 = await startS3({ buckets: [bucket], ...options });
  started.push(() => s3.close());
  return s3;
}

/** The real client, told no more than its endpoint and its keys. */
export function clientOf(s3: SandboxS3, config: S3ClientConfig = {}): S3Client {
  const client = new S3Client({ endpoint: s3.url, region: 'us-east-1', credentials: sandboxCredentials, ...config });
  started.push(() => client.destroy());
  return client;
}

export async function textOf(response: Response): Promise<{ status: number; text: string }> {
  return { status: response.status, text: await response.text() };
}
