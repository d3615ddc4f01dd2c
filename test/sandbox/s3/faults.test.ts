import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { bucket, clientOf, sandboxS3 } from './s3-client.js';

const put = (Key: string) => new PutObjectCommand({ Bucket: bucket, Key, Body: 'x'.repeat(1000) });

describe('faults of the S3 stand-in', () => {
  it('is asked again by the SDK when it says SlowDown', async () => {
    const s3 = await sandboxS3();
    s3.faults.add({ kind: 'error', code: 'SlowDown' });
    const { $metadata } = await clientOf(s3).send(put('a'));
    expect($metadata.attempts).toBe(2);
  });

  it('fails only the requests that the fault names', async () => {
    const s3 = await sandboxS3();
    s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: ({ key }) => key === 'b', times: 9 });
    const client = clientOf(s3);
    await client.send(put('a'));
    await expect(client.send(put('b'))).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(s3.objects(bucket).map(({ key }) => key)).toEqual(['a']);
  });

  it('resets the connection before anything is done', async () => {
    const s3 = await sandboxS3();
    s3.faults.add({ kind: 'reset' });
    await expect(clientOf(s3, { maxAttempts: 1 }).send(put('a'))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(s3.objects(bucket)).toEqual([]);
  });

  it('keeps what was put although the answer is lost', async () => {
    const s3 = await sandboxS3();
    s3.faults.add({ kind: 'answer lost' });
    await expect(clientOf(s3, { maxAttempts: 1 }).send(put('a'))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(s3.objects(bucket).map(({ key }) => key)).toEqual(['a']);
  });

  it('cuts an answer in the middle of its bytes', async () => {
    const s3 = await sandboxS3();
    const client = clientOf(s3);
    await client.send(put('a'));
    s3.faults.add({ kind: 'answer cut' });
    const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a' }));
    await expect(got.Body?.transformToByteArray()).rejects.toThrow('aborted');
  });

  it('answers late, and does so without keeping its process alive', async () => {
    const s3 = await sandboxS3();
    s3.faults.add({ kind: 'slow', milliseconds: 60_000 });
    const late = clientOf(s3).send(put('a'), { abortSignal: AbortSignal.timeout(50) });
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('tells the log of the wire what was asked, without keys or signatures', async () => {
    const wireLog = createWireLog();
    const s3 = await sandboxS3({ wireLog });
    await clientOf(s3).send(put('a'));
    expect(wireLog.entries().map(({ at: _when, ...entry }) => entry)).toMatchInlineSnapshot(`
      [
        {
          "detail": {
            "bucket": "images",
            "key": "a",
            "presigned": false,
          },
          "direction": "in",
          "operation": "PutObject",
          "service": "s3",
          "status": 200,
        },
      ]
    `);
    expect(JSON.stringify([wireLog.entries(), s3.requests()])).not.toMatch(/AKIA|Signature|authorization/);
  });
});
