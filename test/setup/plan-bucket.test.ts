import { S3Client } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { startS3 } from '../../sandbox/s3/start-s3.js';
import { sandboxCredentials } from '../../sandbox/signature/credentials.js';
import { planBucket } from '../../src/setup/plan-bucket.js';

it.each(['us-east-1', 'eu-central-1'])('each step of a bucket in %s may be taken twice', async (region) => {
  const s3 = await startS3({ buckets: [], region });
  onTestFinished(() => s3.close());
  const options = { endpoint: s3.url, region, credentials: sandboxCredentials, forcePathStyle: true };
  const client = new S3Client(options);
  for (const { run } of planBucket({ bucket: 'images', region, unpickedDays: 30 })) {
    await run(client);
    await run(client);
  }
  expect(s3.settings('images').lifecycle).toContain('unpicked');
});
