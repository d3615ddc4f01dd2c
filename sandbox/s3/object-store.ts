import { createHash } from 'node:crypto';
import { S3Error } from './s3-error.js';

export interface StoredObject {
  key: string;
  bytes: Buffer;
  size: number;
  contentType: string;
  /** The entity tag in its quotes, as it is on the wire. */
  etag: string;
  lastModified: Date;
  /** Without the `x-amz-meta-` before each name. */
  metadata: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
}

export type Bucket = ReturnType<typeof createBucket>;

export type ObjectStore = ReturnType<typeof createObjectStore>;

/** What a bucket is configured with, each by one operation. */
export interface BucketSettings {
  /** Documents as they came. */
  publicAccessBlock?: string;
  encryption?: string;
  policy?: string;
  lifecycle?: string;
}

export function createObjectStore(names: readonly string[]) {
  const buckets = new Map(names.map((name) => [name, createBucket(name)]));
  return {
    /** Throws NoSuchBucket. */
    find(name: string): Bucket {
      const bucket = buckets.get(name);
      if (!bucket) throw new S3Error('NoSuchBucket', { BucketName: name });
      return bucket;
    },
    create(name: string): void {
      if (buckets.has(name)) throw new S3Error('BucketAlreadyOwnedByYou', { BucketName: name });
      buckets.set(name, createBucket(name));
    },
    names: () => [...buckets.keys()],
  };
}

function createBucket(name: string) {
  const objects = new Map<string, StoredObject>();
  const settings: BucketSettings = {};
  return {
    name,
    settings,
    put(object: Omit<StoredObject, 'etag' | 'size'>): StoredObject {
      const etag = `"${createHash('md5').update(object.bytes).digest('hex')}"`;
      const stored = { ...object, etag, size: object.bytes.length };
      objects.set(object.key, stored);
      return stored;
    },
    get: (key: string) => objects.get(key),
    delete: (key: string) => void objects.delete(key),
    /** In the order of their keys' UTF-8 bytes, as S3 lists them. */
    all: () => [...objects.values()].sort((one, other) => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key))),
  };
}
