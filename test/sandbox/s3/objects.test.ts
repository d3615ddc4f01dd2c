import { Agent } from 'node:http';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { bucket, clientOf, sandboxS3 } from './s3-client.js';

const Bucket = bucket;
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 128]);

describe('objects in the S3 stand-in', () => {
  it('gives back the bytes, the type and the metadata that were put', async () => {
    const s3 = await sandboxS3({ now: () => new Date() });
    const client = clientOf(s3);
    const put = { Bucket, Key: 'T1/C1/1.png', Body: png, ContentType: 'image/png', Metadata: { seed: '42' } };
    await client.send(new PutObjectCommand(put));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'T1/C1/1.png' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(png);
    expect(got).toMatchObject({ ContentType: 'image/png', Metadata: { seed: '42' }, ContentLength: 7 });
    expect(got.ChecksumCRC32).toBe(s3.object(Bucket, 'T1/C1/1.png')?.checksums['x-amz-checksum-crc32']);
    expect(s3.objects(Bucket)).toMatchObject([{ key: 'T1/C1/1.png', contentType: 'image/png', bytes: png, size: 7 }]);
  });

  it('accepts a stream, sent in chunks with its checksum behind', async () => {
    const s3 = await sandboxS3();
    const Body = Readable.from([Buffer.from('one '), Buffer.from('two')]);
    await clientOf(s3).send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: 7 }));
    expect(s3.object(Bucket, 'stream')?.bytes.toString()).toBe('one two');
    expect(s3.object(Bucket, 'stream')?.checksums).toEqual({ 'x-amz-checksum-crc32': expect.any(String) });
  });

  it('refuses a body that is not the one of the checksum', async () => {
    const client = clientOf(await sandboxS3());
    const put = new PutObjectCommand({ Bucket, Key: 'a', Body: 'text', ChecksumCRC32: 'AAAAAA==' });
    await expect(client.send(put)).rejects.toMatchObject({ name: 'BadDigest', $metadata: { httpStatusCode: 400 } });
  });

  it('keeps keys with spaces, plus signs and characters of any script', async () => {
    const s3 = await sandboxS3();
    const client = clientOf(s3);
    const Key = "a b+c/狐 (1)'*!.png";
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    expect(s3.objects(Bucket).map((object) => object.key)).toEqual([Key]);
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(s3.objects(Bucket)).toEqual([]);
  });

  it('tells the head without the body, and 404 where there is nothing', async () => {
    const client = clientOf(await sandboxS3());
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: png }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'a' }));
    expect(head).toMatchObject({ ContentLength: 7, ContentType: 'application/octet-stream' });
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'b' }))).rejects.toMatchObject({ name: 'NotFound' });
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'b' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('answers one range of the bytes, and refuses one beyond the end', async () => {
    const client = clientOf(await sandboxS3());
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: '0123456789' }));
    const read = (Range: string) => client.send(new GetObjectCommand({ Bucket, Key: 'a', Range }));
    expect(await (await read('bytes=2-4')).Body?.transformToString()).toBe('234');
    expect(await (await read('bytes=-3')).Body?.transformToString()).toBe('789');
    expect((await read('bytes=8-')).ContentRange).toBe('bytes 8-9/10');
    await expect(read('bytes=10-12')).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('knows its buckets', async () => {
    const client = clientOf(await sandboxS3());
    await client.send(new HeadBucketCommand({ Bucket }));
    await expect(client.send(new HeadBucketCommand({ Bucket: 'other' }))).rejects.toMatchObject({ name: 'NotFound' });
    const put = new PutObjectCommand({ Bucket: 'other', Key: 'a', Body: 'x' });
    await expect(client.send(put)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('serves a bucket by its host name', async () => {
    const s3 = await sandboxS3();
    // Not every resolver knows names under localhost.
    const httpAgent = new Agent({
      lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const endpoint = s3.url.replace('127.0.0.1', 'localhost');
    const client = clientOf(s3, { endpoint, requestHandler: { httpAgent } });
    await client.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body: 'x' }));
    expect(s3.object(Bucket, 'a/b')?.bytes.toString()).toBe('x');
  });

  it('refuses keys over 1024 bytes and metadata over 2 KB', async () => {
    const client = clientOf(await sandboxS3());
    const long = new PutObjectCommand({ Bucket, Key: 'é'.repeat(513), Body: 'x' });
    await expect(client.send(long)).rejects.toMatchObject({ name: 'KeyTooLongError' });
    const heavy = new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', Metadata: { prompt: 'p'.repeat(2043) } });
    await expect(client.send(heavy)).rejects.toMatchObject({ name: 'MetadataTooLarge' });
  });

  it('says of what it does not serve that it is not implemented', async () => {
    const client = clientOf(await sandboxS3());
    const copy = new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` });
    await expect(client.send(copy)).rejects.toMatchObject({ name: 'NotImplemented' });
    const tagged = new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', Tagging: 'kept=yes' });
    await expect(client.send(tagged)).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});
