import type { z } from 'zod';
import { type Bucket, isWriteLost, putJson } from './json-object.js';

/** An object as it was last read or written; without an etag it is not there yet. */
export interface JsonRecord<Value> {
  value: Value;
  etag: string | undefined;
}

export interface JsonChange<Value> {
  current: JsonRecord<Value>;
  /** Answers its own input where nothing is to be written. May run more than once. */
  apply(value: Value): Value;
  /** undefined: the object is gone, and so is the sense of changing it. */
  reload(): Promise<JsonRecord<Value> | undefined>;
}

/** A race ends after as many rounds as there are writers: the clicks and images of one batch, or a few processes. */
const maxAttempts = 12;

/**
 * Reads, changes and writes on the condition that nobody wrote meanwhile; else once more on top of what they wrote.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function changeJson<Value>(
  bucket: Bucket,
  key: string,
  schema: z.ZodType<Value>,
  { current: first, apply, reload }: JsonChange<Value>,
): Promise<JsonRecord<Value>> {
  let current = first;
  for (let attempt = 1; ; attempt += 1) {
    const value = apply(current.value);
    if (value === current.value) return current;
    try {
      const condition = current.etag === undefined ? ({ IfNoneMatch: '*' } as const) : { IfMatch: current.etag };
      return { value, etag: await putJson(bucket, key, schema, value, condition) };
    } catch (error) {
      const latest = isWriteLost(error) && attempt < maxAttempts ? await reload() : undefined;
      if (!latest) throw error;
      current = latest;
    }
  }
}
