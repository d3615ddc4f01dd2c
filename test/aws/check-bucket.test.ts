import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { describe, expect, it } from 'vitest';
import { sandboxCredentials } from '../../sandbox/signature/credentials.js';
import { checkBucket } from '../../src/aws/check-bucket.js';
import { startBucket } from './bucket-server.js';

describe('checkBucket', () => {
  it.each([
    ['If-None-Match', 'ignored', 'ignores conditional writes (If-None-Match), so two clicks could both win.'],
    ['If-None-Match', 'refused', 'has no conditional writes (If-None-Match).'],
    ['If-None-Match', 'never holds', 'refuses every conditional write (If-None-Match), so nothing could be recorded.'],
    ['If-Match', 'ignored', 'ignores conditional writes (If-Match), so two clicks could both win.'],
    ['If-Match', 'refused', 'has no conditional writes (If-Match).'],
    ['If-Match', 'never holds', 'refuses every conditional write (If-Match), so nothing could be recorded.'],
  ] as const)('refuses a server with %s %s', async (header, writes, sentence) => {
    const bucket = await startBucket();
    const refusal = {
      name: 'ConfigurationError',
      problems: [`S3_BUCKET: the server behind images ${sentence} Use Amazon S3, or a server that has them.`],
    };
    bucket.s3.setConditionalWrites(writes, header);
    await expect(checkBucket(bucket, 'start-1')).rejects.toMatchObject(refusal);
  });

  it('takes five requests and leaves nothing behind', async () => {
    const bucket = await startBucket();
    await checkBucket(bucket, 'start-1');
    expect(bucket.s3.requests()).toHaveLength(5);
    expect(bucket.s3.objects(bucket.bucket)).toEqual([]);
  });

  it('refuses to tag images without the right to, and leaves nothing behind', async () => {
    const bucket = await startBucket();
    bucket.s3.faults.add(
      { kind: 'error', code: 'AccessDenied' },
      { when: ({ operation }) => operation === 'PutObjectTagging' },
    );
    const problems = ['TAG_IMAGES: these AWS credentials lack s3:PutObjectTagging. Allow it, or set TAG_IMAGES=off.'];
    await expect(checkBucket(bucket, 'start-1', true)).rejects.toMatchObject({ problems });
    expect(bucket.s3.objects(bucket.bucket)).toEqual([]);
    await checkBucket(bucket, 'start-2', true);
  });

  it('passes for processes that start at the same moment', async () => {
    const bucket = await startBucket();
    await Promise.all(['start-1', 'start-2', 'start-3'].map((start) => checkBucket(bucket, start)));
  });

  it('does not take a write of its own, made again after its answer was lost, for a refusal', async () => {
    const bucket = await startBucket();
    bucket.s3.faults.add({ kind: 'answer lost' }, { when: ({ key }) => key.includes('start-1') });
    await checkBucket(bucket, 'start-1');
    expect(bucket.s3.faults.unmet()).toEqual([]);
  });

  it.each<[what: string, settings: S3ClientConfig, problem: string]>([
    [
      'the secret, if it does not match',
      { credentials: { ...sandboxCredentials, secretAccessKey: 'wrong' } },
      "credentials: AWS refuses their signature. Is the secret access key right, and this machine's clock?",
    ],
    [
      'the key id, if it is unknown',
      { credentials: { ...sandboxCredentials, accessKeyId: 'AKIAUNKNOWN000000000' } },
      'credentials: AWS does not know them. Are the access key id and, if any, the session token right?',
    ],
    ['the connection, if there is none', { endpoint: 'http://127.0.0.1:1' }, 'S3: no connection (ECONNREFUSED). '],
    [
      'the connection, if no answer comes in time',
      { requestHandler: new NodeHttpHandler({ requestTimeout: 50, throwOnRequestTimeout: true }) },
      'S3: no connection (ETIMEDOUT). ',
    ],
  ])('blames %s', async (what, settings, problem) => {
    const bucket = await startBucket(settings);
    if (what.includes('in time')) bucket.s3.faults.add({ kind: 'slow', milliseconds: 5000 }, { times: 9 });
    const problems = [expect.stringContaining(problem)];
    await expect(checkBucket(bucket, 'start-1')).rejects.toMatchObject({ problems });
  });

  it.each([
    ['AccessDenied', /^S3_BUCKET: these AWS credentials may not write to images\. Give them the policy in/],
    ['InvalidAccessKeyId', /^credentials: /],
    ['ExpiredToken', /^credentials: /],
    ['RequestTimeTooSkewed', /^credentials: /],
  ] as const)('says what to do about %s', async (code, problem) => {
    const bucket = await startBucket();
    bucket.s3.faults.add({ kind: 'error', code }, { times: 9 });
    const problems = [expect.stringMatching(problem)];
    await expect(checkBucket(bucket, 'start-1')).rejects.toMatchObject({ problems });
  });

  it('passes though its object may not be deleted', async () => {
    const bucket = await startBucket();
    const isDeletion = ({ operation }: { operation: string }) => operation === 'DeleteObject';
    bucket.s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: isDeletion });
    await checkBucket(bucket, 'start-1');
  });
});
