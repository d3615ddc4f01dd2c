import { describe, expect, it } from 'vitest';
import { receivedRequest } from '../../../sandbox/signature/received-request.js';
import { verifySignature } from '../../../sandbox/signature/verify-signature.js';

// The worked examples of AWS's own pages:
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const credentials = [{ accessKeyId, secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }];
const scope = '20130524/us-east-1/s3/aws4_request';
const host = 'examplebucket.s3.amazonaws.com';
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const options = {
  service: 's3',
  region: 'us-east-1',
  credentials,
  skewSeconds: 900,
  now: new Date('2013-05-24T00:00:00Z'),
};

function authorization(signedHeaders: string, signature: string): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

const none = Buffer.alloc(0);

describe('signatures', () => {
  it('fit the example of a GET with a range', () => {
    const signature = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41';
    const headers = {
      host,
      range: 'bytes=0-9',
      'x-amz-content-sha256': emptyHash,
      'x-amz-date': '20130524T000000Z',
      authorization: authorization('host;range;x-amz-content-sha256;x-amz-date', signature),
    };
    const verified = verifySignature(receivedRequest('GET', '/test.txt', headers, none), options);
    expect(verified).toEqual({ ok: true, region: 'us-east-1', presigned: false, payloadHash: emptyHash });
  });

  it('fit the example of a PUT, whose path is encoded and whose body is signed', () => {
    const signature = '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd';
    const signed = 'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class';
    const headers = {
      host,
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      'x-amz-date': '20130524T000000Z',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      authorization: authorization(signed, signature),
    };
    const put = (body: string) => receivedRequest('PUT', '/test%24file.text', headers, Buffer.from(body));
    expect(verifySignature(put('Welcome to Amazon S3.'), options)).toMatchObject({ ok: true });
    expect(verifySignature(put('Welcome to Amazon S4.'), options)).toEqual({ ok: false, problem: { kind: 'payload' } });
  });

  it('fit the example of a presigned URL, until it ends', () => {
    const query = [
      'X-Amz-Algorithm=AWS4-HMAC-SHA256',
      `X-Amz-Credential=${encodeURIComponent(`${accessKeyId}/${scope}`)}`,
      'X-Amz-Date=20130524T000000Z',
      'X-Amz-Expires=86400',
      'X-Amz-SignedHeaders=host',
      'X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    ];
    const request = receivedRequest('GET', `/test.txt?${query.join('&')}`, { host }, none);
    expect(verifySignature(request, options)).toMatchObject({ ok: true, presigned: true });
    const now = new Date('2013-05-25T00:00:00Z');
    const ended = { ok: false, problem: { kind: 'expired', expires: 86_400, at: now } };
    expect(verifySignature(request, { ...options, now })).toEqual(ended);
  });

  it.each([
    ['none', {}, 'missing'],
    ['another scheme', { authorization: 'Bearer sandbox' }, 'malformed'],
    ['no date', { authorization: authorization('host', '0'.repeat(64)) }, 'malformed'],
    [
      'a wrong one',
      { authorization: authorization('host;x-amz-date', '0'.repeat(64)), 'x-amz-date': '20130524T000000Z' },
      'mismatch',
    ],
  ])('are refused: %s', (_what, headers, kind) => {
    const request = receivedRequest('GET', '/?broken=%E0%A4%A', { host, ...headers }, none);
    expect(verifySignature(request, options)).toEqual({ ok: false, problem: { kind } });
  });
});
