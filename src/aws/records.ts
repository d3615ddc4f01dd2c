import { isDeepStrictEqual } from 'node:util';
import {
  type _Object,
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { z } from 'zod';
import { type Records, type Stored, UnreadableRecordError } from '../core/records.js';

export interface Bucket {
  client: S3Client;
  bucket: string;
}

/** A bucket whose objects others open by signed links. */
export interface LinkedBucket extends Bucket {
  /** Signs for the host that they reach the bucket by. */
  signingClient: S3Client;
}

export type Condition = { IfNoneMatch: '*' } | { IfMatch: string } | Record<string, never>;

/** A race ends after as many rounds as there are writers: the clicks and images of one batch, or a few processes. */
const maxAttempts = 12;

/**
 * JSON objects of one kind, written with conditional PUTs.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function createRecords<Reference, Value>(
  bucket: Bucket,
  keyOf: (reference: Reference) => string,
  schema: z.ZodType<Value>,
) {
  async function read(key: string): Promise<Stored<Value> | undefined> {
    const object = await getText(bucket, key);
    return object && { key, value: parse(schema, object.text, key), etag: object.etag };
  }

  async function write(key: string, value: Value, condition: Condition = {}): Promise<Stored<Value>> {
    return { key, value, etag: await putJson(bucket, key, schema, value, condition) };
  }

  const records = {
    load: (reference: Reference) => read(keyOf(reference)),

    /** A place for a record that may not be there yet. */
    blank: (reference: Reference, value: Value): Stored<Value> => ({ key: keyOf(reference), value, etag: undefined }),

    /** A record that is already there is our own write, repeated by the SDK after its answer was lost. */
    create(value: Value & Reference): Promise<Stored<Value>> {
      const key = keyOf(value);
      return tryWrites(
        () => write(key, value, { IfNoneMatch: '*' }),
        async () => {
          const written = await getText(bucket, key);
          return written && { key, value, etag: written.etag };
        },
      );
    },

    /** Writes whatever is there now. */
    save: (reference: Reference, value: Value) => write(keyOf(reference), value),

    change(stored: Stored<Value>, apply: (value: Value) => Value): Promise<Stored<Value>> {
      let current = stored;
      return tryWrites(
        async () => {
          const changed = apply(current.value);
          return changed === current.value ? current : write(current.key, changed, ifUnchanged(current));
        },
        async (error) => {
          const latest = await read(stored.key);
          if (!latest && stored.etag !== undefined) throw error; // it is gone, and so is the point of changing it
          current = latest ?? stored;
          return undefined;
        },
      );
    },

    /** undefined if another writer was first, or the record is gone. */
    async replace(stored: Stored<Value>, value: Value): Promise<Stored<Value> | undefined> {
      try {
        return await write(stored.key, value, ifUnchanged(stored));
      } catch (error) {
        if (!isWriteLost(error)) throw error;
        const latest = await read(stored.key).catch(undefinedIfUnreadable);
        return isDeepStrictEqual(latest?.value, value) ? latest : undefined; // our own write, whose answer was lost
      }
    },

    remove: (reference: Reference) => removeObject(bucket, keyOf(reference)),
  };
  return records satisfies Omit<Records<Reference, Value>, 'create'>;
}

function undefinedIfUnreadable(error: unknown): undefined {
  if (!(error instanceof UnreadableRecordError)) throw error;
}

/** Writes again each time another writer was first, unless `onLost` has found out what the result is. */
async function tryWrites<Value>(
  write: () => Promise<Stored<Value>>,
  onLost: (error: unknown) => Promise<Stored<Value> | undefined>,
): Promise<Stored<Value>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isWriteLost(error) || attempt === maxAttempts) throw error;
      const result = await onLost(error);
      if (result) return result;
    }
  }
}

function ifUnchanged({ etag }: Stored<unknown>): Condition {
  return etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
}

/**
 * Refuses to write what `schema` would not read again: a record lives for years, and an unreadable one is lost. The value
 * is written as it is, with fields that only a newer release knows.
 */
export async function putJson<Value>(
  { client, bucket }: Bucket,
  key: string,
  schema: z.ZodType<Value>,
  value: Value,
  condition: Condition = {},
): Promise<string> {
  const text = JSON.stringify(value);
  const { error: cause } = schema.safeParse(JSON.parse(text));
  if (cause) throw new Error(`${key} would be unreadable, so it was not written.`, { cause });
  const content = { Body: Buffer.from(text), ContentType: 'application/json' };
  const { ETag } = await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, ...content, ...condition }));
  if (!ETag) throw new Error('The bucket answered a write without an ETag.');
  return ETag;
}

/** Another writer was first: 412 by the condition, 409 if two raced, 404 if the object to replace is gone. */
function isWriteLost(error: unknown): boolean {
  return error instanceof S3ServiceException && [404, 409, 412].includes(error.$metadata.httpStatusCode ?? 0);
}

/** undefined if there is no such object. */
async function getText({ client, bucket }: Bucket, key: string): Promise<{ text: string; etag: string } | undefined> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!ETag) throw new Error('The bucket answered a read without an ETag.');
    return { text: (await Body?.transformToString()) ?? '', etag: ETag };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

function parse<Value>(schema: z.ZodType<Value>, text: string, key: string): Value {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const cause = error instanceof SyntaxError ? undefined : error; // it quotes the text, which may be what a user wrote
    const advice = 'is not a record that this version can read. If no newer version wrote it, delete it.';
    throw new UnreadableRecordError(`${key} ${advice}`, { cause });
  }
}

export async function removeObject({ client, bucket }: Bucket, key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/** Every object under a prefix, or the first `limit` of them, in one request for each thousand. */
export async function listObjects({ client, bucket }: Bucket, prefix: string, limit?: number): Promise<_Object[]> {
  const objects: _Object[] = [];
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix, ...(limit && { MaxKeys: limit }) });
  for await (const { Contents = [] } of pages) {
    objects.push(...Contents);
    if (limit && objects.length >= limit) break;
  }
  return objects;
}

/** The same, by key alone. */
export async function listKeys(bucket: Bucket, prefix: string, limit?: number): Promise<string[]> {
  return (await listObjects(bucket, prefix, limit)).map(({ Key = '' }) => Key);
}

/** The "folders" right under a prefix. */
export async function* listFolders({ client, bucket }: Bucket, prefix: string): AsyncGenerator<string> {
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix, Delimiter: '/' });
  for await (const { CommonPrefixes = [] } of pages) for (const { Prefix = '' } of CommonPrefixes) yield Prefix;
}
