import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { bucket as Bucket, s3Client, startBucket } from './stand-ins.js';

const put = (input: Partial<PutObjectCommandInput> = {}) =>
  new PutObjectCommand({ Bucket, Key: 'a', Body: 'x'.repeat(1000), ...input });

const tagIt = (Key: string, value = 'picked') =>
  new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [{ Key: 'imagine', Value: value }] } });

async function start() {
  const s3 = await startBucket();
  return { s3, client: s3Client(s3) };
}

describe('objects', () => {
  it('come back with the bytes, the type and the metadata that were put, under any key', async () => {
    const { s3, client } = await start();
    const Key = "a b+c/狐 (1)'*!.png";
    const Body = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 128]);
    await client.send(put({ Key, Body, ContentType: 'image/png', Metadata: { seed: '42' } }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body);
    const told = { ContentType: 'image/png', Metadata: { seed: '42' }, ContentLength: 7 };
    expect(got).toMatchObject(told);
    expect(await client.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject(told);
    expect(s3.objects(Bucket)).toMatchObject([{ key: Key, contentType: 'image/png', size: 7 }]);
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(s3.objects(Bucket)).toEqual([]);
  });

  const object = { Bucket, Key: 'b' };
  const refused: [what: string, name: string, send: (client: S3Client) => Promise<unknown>][] = [
    ['a checksum of another body', 'BadDigest', (client) => client.send(put({ ChecksumCRC32: 'AAAAAA==' }))],
    ['a key of more than 1024 bytes', 'KeyTooLongError', (client) => client.send(put({ Key: 'é'.repeat(513) }))],
    ['an unknown bucket', 'NoSuchBucket', (client) => client.send(put({ Bucket: 'other' }))],
    ['a missing object', 'NoSuchKey', (client) => client.send(new GetObjectCommand(object))],
    ['a HEAD of a missing object', 'NotFound', (client) => client.send(new HeadObjectCommand(object))],
    ['copies', 'NotImplemented', (client) => client.send(new CopyObjectCommand({ ...object, CopySource: 'a' }))],
    ['a header it does not know', 'NotImplemented', (client) => client.send(put({ ACL: 'private' }))],
    ['a tag twice', 'InvalidTag', (client) => client.send(put({ Tagging: 'kept=yes&kept=no' }))],
    ['tags of a missing object', 'NoSuchKey', (client) => client.send(tagIt('b'))],
    ['a range', 'NotImplemented', (client) => client.send(new GetObjectCommand({ ...object, Range: 'bytes=0-1' }))],
  ];

  it.each(refused)('refuse %s', async (_what, name, send) => {
    await expect(send((await start()).client)).rejects.toMatchObject({ name });
  });
});

describe('buckets', () => {
  it('are created once, in the Region of the stand-in', async () => {
    const { s3, client } = await start();
    await client.send(new CreateBucketCommand({ Bucket: 'new-images' }));
    expect(s3.buckets()).toEqual([Bucket, 'new-images']);
    const again = client.send(new CreateBucketCommand({ Bucket: 'new-images' }));
    await expect(again).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
    const elsewhere = { Bucket: 'other', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } } as const;
    const refused = client.send(new CreateBucketCommand(elsewhere));
    await expect(refused).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' });
    expect(s3.buckets()).toEqual([Bucket, 'new-images']);
  });

  it('lose what the tags of their lifecycle rules name once it is old enough', async () => {
    const { s3, client } = await start();
    const Filter = { Tag: { Key: 'imagine', Value: 'unpicked' } };
    const rule = { ID: 'expire', Status: 'Enabled', Filter, Expiration: { Days: 30 } } as const;
    const LifecycleConfiguration = { Rules: [rule] };
    await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
    for (const Key of ['a', 'b']) await client.send(put({ Key, Tagging: 'imagine=unpicked' }));
    await client.send(put({ Key: 'c' }));
    await client.send(tagIt('b'));
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    s3.applyLifecycle(Bucket, inDays(29));
    expect(s3.objects(Bucket)).toHaveLength(3);
    s3.applyLifecycle(Bucket, inDays(31));
    expect(s3.objects(Bucket).map(({ key, tags }) => [key, tags])).toEqual([
      ['b', { imagine: 'picked' }],
      ['c', {}],
    ]);
  });
});

describe('conditional writes', () => {
  it('let only the first of two creations win', async () => {
    const { client } = await start();
    const results = await Promise.allSettled([1, 2].map(() => client.send(put({ IfNoneMatch: '*' }))));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find((result) => result.status === 'rejected');
    expect(lost?.reason).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
  });

  it('replace the version that they name and no other', async () => {
    const { s3, client } = await start();
    const { ETag } = await client.send(put({ Body: '1' }));
    await client.send(put({ Body: '2', IfMatch: ETag }));
    await expect(client.send(put({ Body: '3', IfMatch: ETag }))).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(client.send(put({ Key: 'b', IfMatch: ETag }))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(client.send(put({ IfNoneMatch: ETag }))).rejects.toMatchObject({ name: 'NotImplemented' });
    expect(s3.object(Bucket, 'a')?.bytes.toString()).toBe('2');
  });
});

it('lists every key and folder once, over pages of any size', async () => {
  const { client } = await start();
  for (const Key of ['a', 'a/1', 'a/2', 'b/&<1>', 'b/2', 'é', '狐/1', '😀']) await client.send(put({ Key }));
  for (const MaxKeys of [1, 2, 3, 9]) {
    const names: (string | undefined)[] = [];
    for await (const page of paginateListObjectsV2({ client }, { Bucket, Delimiter: '/', MaxKeys })) {
      expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
      names.push(...(page.Contents ?? []).map(({ Key }) => Key));
      names.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
    }
    expect(names.sort()).toEqual(['a', 'a/', 'b/', 'é', '狐/', '😀'].sort());
  }
  const listed = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', MaxKeys: 5000 }));
  expect(listed).toMatchObject({ KeyCount: 2, MaxKeys: 1000, IsTruncated: false, Prefix: 'a/' });
  expect(listed.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2']);
});

describe('faults', () => {
  it.each([
    ['reset', []],
    ['answer lost', ['a']],
  ] as const)('%s: leaves %j in the bucket', async (kind, keys) => {
    const { s3, client } = await start();
    s3.faults.add({ kind });
    await expect(client.send(put())).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(s3.objects(Bucket).map(({ key }) => key)).toEqual(keys);
  });

  it('cut an answer in the middle of its bytes', async () => {
    const { s3, client } = await start();
    await client.send(put());
    s3.faults.add({ kind: 'answer cut' });
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    await expect(got.Body?.transformToByteArray()).rejects.toThrow('aborted');
  });

  it('are met by the requests that they are for, and logged without keys or signatures', async () => {
    const wireLog = createWireLog();
    const s3 = await startBucket({ wireLog });
    s3.faults.add({ kind: 'error', code: 'SlowDown' }, { when: ({ key }) => key === 'b' });
    await s3Client(s3, { maxAttempts: 2 }).send(put());
    await s3Client(s3, { maxAttempts: 2 }).send(put({ Key: 'b' }));
    const told = { service: 's3', direction: 'in', operation: 'PutObject' };
    expect(wireLog.entries()).toMatchObject([
      { ...told, status: 200, detail: { bucket: Bucket, key: 'a', presigned: false } },
      { ...told, status: 503, detail: { key: 'b', error: 'SlowDown' } },
      { ...told, status: 200, detail: { key: 'b' } },
    ]);
    expect(JSON.stringify([wireLog.entries(), s3.requests()])).not.toMatch(/AKIA|Signature|authorization/);
  });
});
