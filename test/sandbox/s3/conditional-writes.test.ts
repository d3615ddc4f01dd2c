import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { bucket, clientOf, sandboxS3 } from './s3-client.js';

function put(input: Partial<PutObjectCommandInput>): PutObjectCommand {
  return new PutObjectCommand({ Bucket: bucket, Key: 'batch.json', Body: '{}', ...input });
}

describe('conditional writes in the S3 stand-in', () => {
  it('lets only the first of two creations win', async () => {
    const s3 = await sandboxS3();
    const client = clientOf(s3);
    const both = ['first', 'second'].map((Body) => client.send(put({ Body, IfNoneMatch: '*' })));
    const results = await Promise.allSettled(both);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find((result) => result.status === 'rejected');
    expect(lost?.reason).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412, attempts: 1 } });
  });

  it('writes over the entity tag that it was told, and over no other', async () => {
    const s3 = await sandboxS3();
    const client = clientOf(s3);
    const { ETag } = await client.send(put({ Body: '1' }));
    const second = await client.send(put({ Body: '2', IfMatch: ETag }));
    expect(second.ETag).not.toBe(ETag);
    await expect(client.send(put({ Body: '3', IfMatch: ETag }))).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(s3.object(bucket, 'batch.json')?.bytes.toString()).toBe('2');
  });

  it('answers 404 to If-Match where there is no such key', async () => {
    const client = clientOf(await sandboxS3());
    const missing = client.send(put({ IfMatch: '"0"' }));
    await expect(missing).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
  });

  it('takes no other If-None-Match than *', async () => {
    const client = clientOf(await sandboxS3());
    await expect(client.send(put({ IfNoneMatch: '"0"' }))).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it('can be a server that refuses conditions', async () => {
    const s3 = await sandboxS3({ conditionalWrites: 'refused' });
    const refused = clientOf(s3, { maxAttempts: 1 }).send(put({ IfNoneMatch: '*' }));
    await expect(refused).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
    expect(s3.objects(bucket)).toEqual([]);
  });

  it('can be a server that overlooks conditions', async () => {
    const s3 = await sandboxS3({ conditionalWrites: 'ignored' });
    const client = clientOf(s3);
    await client.send(put({ Body: '1', IfNoneMatch: '*' }));
    await client.send(put({ Body: '2', IfNoneMatch: '*' }));
    expect(s3.object(bucket, 'batch.json')?.bytes.toString()).toBe('2');
  });

  it('can be a server whose If-Match never holds, as of Ceph 16', async () => {
    const s3 = await sandboxS3();
    s3.setConditionalWrites('never holds', 'If-Match');
    const client = clientOf(s3);
    const { ETag } = await client.send(put({ Body: '1', IfNoneMatch: '*' }));
    await expect(client.send(put({ Body: '2', IfMatch: ETag }))).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(s3.object(bucket, 'batch.json')?.bytes.toString()).toBe('1');
  });

  it('answers 409 where told that another write was under way', async () => {
    const s3 = await sandboxS3();
    s3.faults.add({ kind: 'error', code: 'ConditionalRequestConflict' });
    const conflict = clientOf(s3).send(put({ IfNoneMatch: '*' }));
    await expect(conflict).rejects.toMatchObject({ name: 'ConditionalRequestConflict', $metadata: { attempts: 1 } });
  });
});
