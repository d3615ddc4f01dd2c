import { createServer } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from '../../sandbox/http.js';
import { startS3 } from '../../sandbox/s3/start-s3.js';
import { sandboxCredentials } from '../../sandbox/signature/credentials.js';
import { findBucket } from '../../src/setup/find-bucket.js';

interface Search {
  bucket?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

function find(endpoint: string, { bucket = 'images', region = 'us-west-2', credentials = sandboxCredentials }: Search) {
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
  return findBucket(client, bucket, region);
}

const expired = { ...sandboxCredentials, sessionToken: 'sandbox-session', expiration: new Date(0) };

it.each<[what: string, search: Search, found: unknown]>([
  ['that it is there', {}, 'there'],
  ['that it is missing', { bucket: 'other' }, 'missing'],
  [
    'its Region',
    { region: 'eu-west-1' },
    { problem: 'bucket: images is in us-west-2, not in eu-west-1. Choose us-west-2.', region: 'us-west-2' },
  ],
  [
    'that the secret key is wrong',
    { credentials: { ...sandboxCredentials, secretAccessKey: 'wrong' } },
    { problem: expect.stringMatching(/^credentials: AWS refuses their signature/) },
  ],
  [
    'that the credentials have expired',
    { credentials: expired },
    { problem: expect.stringMatching(/^credentials: they have expired/) },
  ],
])('says of a bucket %s', async (_what, search, found) => {
  const known = search.credentials === expired ? [expired] : [sandboxCredentials];
  const s3 = await startS3({ buckets: ['images'], region: 'us-west-2', credentials: known });
  onTestFinished(() => s3.close());
  expect(await find(s3.url, search)).toEqual(found);
});

it("says of another account's bucket that it may be that, or that a right is missing", async () => {
  const s3 = await startS3({ buckets: ['images'], region: 'us-west-2' });
  onTestFinished(() => s3.close());
  s3.faults.add({ kind: 'error', code: 'AccessDenied' });
  expect(await find(s3.url, {})).toEqual({ problem: expect.stringMatching(/another account's.* s3:ListBucket/) });
});

/** As S3 answers at the address of another Region: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html */
it('reads the Region of a bucket from the header of a redirect', async () => {
  const server = await listen(
    createServer((_request, response) => {
      response.writeHead(301, { 'x-amz-bucket-region': 'ap-south-1', 'content-type': 'application/xml' });
      response.end('<Error><Code>PermanentRedirect</Code><Message>Use another address.</Message></Error>');
    }),
  );
  onTestFinished(() => server.close());
  expect(await find(`http://127.0.0.1:${server.port}`, {})).toMatchObject({ region: 'ap-south-1' });
});

it('says that nothing answers', async () => {
  const found = await find('http://127.0.0.1:2', {});
  expect(found).toEqual({ problem: expect.stringMatching(/^S3: no connection \(ECONNREFUSED\)/) });
});
