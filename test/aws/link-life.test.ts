import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { createImageStore, linkExpiry } from '../../src/aws/image-store.js';
import { exampleBatch, storedImage } from '../core/example-batch.js';

const signedAt = new Date('2026-11-20T10:00:00Z');
const keys = { accessKeyId: 'AKIDSANDBOX', secretAccessKey: 'sandbox' };

function clientWith(expiration?: Date, sessionToken?: string): S3Client {
  const temporary = { ...(expiration && { expiration }), ...(sessionToken && { sessionToken }) };
  return new S3Client({ region: 'us-west-2', credentials: { ...keys, ...temporary } });
}

function sign(client: S3Client, expiresInSeconds: number): Promise<string> {
  const images = createImageStore({ client, signingClient: client, bucket: 'images' });
  return images.sign(exampleBatch(), storedImage(1), { expiresInSeconds, signedAt });
}

describe('a link says that it lives', () => {
  test.each([
    ['as long as is set, by long-term keys', clientWith(), '86400'],
    ['as long as is set, by credentials that last longer', clientWith(new Date('2026-11-22T00:00:00Z'), 't'), '86400'],
    ['as long as is set, if the credentials do not say', clientWith(undefined, 't'), '86400'],
    ['no longer than the credentials that sign it', clientWith(new Date('2026-11-20T11:30:00.900Z'), 't'), '5400'],
    ['a second, by credentials that have ended', clientWith(new Date('2026-11-20T09:00:00Z'), 't'), '1'],
  ])('%s', async (_, client, seconds) => {
    expect(new URL(await sign(client, 86_400)).searchParams.get('X-Amz-Expires')).toBe(seconds);
  });
});

test('a link tells when it ends, and one of another kind does not', async () => {
  expect(linkExpiry(await sign(clientWith(), 90))).toEqual(new Date('2026-11-20T10:01:30Z'));
  expect(linkExpiry('https://images.test/1.png?X-Amz-Expires=90')).toBeUndefined();
  expect(linkExpiry('https://images.test/1.png?X-Amz-Date=20261120T100000Z')).toBeUndefined();
});
