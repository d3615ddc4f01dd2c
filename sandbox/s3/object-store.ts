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

export interface Bucket {
  name: string;
  put(object: Omit<StoredObject, 'etag' | 'size'>): StoredObject;
  get(key: string): StoredObject | undefined;
  delete(key: string): void;
  /** In the order of their keys' UTF-8 bytes, as S3 lists them. */
  all(): StoredObject[];
}

/** Finds a bucket by its name; throws NoSuchBucket. */
export type ObjectStore = (name: string) => Bucket;

export function createObjectStore(names: readonly string[]): ObjectStore {
  const buckets = new Map(names.map((name) => [name, createBucket(name)]));
  return (name) => {
    const bucket = buckets.get(name);
    if (!bucket) throw new S3Error('NoSuchBucket', { BucketName: name });
    return bucket;
  };
}

function createBucket(name: string): Bucket {
  const objects = new Map<string, StoredObject>();
  return {
    name,
    put(object) {
      const etag = `"${createHash('md5').update(object.bytes).digest('hex')}"`;
      const stored = { ...object, etag, size: object.bytes.length };
      objects.set(object.key, stored);
      return stored;
    },
    get: (key) => objects.get(key),
    delete: (key) => objects.delete(key),
    all: () => [...objects.values()].sort((one, other) => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key))),
  };
}
