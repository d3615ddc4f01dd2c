import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { z } from 'zod';
import type { Log } from '../core/log.js';

export interface Bucket {
  client: S3Client;
  bucket: string;
}

export interface JsonObject {
  text: string;
  etag: string;
}

/**
 * The one place that writes records. What `schema` does not read again is not written: a record lives for years, and one
 * that nobody can read is lost. The value is written as it is, with fields that only a newer release knows.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function putJson<Value>(
  { client, bucket }: Bucket,
  key: string,
  schema: z.ZodType<Value>,
  value: Value,
  condition: { IfNoneMatch: '*' } | { IfMatch: string } | Record<string, never> = {},
): Promise<string> {
  const text = JSON.stringify(value);
  const readBack = schema.safeParse(parseJson(text));
  if (!readBack.success)
    throw new Error(`${key} would be unreadable, so it was not written.`, { cause: readBack.error });
  const { ETag } = await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: Buffer.from(text),
      ContentType: 'application/json',
      ...condition,
    }),
  );
  if (!ETag) throw new Error('The bucket answered a write without an ETag.');
  return ETag;
}

/** S3 asks to try again where two requests met (409); that nobody wrote is seen by then. */
const maxCreations = 3;

/**
 * Writes a JSON object under a key that is never used twice: one that is there already is our own write, made again after
 * its answer was lost. Answers its etag.
 */
export async function createJson<Value>(
  bucket: Bucket,
  key: string,
  schema: z.ZodType<Value>,
  value: Value,
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await putJson(bucket, key, schema, value, { IfNoneMatch: '*' });
    } catch (error) {
      const written = isWriteLost(error) ? await getJson(bucket, key) : undefined;
      if (written) return written.etag;
      if (!isWriteLost(error) || attempt === maxCreations) throw error;
    }
  }
}

/** Another writer was first: 412 by the condition, 409 where two raced; 404 where what was to be replaced is gone. */
const lostStatuses: readonly (number | undefined)[] = [404, 409, 412];

export function isWriteLost(error: unknown): boolean {
  return error instanceof S3ServiceException && lostStatuses.includes(error.$metadata.httpStatusCode);
}

/** undefined where there is no such object. */
export async function getJson({ client, bucket }: Bucket, key: string): Promise<JsonObject | undefined> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!ETag) throw new Error('The bucket answered a read without an ETag.');
    return { text: (await Body?.transformToString()) ?? '', etag: ETag };
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** Fails in words that quote nothing: those of `JSON.parse` hold a piece of the text, which may be what somebody wrote. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The text is no JSON.');
  }
}

/** For what can be done without: undefined where there is no such object, or none that can be read, which is logged. */
export async function loadJson<Value>(
  bucket: Bucket,
  key: string,
  schema: z.ZodType<Value>,
  log: Log,
): Promise<Value | undefined> {
  const object = await getJson(bucket, key);
  try {
    return object && schema.parse(parseJson(object.text));
  } catch (error) {
    log.warn('object in the bucket cannot be read', { key, error });
    return undefined;
  }
}
