import { S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { imageKey } from '../../src/aws/keys.js';
import { fix, ok } from '../../src/core/check-result.js';
import { canaryKeyOf, checkObject } from '../../src/doctor/bucket-checks.js';
import { startBucket } from '../aws/bucket-server.js';

it('measures links by a key at least as long as that of an image', () => {
  const id = '01JCZ3NDEKTSV4RRFFQ69G5FAV';
  const image = imageKey(
    { workspaceId: 'T0123456789A', channelId: 'C0123456789A', id },
    { number: 4, mediaType: 'image/png' },
  );
  expect(canaryKeyOf(id).length).toBeGreaterThanOrEqual(image.length);
});

it('tries everything else and deletes its object if only links cannot be signed', async () => {
  const { s3, ...bucket } = await startBucket();
  const signingClient = new S3Client({
    region: 'us-east-1',
    credentials: () => Promise.reject(new Error('no signer')),
  });
  const access = { ...bucket, signingClient, hasPublicEndpoint: false, tagsImages: false, canaryKey: 'canary.txt' };
  expect(await checkObject(access)).toEqual([
    ok('bucket: images can be written to'),
    ok('bucket: a write whose condition does not hold is refused (If-None-Match)'),
    ok('bucket: a write whose condition does not hold is refused (If-Match)'),
    fix('links: this could not be checked (Error: no signer).'),
    ok('bucket: the object of this check is deleted again'),
  ]);
  expect(s3.objects(bucket.bucket)).toEqual([]);
});
