import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { ConfigurationError } from '../core/errors.js';

const canaryKey = 'imagine-conditional-write-check';

/**
 * Makes sure at start that the bucket is there, is ours to write, and refuses a write whose condition does not hold:
 * without that, two clicks could both win. The canary object stays, so that one request tells from the second start on.
 * @throws ConfigurationError for what a person has to mend; other failures as they came
 */
export async function checkBucket({ client, bucket }: { client: S3Client; bucket: string }): Promise<void> {
  const isFirstStart = await writeCanary(client, bucket);
  if (isFirstStart && (await writeCanary(client, bucket))) {
    throw new ConfigurationError([
      `S3_BUCKET: the server behind ${bucket} ignores conditional writes (If-None-Match), so two clicks could both win. Use Amazon S3, or a server that has them.`,
    ]);
  }
}

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

/** False where the bucket refused to write over the canary, as it should. */
async function writeCanary(client: S3Client, bucket: string): Promise<boolean> {
  const command = new PutObjectCommand({ Bucket: bucket, Key: canaryKey, Body: 'ok\n', IfNoneMatch: '*' });
  try {
    await client.send(command);
    return true;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    if (error.name === 'PreconditionFailed') return false;
    const problem = explainBucketError(error, bucket);
    throw problem === undefined ? error : new ConfigurationError([problem]);
  }
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
    '403',
    (bucket) =>
      `S3_BUCKET: these AWS credentials may not write to ${bucket}. Give them the policy that the README shows.`,
  ],
  ['301', (bucket) => `AWS_REGION: the bucket ${bucket} is in another Region. Set AWS_REGION to the bucket's.`],
  [
    '501',
    (bucket) =>
      `S3_BUCKET: the server behind ${bucket} has no conditional writes (If-None-Match). Use Amazon S3, or a server that has them.`,
  ],
]);
