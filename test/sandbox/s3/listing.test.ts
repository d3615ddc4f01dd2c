import { ListObjectsV2Command, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucket, clientOf, sandboxS3 } from './s3-client.js';

const Bucket = bucket;

async function filled(keys: readonly string[]) {
  const client = clientOf(await sandboxS3());
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  return client;
}

describe('listing in the S3 stand-in', () => {
  it('tells keys under a prefix, and folders by a delimiter', async () => {
    const client = await filled(['T1/C1/b/1.png', 'T1/C1/b/2.png', 'T1/C1/note', 'T2/x']);
    const listed = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'T1/C1/', Delimiter: '/' }));
    expect(listed.CommonPrefixes).toEqual([{ Prefix: 'T1/C1/b/' }]);
    expect(listed.Contents).toMatchObject([{ Key: 'T1/C1/note', Size: 10 }]);
    expect(listed).toMatchObject({ KeyCount: 2, IsTruncated: false, Prefix: 'T1/C1/' });
  });

  it('begins after the key that it is told', async () => {
    const client = await filled(['a', 'b', 'c']);
    const listed = await client.send(new ListObjectsV2Command({ Bucket, StartAfter: 'a' }));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual(['b', 'c']);
  });

  it('never tells more than 1000 keys a page', async () => {
    const client = await filled(['a']);
    const listed = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 5000 }));
    expect(listed.MaxKeys).toBe(1000);
  });

  it('tells every key and folder once over pages of any size, in the order of UTF-8 bytes', async () => {
    const keys = ['a', 'a/1', 'a/2', 'b/&<1>', 'b/2', 'é', '狐/1', '😀'];
    const client = await filled(keys);
    const whole = ['a', 'a/', 'b/', 'é', '狐/', '😀'];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (MaxKeys) => {
        const pages = paginateListObjectsV2({ client }, { Bucket, Delimiter: '/', MaxKeys });
        const told: (string | undefined)[] = [];
        for await (const page of pages) {
          const names = [
            ...(page.Contents ?? []).map(({ Key }) => Key),
            ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
          ];
          expect(names.length).toBeLessThanOrEqual(MaxKeys);
          told.push(...names.sort());
        }
        expect([...told].sort()).toEqual([...whole].sort());
      }),
      { numRuns: 9 },
    );
  });
});
