import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { type SandboxS3, startS3 } from '../../sandbox/s3/start-s3.js';
import { sandboxCredentials } from '../../sandbox/signature/credentials.js';
import type { Bucket } from '../../src/aws/records.js';

/** A bucket of its own for one test. */
export async function startBucket(
  settings: S3ClientConfig = {},
  now?: () => Date,
): Promise<Bucket & { s3: SandboxS3 }> {
  const bucket = 'images';
  const s3 = await startS3({ buckets: [bucket], ...(now && { now }) });
  const client = new S3Client({
    region: 'us-east-1',
    endpoint: s3.url,
    forcePathStyle: true,
    credentials: sandboxCredentials,
    maxAttempts: 2,
    ...settings,
  });
  onTestFinished(async () => {
    client.destroy();
    await s3.close();
  });
  return { client, bucket, s3 };
}
