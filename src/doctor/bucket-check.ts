import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { explainBucketError } from '../aws/check-bucket.js';
import { createAwsCheck } from '../aws/refusals.js';
import { type Check, type CheckResult, fix, ok, type RunCheck } from '../core/check-result.js';
import { type BucketAccess, canaryBody, canaryKey, createLinkCheck } from './links-check.js';

/** Everything that the app needs of its bucket, tried on one small object, which is deleted again. */
export async function examineBucket(access: BucketAccess, run: RunCheck): Promise<readonly CheckResult[]> {
  const [listed, tried] = await Promise.all([run(createListCheck(access)), examineObject(access, run)]);
  return [...tried, ...listed];
}

async function examineObject(access: BucketAccess, run: RunCheck): Promise<readonly CheckResult[]> {
  let etag = '';
  const written = await run(createWriteCheck(access, (given) => (etag = given)));
  if (written.some(({ kind }) => kind === 'fix')) return written;
  const looks = [createIfNoneMatchCheck(access), createIfMatchCheck(access, etag), createLinkCheck(access)];
  const found = await Promise.all(looks.map(run));
  return [...written, ...found.flat(), ...(await run(createDeleteCheck(access)))];
}

type Precondition = { IfNoneMatch: '*' } | { IfMatch: string };

const put = ({ bucket: Bucket }: BucketAccess, condition?: Precondition) =>
  new PutObjectCommand({ Bucket, Key: canaryKey, Body: canaryBody, ContentType: 'text/plain', ...condition });

const explainIn =
  ({ bucket }: BucketAccess) =>
  (error: Error): CheckResult | undefined => {
    const problem = explainBucketError(error, bucket);
    return problem === undefined ? undefined : fix(problem);
  };

const inBucket = ({ bucket }: BucketAccess) => `arn:aws:s3:::${bucket}/*`;

function createWriteCheck(access: BucketAccess, keepEtag: (etag: string) => void): Check {
  return createAwsCheck({
    subject: 'bucket',
    permission: { action: 's3:PutObject', resource: inBucket(access) },
    explain: explainIn(access),
    async look(abortSignal) {
      const { ETag = '' } = await access.client.send(put(access), { abortSignal });
      keepEtag(ETag);
      return [ok(`bucket: ${access.bucket} can be written to`)];
    },
  });
}

function createIfNoneMatchCheck(access: BucketAccess): Check {
  return createConditionCheck(access, 'If-None-Match', 's3:PutObject', async (abortSignal) => [
    await isRefused(access, { IfNoneMatch: '*' }, abortSignal),
  ]);
}

/** Both ways: a server could refuse every such write. S3 wants the right to read for it. */
function createIfMatchCheck(access: BucketAccess, etag: string): Check {
  return createConditionCheck(access, 'If-Match', 's3:GetObject', async (abortSignal) => [
    await isRefused(access, { IfMatch: '"00000000000000000000000000000000"' }, abortSignal),
    !(await isRefused(access, { IfMatch: etag }, abortSignal)),
  ]);
}

function createConditionCheck(
  access: BucketAccess,
  header: string,
  action: string,
  asWanted: (abortSignal: AbortSignal) => Promise<boolean[]>,
): Check {
  const lacking = `so two clicks could both win. Use Amazon S3, or a server that has conditional writes.`;
  return createAwsCheck({
    subject: 'bucket',
    permission: { action, resource: inBucket(access) },
    explain: ({ name }) =>
      name === 'NotImplemented' ? fix(`bucket: the server has no ${header}, ${lacking}`) : undefined,
    async look(abortSignal) {
      const isKept = (await asWanted(abortSignal)).every((isRight) => isRight);
      if (isKept) return [ok(`bucket: a write whose condition does not hold is refused (${header})`)];
      return [fix(`bucket: the server does not keep to ${header}, ${lacking}`)];
    },
  });
}

async function isRefused(access: BucketAccess, condition: Precondition, abortSignal: AbortSignal): Promise<boolean> {
  try {
    await access.client.send(put(access, condition), { abortSignal });
    return false;
  } catch (error) {
    if (error instanceof Error && error.name === 'PreconditionFailed') return true;
    throw error;
  }
}

/** Without the right to list, S3 answers 403 for what is not there: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
function createListCheck(access: BucketAccess): Check {
  const { client, bucket: Bucket } = access;
  return createAwsCheck({
    subject: 'bucket',
    permission: { action: 's3:ListBucket', resource: `arn:aws:s3:::${Bucket}` },
    explain: explainIn(access),
    async look(abortSignal) {
      await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }), { abortSignal });
      return [ok('bucket: it can be listed, so what is missing is told from what is forbidden')];
    },
  });
}

/** Without it, markers of open work and drafts would stay. */
function createDeleteCheck(access: BucketAccess): Check {
  const { client, bucket: Bucket } = access;
  return createAwsCheck({
    subject: 'bucket',
    permission: { action: 's3:DeleteObject', resource: inBucket(access) },
    async look(abortSignal) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: canaryKey }), { abortSignal });
      return [ok('bucket: the object of this check is deleted again')];
    },
  });
}
