import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { networkCodeOf, noConnection } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import type { Bucket } from './records.js';
import { explainCredentials } from './refusals.js';

/** Stays in the bucket: readiness is judged by reading it. */
const canaryKey = 'imagine-conditional-write-check';
const otherEtag = '"00000000000000000000000000000000"';

type Condition = { IfNoneMatch: '*' } | { IfMatch: string };

/**
 * Makes sure at start that the bucket is there, is ours to write, and keeps to both conditions of writes, both ways: with
 * one ignored, two clicks could both win; with one never met, a posted batch would wait forever for its record.
 * @param startId names an object of this start alone, so that processes that start together do not disturb each other
 * @throws ConfigurationError for what a person has to mend; other failures as they came
 */
export async function checkBucket(access: Bucket, startId: string): Promise<void> {
  try {
    await putIf(access, canaryKey, { IfNoneMatch: '*' });
    // The SDK repeats a write whose answer was lost, and the second is refused by the first: only two faults in a row count.
    const fault =
      (await findFault(access, `${canaryKey}-${startId}`)) && (await findFault(access, `${canaryKey}-${startId}-2`));
    if (fault) throw new ConfigurationError([fault]);
  } catch (error) {
    const problem = error instanceof Error ? explainStart(error, access.bucket) : undefined;
    throw problem === undefined ? error : new ConfigurationError([problem]);
  }
}

async function findFault(access: Bucket, key: string): Promise<string | undefined> {
  const { client, bucket: Bucket } = access;
  const etag = await putIf(access, key, { IfNoneMatch: '*' });
  if (etag === undefined) return refuses(access, 'If-None-Match');
  const again = await putIf(access, key, { IfNoneMatch: '*' });
  if (again !== undefined) return ignores(access, 'If-None-Match');
  const other = await putIf(access, key, { IfMatch: otherEtag });
  if (other !== undefined) return ignores(access, 'If-Match');
  if ((await putIf(access, key, { IfMatch: etag })) === undefined) return refuses(access, 'If-Match');
  await client.send(new DeleteObjectCommand({ Bucket, Key: key })).catch(() => undefined); // the doctor tells of a missing right
  return undefined;
}

/** undefined if the bucket refused to write, by the condition or because another write was under way. */
async function putIf(
  { client, bucket: Bucket }: Bucket,
  key: string,
  condition: Condition,
): Promise<string | undefined> {
  try {
    const { ETag = '' } = await client.send(new PutObjectCommand({ Bucket, Key: key, Body: 'ok\n', ...condition }));
    return ETag;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    const status = error.$metadata.httpStatusCode;
    if (status === 409 || status === 412) return undefined;
    if (status !== 501) throw error;
    const header = 'IfMatch' in condition ? 'If-Match' : 'If-None-Match';
    throw new ConfigurationError([serverFault(Bucket, `has no conditional writes (${header}).`)]);
  }
}

const ignores = ({ bucket }: Bucket, header: string): string =>
  serverFault(bucket, `ignores conditional writes (${header}), so two clicks could both win.`);

const refuses = ({ bucket }: Bucket, header: string): string =>
  serverFault(bucket, `refuses every conditional write (${header}), so nothing could be recorded.`);

const serverFault = (bucket: string, fault: string): string =>
  `S3_BUCKET: the server behind ${bucket} ${fault} Use Amazon S3, or a server that has them.`;

/** Whether the bucket answers: a sentence where it does not. What is read is there since the first start. */
export async function tryBucket(
  { client, bucket }: { client: S3Client; bucket: string },
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: canaryKey }), { abortSignal });
    await Body?.transformToByteArray();
    return undefined;
  } catch (error) {
    if (abortSignal.aborted) return `bucket: ${bucket} did not answer in time`;
    const name = error instanceof Error ? error.name : 'unknown';
    return `bucket: reading from ${bucket} ended with ${name}`;
  }
}

function explainStart(error: Error, bucket: string): string | undefined {
  const credentials = explainCredentials(error);
  if (credentials) return credentials.text;
  const code = networkCodeOf(error);
  return code ? noConnection('S3', code) : explainBucketError(error, bucket);
}

/** What to do about an error of S3; undefined where nobody knows. */
export function explainBucketError(error: Error, bucket: string): string | undefined {
  if (!(error instanceof S3ServiceException)) return undefined;
  const problem = problems.get(error.name) ?? problems.get(String(error.$metadata.httpStatusCode));
  return problem?.(bucket);
}

const problems: ReadonlyMap<string, (bucket: string) => string> = new Map([
  ['NoSuchBucket', (bucket) => `S3_BUCKET: there is no bucket ${bucket}. Make it, or correct the name.`],
  [
    'AccessDenied',
    (bucket) => `S3_BUCKET: these AWS credentials may not write to ${bucket}. Give them the policy in docs/setup.md.`,
  ],
  ['301', (bucket) => `AWS_REGION: the bucket ${bucket} is in another Region. Set AWS_REGION to the bucket's.`],
]);
