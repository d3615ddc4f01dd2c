import { NodeHttpHandler } from '@smithy/node-http-handler';
import { describe, expect, it } from 'vitest';
import { sandboxCredentials } from '../../sandbox/signature/credentials.js';
import { checkBucket } from '../../src/aws/check-bucket.js';
import { freePort } from '../stories/free-port.js';
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

  it.each([
    [
      'a secret that does not match',
      { secretAccessKey: 'wrong' },
      "credentials: AWS refuses their signature. Is the secret access key right, and this machine's clock?",
    ],
    [
      'an unknown key id',
      { accessKeyId: 'AKIAUNKNOWN000000000' },
      'credentials: AWS does not know them. Are the access key id and, if any, the session token right?',
    ],
  ])('blames the credentials for %s', async (_, credentials, problem) => {
    const bucket = await startBucket({ credentials: { ...sandboxCredentials, ...credentials } });
    await expect(checkBucket(bucket, 'start-1')).rejects.toMatchObject({ problems: [problem] });
  });

  it.each(['InvalidAccessKeyId', 'ExpiredToken', 'RequestTimeTooSkewed'] as const)(
    'does not blame the policy for %s',
    async (code) => {
      const bucket = await startBucket();
      bucket.s3.faults.add({ kind: 'error', code }, { times: 9 });
      await expect(checkBucket(bucket, 'start-1')).rejects.toMatchObject({
        problems: [expect.stringMatching(/^credentials: /)],
      });
    },
  );

  it('blames the policy for a write that is denied', async () => {
    const bucket = await startBucket();
    bucket.s3.faults.add({ kind: 'error', code: 'AccessDenied' });
    await expect(checkBucket(bucket, 'start-1')).rejects.toMatchObject({
      problems: ['S3_BUCKET: these AWS credentials may not write to images. Give them the policy in docs/setup.md.'],
    });
  });

  it('names S3 if it cannot be reached', async () => {
    const bucket = await startBucket({ endpoint: `http://127.0.0.1:${await freePort()}` });
    await expect(checkBucket(bucket, 'start-1')).rejects.toMatchObject({
      problems: [
        'S3: no connection (ECONNREFUSED). Is the address or the Region right, and can this machine reach it (DNS, firewall, proxy, certificates)?',
      ],
    });
  });

  it('names S3 if it does not answer in time', async () => {
    const requestHandler = new NodeHttpHandler({ requestTimeout: 50, throwOnRequestTimeout: true });
    const bucket = await startBucket({ requestHandler });
    bucket.s3.faults.add({ kind: 'slow', milliseconds: 5000 }, { times: 9 });
    await expect(checkBucket(bucket, 'start-1')).rejects.toMatchObject({
      problems: [expect.stringMatching(/^S3: no connection \(ETIMEDOUT\)\. /)],
    });
  });

  it('passes though its object may not be deleted', async () => {
    const bucket = await startBucket();
    const isDeletion = ({ operation }: { operation: string }) => operation === 'DeleteObject';
    bucket.s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: isDeletion });
    await checkBucket(bucket, 'start-1');
  });
});
