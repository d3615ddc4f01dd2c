import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';
import { bucket, clientOf, sandboxS3, textOf } from './s3-client.js';

const get = new GetObjectCommand({ Bucket: bucket, Key: 'T1/a b.png' });

async function withImage(options: Parameters<typeof sandboxS3>[0] = {}) {
  const s3 = await sandboxS3(options);
  const client = clientOf(s3);
  const put = { Bucket: bucket, Key: 'T1/a b.png', Body: 'image', ContentType: 'image/png' };
  await client.send(new PutObjectCommand(put));
  return { s3, client };
}

describe('presigned URLs of the S3 stand-in', () => {
  it('are fetched without further credentials', async () => {
    const { client } = await withImage();
    const response = await fetch(await getSignedUrl(client, get));
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('x-amz-checksum-crc32')).not.toBeNull();
    expect(await textOf(response)).toEqual({ status: 200, text: 'image' });
  });

  it('answer with the file name and the type that were signed', async () => {
    const { client } = await withImage();
    const command = new GetObjectCommand({
      ...get.input,
      ResponseContentDisposition: 'attachment; filename="red fox.png"',
      ResponseContentType: 'image/x-png',
    });
    const { headers } = await fetch(await getSignedUrl(client, command));
    expect(headers.get('content-disposition')).toBe('attachment; filename="red fox.png"');
    expect(headers.get('content-type')).toBe('image/x-png');
  });

  it('end when they say', async () => {
    let time = Date.now();
    const { client } = await withImage({ now: () => new Date(time) });
    const url = await getSignedUrl(client, get, { expiresIn: 60 });
    expect((await fetch(url)).status).toBe(200);
    time += 61_000;
    const { status, text } = await textOf(await fetch(url));
    expect(status).toBe(403);
    expect(text).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>');
  });

  it('end with the credentials that signed them', async () => {
    let time = Date.now();
    const temporary = { ...sandboxCredentials, accessKeyId: 'ASIASANDBOX000000000', sessionToken: 'sandbox-token' };
    const credentials = [sandboxCredentials, { ...temporary, expiration: new Date(time + 600_000) }];
    const { s3 } = await withImage({ now: () => new Date(time), credentials });
    const url = await getSignedUrl(clientOf(s3, { credentials: temporary }), get, { expiresIn: 86_400 });
    expect((await fetch(url)).status).toBe(200);
    time += 600_000;
    const { status, text } = await textOf(await fetch(url));
    expect([status, /<Code>(.+?)</.exec(text)?.[1]]).toEqual([400, 'ExpiredToken']);
  });

  it('are refused when anything in them was changed', async () => {
    const { client } = await withImage();
    const url = await getSignedUrl(client, get, { expiresIn: 60 });
    const later = await textOf(await fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600')));
    expect(later).toMatchObject({ status: 403, text: expect.stringContaining('SignatureDoesNotMatch') });
    const other = await textOf(await fetch(url.replace('a%20b', 'c')));
    expect(other).toMatchObject({ status: 403, text: expect.stringContaining('SignatureDoesNotMatch') });
  });

  it('live no longer than a week', async () => {
    const { client } = await withImage();
    const url = await getSignedUrl(client, get, { expiresIn: 604_800 });
    expect((await fetch(url)).status).toBe(200);
    const longer = await textOf(await fetch(url.replace('604800', '604801')));
    expect(longer).toMatchObject({ status: 400, text: expect.stringContaining('AuthorizationQueryParametersError') });
  });

  it('are the only way to read without signing, but for a bucket that is public', async () => {
    const { s3 } = await withImage();
    const address = `${s3.url}/${bucket}/T1/a%20b.png`;
    const anonymous = await textOf(await fetch(address));
    expect(anonymous).toMatchObject({ status: 403, text: expect.stringContaining('<Message>Access Denied</Message>') });
    s3.setPublicRead(true);
    expect(await textOf(await fetch(address))).toEqual({ status: 200, text: 'image' });
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(`${address}?X-Amz-Algorithm=AWS4-HMAC-SHA256`)).status).toBe(400);
  });
});
