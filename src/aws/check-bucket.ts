import {
  AccessDenied,
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchBucket,
  NoSuchKey,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { networkCodeOf, noConnection } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import { redact } from '../observability/log.js';
import type { Bucket } from './records.js';

/**
 * Makes sure at start that the bucket exists, can be written, and honors both conditions of writes, both ways: with one
 * ignored, two clicks could both win; with one never met, a posted batch would wait forever for its record.
 * @param startId names objects of this start alone, so that processes that start together do not disturb each other
 * @throws ConfigurationError for what the operator has to fix; other failures as they came
 */
export async function checkBucket(access: Bucket, startId: string): Promise<void> {
  const key = `imagine-conditional-write-check-${startId}`;
  try {
    // The SDK repeats a write whose answer was lost, and the repetition is refused: only two faults in a row count.
    const fault = (await findFault(access, key)) && (await findFault(access, `${key}-2`));
    if (fault) throw new ConfigurationError([fault]);
  } catch (error) {
    const problem = error instanceof Error ? explainStart(error, access.bucket) : undefined;
    throw problem === undefined ? error : new ConfigurationError([problem]);
  }
}

async function findFault(access: Bucket, key: string): Promise<string | undefined> {
  const { etag, fault } = await probeIfNoneMatch(access, key);
  if (etag === undefined) return fault;
  const found = fault ?? (await probeIfMatch(access, key, etag));
  const deletion = new DeleteObjectCommand({ Bucket: access.bucket, Key: key });
  await access.client.send(deletion).catch(() => undefined); // the doctor reports a missing permission
  return found;
}

/** Creates an object under a new key, and tries to create it again. */
export async function probeIfNoneMatch(access: Bucket, key: string, abortSignal?: AbortSignal) {
  const create = () => putIf(access, key, { IfNoneMatch: '*' }, abortSignal);
  const etag = await create();
  if (etag === undefined) return { fault: refuses(access, 'If-None-Match') };
  return { etag, fault: (await create()) === undefined ? undefined : ignores(access, 'If-None-Match') };
}

/** Replaces an object, and tries to replace what is not there. */
export async function probeIfMatch(access: Bucket, key: string, etag: string, abortSignal?: AbortSignal) {
  const replace = (IfMatch: string) => putIf(access, key, { IfMatch }, abortSignal);
  if ((await replace('"00000000000000000000000000000000"')) !== undefined) return ignores(access, 'If-Match');
  return (await replace(etag)) === undefined ? refuses(access, 'If-Match') : undefined;
}

export const probeBody = 'ok\n';

/** undefined if the bucket refused the write, by the condition or because another write was under way. */
async function putIf(
  { client, bucket }: Bucket,
  Key: string,
  condition: { IfNoneMatch: '*' } | { IfMatch: string },
  abortSignal: AbortSignal | undefined,
): Promise<string | undefined> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key,
    Body: probeBody,
    ContentType: 'text/plain',
    ...condition,
  });
  try {
    const { ETag = '' } = await client.send(command, abortSignal && { abortSignal });
    return ETag;
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === 409 || status === 412) return undefined;
    if (status !== 501) throw error;
    const header = 'IfMatch' in condition ? 'If-Match' : 'If-None-Match';
    throw new ConfigurationError([serverFault(bucket, `has no conditional writes (${header}).`)]);
  }
}

const ignores = ({ bucket }: Bucket, header: string): string =>
  serverFault(bucket, `ignores conditional writes (${header}), so two clicks could both win.`);

const refuses = ({ bucket }: Bucket, header: string): string =>
  serverFault(bucket, `refuses every conditional write (${header}), so nothing could be recorded.`);

const serverFault = (bucket: string, fault: string): string =>
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

function explainStart(error: Error, bucket: string): string | undefined {
  const code = networkCodeOf(error);
  return (
    explainCredentials(error) ?? (code === undefined ? explainBucketError(error, bucket) : noConnection('S3', code))
  );
}

/** What to do about an error of S3, if we know. */
export function explainBucketError(error: Error, bucket: string): string | undefined {
  if (error instanceof NoSuchBucket) {
    return `S3_BUCKET: there is no bucket ${bucket}. Create it, or correct the name.`;
  }
  if (error instanceof AccessDenied) {
    return `S3_BUCKET: these AWS credentials may not write to ${bucket}. Give them the policy in docs/setup.md.`;
  }
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 301) {
    return `AWS_REGION: the bucket ${bucket} is in another Region. Set AWS_REGION to the bucket's.`;
  }
  return undefined;
}

const unknownCredentials = 'AWS does not know them. Are the access key id and, if any, the session token right?';
const wrongSignature = "AWS refuses their signature. Is the secret access key right, and this machine's clock?";
const expired = 'they have expired. Sign in again, or run the app with a role that renews them.';

/** S3's codes and those of the JSON services: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and CommonErrors of the others. */
const credentialProblems: Readonly<Record<string, string>> = {
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  InvalidAccessKeyId: unknownCredentials,
  InvalidClientTokenId: unknownCredentials,
  InvalidToken: unknownCredentials,
  UnrecognizedClientException: unknownCredentials,
  SignatureDoesNotMatch: wrongSignature,
  InvalidSignatureException: wrongSignature,
  RequestTimeTooSkewed: wrongSignature,
};

/** What to do about credentials that AWS refuses, by any of its services. */
export function explainCredentials({ name, message }: Error): string | undefined {
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    const advice = 'Set AWS_PROFILE, or access keys, or run where a role is given.';
    return `credentials: the AWS SDK finds none. ${advice} It says: ${redact(message)}`;
  }
  const problem = credentialProblems[name];
  return problem === undefined ? undefined : `credentials: ${problem}`;
}
