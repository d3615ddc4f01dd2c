import {
  GetObjectCommand,
  NoSuchBucket,
  NoSuchKey,
  PutObjectTaggingCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import { networkCodeOf, noConnection } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import { type Bucket, type Condition, putJson, removeObject } from './records.js';
import { explainCredentials, isDenied } from './refusals.js';

/**
 * Makes sure at start that the bucket exists, can be written, and honors both conditions of writes, both ways: with one
 * ignored, two clicks could both win; with one never met, a posted batch would wait forever for its record.
 * With `tagsImages`, also that objects may be tagged: without that right, every image would fail when it is stored.
 * @param startId names objects of this start alone, so that processes that start together do not disturb each other
 * @throws ConfigurationError for what the operator has to fix; other failures as they came
 */
export async function checkBucket(access: Bucket, startId: string, tagsImages = false): Promise<void> {
  const key = `imagine-conditional-write-check-${startId}`;
  try {
    // The SDK repeats a write whose answer was lost, and the repetition is refused: only two faults in a row count.
    const fault = (await findFault(access, key)) && (await findFault(access, `${key}-2`));
    if (fault) throw new ConfigurationError([fault]);
    if (tagsImages) await tryTag(access, `${key}-tag`);
  } catch (error) {
    const code = networkCodeOf(error);
    const ofBucket = code === undefined ? explainBucketError(error, access.bucket) : noConnection('S3', code);
    const problem = explainCredentials(error) ?? ofBucket;
    throw problem === undefined ? error : new ConfigurationError([problem]);
  }
}

async function findFault(access: Bucket, key: string): Promise<string | undefined> {
  const { etag, fault } = await probeIfNoneMatch(access, key);
  if (etag === undefined) return fault;
  const found = fault ?? (await probeIfMatch(access, key, etag)).fault;
  await removeObject(access, key).catch(() => undefined); // the doctor reports a missing permission
  return found;
}

async function tryTag({ client, bucket }: Bucket, key: string): Promise<void> {
  await putJson({ client, bucket }, key, z.object({}), {}, { IfNoneMatch: '*' });
  try {
    const Tagging = { TagSet: [{ Key: 'imagine', Value: 'picked' }] };
    await client.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: key, Tagging }));
  } catch (error) {
    const problem = 'TAG_IMAGES: these AWS credentials lack s3:PutObjectTagging. Allow it, or set TAG_IMAGES=off.';
    throw isDenied(error) ? new ConfigurationError([problem]) : error;
  } finally {
    await removeObject({ client, bucket }, key).catch(() => undefined);
  }
}

/** Creates an object under a new key, and tries to create it again. */
export function probeIfNoneMatch(access: Bucket, key: string) {
  return probe(access, key, { IfNoneMatch: '*' }, { IfNoneMatch: '*' });
}

/** Replaces an object, and tries to replace what is not there. */
export function probeIfMatch(access: Bucket, key: string, etag: string) {
  return probe(access, key, { IfMatch: etag }, { IfMatch: '"00000000000000000000000000000000"' });
}

/** Writes by a condition that holds, then by one that does not. */
async function probe(access: Bucket, key: string, holding: Condition, failing: Condition) {
  const etag = await putIf(access, key, holding);
  if (etag === undefined) {
    const refuses = `refuses every conditional write (${headerOf(holding)}), so nothing could be recorded.`;
    return { fault: serverFault(access, refuses) };
  }
  if ((await putIf(access, key, failing)) === undefined) return { etag };
  const ignores = `ignores conditional writes (${headerOf(failing)}), so two clicks could both win.`;
  return { etag, fault: serverFault(access, ignores) };
}

/** What the object of a probe holds. */
export const probeBody = '{}';

/** undefined if the bucket refused the write, by the condition or because another write was under way. */
async function putIf(access: Bucket, key: string, condition: Condition): Promise<string | undefined> {
  try {
    return await putJson(access, key, z.object({}), {}, condition);
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === 409 || status === 412) return undefined;
    if (status !== 501) throw error;
    throw new ConfigurationError([serverFault(access, `has no conditional writes (${headerOf(condition)}).`)]);
  }
}

const headerOf = (condition: Condition): string => ('IfMatch' in condition ? 'If-Match' : 'If-None-Match');

const serverFault = ({ bucket }: Bucket, fault: string): string =>
  `S3_BUCKET: the server behind ${bucket} ${fault} Use Amazon S3, or a server that has them.`;

/** Whether the bucket answers a read; a sentence if it does not. That there is no such object is an answer. */
export async function tryBucket({ client, bucket }: Bucket, abortSignal: AbortSignal): Promise<string | undefined> {
  try {
    await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'imagine-readiness-check' }), { abortSignal });
    return undefined;
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    if (abortSignal.aborted) return `bucket: ${bucket} did not answer in time`;
    return `bucket: reading from ${bucket} ended with ${error instanceof Error ? error.name : 'unknown'}`;
  }
}

/** What to do about an error of S3, if we know. */
export function explainBucketError(error: unknown, bucket: string): string | undefined {
  if (error instanceof NoSuchBucket) {
    return `S3_BUCKET: there is no bucket ${bucket}. Create it, or correct the name.`;
  }
  if (isDenied(error)) {
    return `S3_BUCKET: these AWS credentials may not write to ${bucket}. Give them the policy in docs/setup.md.`;
  }
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 301) {
    return `AWS_REGION: the bucket ${bucket} is in another Region. Set AWS_REGION to the bucket's.`;
  }
  return undefined;
}
