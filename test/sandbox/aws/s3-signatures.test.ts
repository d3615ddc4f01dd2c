import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3ClientConfig } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';
import { bucket, s3Client, startBucket } from './stand-ins.js';

const session = { ...sandboxCredentials, sessionToken: 'sandbox-token' };
const minutesAhead = (minutes: number) => () => new Date(Date.now() + minutes * 60_000);

type Case = [what: string, name: string, config: S3ClientConfig, options: Parameters<typeof startBucket>[0]];

it.each([
  ['an unknown key', 'InvalidAccessKeyId', { credentials: { ...sandboxCredentials, accessKeyId: 'AKIAOTHER' } }, {}],
  ['another secret', 'SignatureDoesNotMatch', { credentials: { ...sandboxCredentials, secretAccessKey: 'no' } }, {}],
  ['another region', 'AuthorizationHeaderMalformed', { region: 'us-west-2' }, { region: 'eu-west-1' }],
  ['a request 16 minutes old', 'RequestTimeTooSkewed', {}, { now: minutesAhead(16) }],
  ['no session token', 'InvalidToken', {}, { credentials: [session] }],
  [
    'a token that has ended',
    'ExpiredToken',
    { credentials: session },
    { credentials: [{ ...session, expiration: new Date(0) }] },
  ],
] satisfies Case[])('refuses %s', async (_what, name, config, options) => {
  const listed = s3Client(await startBucket(options), config).send(new ListObjectsV2Command({ Bucket: bucket }));
  await expect(listed).rejects.toMatchObject({ name });
});

it.each([
  ['a body that was not signed', { body: 'TEXT' }, 'XAmzContentSHA256Mismatch'],
  ['a header that was not signed', { headers: { 'x-amz-meta-slipped': 'in' } }, 'AccessDenied'],
])('refuses %s', async (_what, changes, name) => {
  const client = s3Client(await startBucket(), { requestChecksumCalculation: 'WHEN_REQUIRED' });
  client.middlewareStack.add(
    (next) => (args) => {
      const request = Object(args.request);
      Object.assign(request, changes, {
        headers: { ...request.headers, ...('headers' in changes && changes.headers) },
      });
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'change' },
  );
  const put = client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'text' }));
  await expect(put).rejects.toMatchObject({ name });
});

describe('presigned URLs', () => {
  async function sign(options: Parameters<typeof startBucket>[0] = {}, expiresIn = 60, config: S3ClientConfig = {}) {
    const s3 = await startBucket(options);
    const object = { Bucket: bucket, Key: 'T1/a b.png' };
    await s3Client(s3).send(new PutObjectCommand({ ...object, Body: 'image', ContentType: 'image/png' }));
    const url = await getSignedUrl(s3Client(s3, config), new GetObjectCommand(object), { expiresIn });
    return { s3, url };
  }

  async function read(url: string) {
    const response = await fetch(url);
    const text = await response.text();
    return [response.status, /<Code>(.+?)</.exec(text)?.[1] ?? text];
  }

  it('are fetched without credentials until they expire', async () => {
    let minutes = 0;
    const { url } = await sign({ now: () => minutesAhead(minutes)() });
    expect(await read(url)).toEqual([200, 'image']);
    minutes = 2;
    expect(await read(url)).toEqual([403, 'AccessDenied']);
  });

  it('end with the credentials that signed them', async () => {
    let minutes = 0;
    const temporary = { ...session, accessKeyId: 'ASIASANDBOX000000000' };
    const credentials = [sandboxCredentials, { ...temporary, expiration: minutesAhead(10)() }];
    const { url } = await sign({ credentials, now: () => minutesAhead(minutes)() }, 86_400, { credentials: temporary });
    expect(await read(url)).toEqual([200, 'image']);
    minutes = 11;
    expect(await read(url)).toEqual([400, 'ExpiredToken']);
  });

  it('are refused if anything in them was changed, or if they live longer than a week', async () => {
    const { url } = await sign({}, 604_800);
    expect(await read(url)).toEqual([200, 'image']);
    expect(await read(url.replace('604800', '60480'))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await read(url.replace('a%20b', 'c'))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await read(url.replace('604800', '604801'))).toEqual([400, 'AuthorizationQueryParametersError']);
  });

  it('are the only way to read without signing, unless the bucket is public', async () => {
    const { s3 } = await sign();
    const address = `${s3.url}/${bucket}/T1/a%20b.png`;
    expect(await read(address)).toEqual([403, 'AccessDenied']);
    const malformed = await fetch(`${address}?broken=%E0%A4%A`, { headers: { authorization: 'Bearer sandbox' } });
    expect(await malformed.text()).toContain('<Code>AuthorizationHeaderMalformed</Code>');
    s3.setPublicRead(true);
    expect(await read(address)).toEqual([200, 'image']);
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(403);
  });
});
