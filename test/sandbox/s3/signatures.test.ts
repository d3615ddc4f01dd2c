import { HeadBucketCommand, ListObjectsV2Command, PutObjectCommand, type S3ClientConfig } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';
import { bucket, clientOf, sandboxS3 } from './s3-client.js';

const list = new ListObjectsV2Command({ Bucket: bucket });

async function listed(config: S3ClientConfig, options: Parameters<typeof sandboxS3>[0] = {}) {
  return clientOf(await sandboxS3(options), { maxAttempts: 1, ...config }).send(list);
}

describe('signatures at the S3 stand-in', () => {
  it('must come from a key that it knows', async () => {
    const credentials = { ...sandboxCredentials, accessKeyId: 'AKIAUNKNOWN000000000' };
    await expect(listed({ credentials })).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  });

  it('must be made with its secret', async () => {
    const credentials = { ...sandboxCredentials, secretAccessKey: 'another' };
    await expect(listed({ credentials })).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  it('must be for the region of the bucket', async () => {
    const wrong = listed({ region: 'us-west-2' }, { region: 'eu-west-1' });
    await expect(wrong).rejects.toMatchObject({ name: 'AuthorizationHeaderMalformed', Region: 'eu-west-1' });
  });

  it('must be no more than 15 minutes old', async () => {
    const now = () => new Date(Date.now() + 16 * 60_000);
    await expect(listed({}, { now })).rejects.toMatchObject({ name: 'RequestTimeTooSkewed' });
    expect(await listed({}, { now: () => new Date(Date.now() + 14 * 60_000) })).toMatchObject({ KeyCount: 0 });
  });

  it('must carry the session token of temporary credentials, while it lives', async () => {
    const temporary = { ...sandboxCredentials, sessionToken: 'sandbox-token' };
    expect(await listed({ credentials: temporary }, { credentials: [temporary] })).toMatchObject({ KeyCount: 0 });
    const without = listed({ credentials: sandboxCredentials }, { credentials: [temporary] });
    await expect(without).rejects.toMatchObject({ name: 'InvalidToken' });
    const ended = [{ ...temporary, expiration: new Date(0) }];
    await expect(listed({ credentials: temporary }, { credentials: ended })).rejects.toMatchObject({
      name: 'ExpiredToken',
    });
  });

  it('must cover the body', async () => {
    const s3 = await sandboxS3();
    const client = clientOf(s3, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    client.middlewareStack.add(
      (next) => (args) => {
        if (typeof args.request === 'object' && args.request !== null && 'body' in args.request)
          args.request.body = 'TEXT';
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'changeBody' },
    );
    const put = client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'text' }));
    await expect(put).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
  });

  it('must cover every x-amz- header', async () => {
    const client = clientOf(await sandboxS3());
    client.middlewareStack.add(
      (next) => (args) => {
        const { request } = args;
        if (typeof request === 'object' && request !== null && 'headers' in request) {
          Object.assign(request.headers ?? {}, { 'x-amz-meta-slipped': 'in' });
        }
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'addHeader' },
    );
    await expect(client.send(list)).rejects.toMatchObject({
      name: 'AccessDenied',
      HeadersNotSigned: 'x-amz-meta-slipped',
    });
  });

  it('are asked for by every operation', async () => {
    const s3 = await sandboxS3();
    const head = await fetch(`${s3.url}/${bucket}`, { method: 'HEAD' });
    expect(head.status).toBe(403);
    await clientOf(s3).send(new HeadBucketCommand({ Bucket: bucket }));
    expect(s3.requests().map(({ operation }) => operation)).toEqual(['HeadBucket']);
  });
});
