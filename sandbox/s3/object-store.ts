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
}

export type Bucket = ReturnType<typeof createBucket>;

/** Finds a bucket by its name; throws NoSuchBucket. */
export function createObjectStore(names: readonly string[]): (name: string) => Bucket {
  const buckets = new Map(names.map((name) => [name, createBucket(name)]));
  return (name) => {
    const bucket = buckets.get(name);
    if (!bucket) throw new S3Error('NoSuchBucket', { BucketName: name });
    return bucket;
  };
}

function createBucket(name: string) {
  const objects = new Map<string, StoredObject>();
  return {
    name,
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
