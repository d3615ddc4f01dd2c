import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { explainBucketError, probeIfMatch, probeIfNoneMatch } from '../aws/check-bucket.js';
import { type CheckResult, fix, ok } from '../core/check-result.js';
import { type AwsCheck, createAwsCheck, runCheck } from './check.js';
import { type BucketAccess, createLinkCheck } from './links-check.js';

/** Everything that the app needs of its bucket, tried on one small object, which is deleted again. */
export async function checkBucketAccess(access: BucketAccess): Promise<readonly CheckResult[]> {
  const [listed, tried] = await Promise.all([checkListing(access), checkObject(access)]);
  return [...tried, ...listed];
}

async function checkObject(access: BucketAccess): Promise<readonly CheckResult[]> {
  const { client, bucket, canaryKey: key } = access;
  let etag: string | undefined;
  const created = await check(access, 's3:PutObject', async (abortSignal) => {
    const probe = await probeIfNoneMatch(access, key, abortSignal);
    etag = probe.etag;
    return [ok(`bucket: ${bucket} can be written to`), judge('If-None-Match', probe.fault)];
  });
  if (etag === undefined) return created.filter(({ kind }) => kind === 'fix');
  const givenEtag = etag;
  const results = await Promise.all([
    // S3 wants the right to read for it
    check(access, 's3:GetObject', async (abortSignal) => [
      judge('If-Match', await probeIfMatch(access, key, givenEtag, abortSignal)),
    ]),
    runCheck(createLinkCheck(access)),
  ]);
  // Without permission to delete, job records and drafts would stay.
  const deleted = await check(access, 's3:DeleteObject', async (abortSignal) => {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
    return [ok('bucket: the object of this check is deleted again')];
  });
  return [...created, ...results.flat(), ...deleted];
}

function judge(header: string, fault: string | undefined): CheckResult {
  return fault === undefined ? ok(`bucket: a write whose condition does not hold is refused (${header})`) : fix(fault);
}

/** Without the right to list, S3 answers 403 for what is not there: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
function checkListing(access: BucketAccess): Promise<readonly CheckResult[]> {
  const { client, bucket: Bucket } = access;
  const resource = `arn:aws:s3:::${Bucket}`;
  return check(
    access,
    's3:ListBucket',
    async (abortSignal) => {
      await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }), { abortSignal });
      return [ok('bucket: it can be listed, so what is missing is told from what is forbidden')];
    },
    resource,
  );
}

function check(
  { bucket }: BucketAccess,
  action: string,
  run: AwsCheck['run'],
  resource = `arn:aws:s3:::${bucket}/*`,
): Promise<readonly CheckResult[]> {
  const explain = (error: Error) => {
    const problem = explainBucketError(error, bucket);
    return problem === undefined ? undefined : fix(problem);
  };
  return runCheck(createAwsCheck({ subject: 'bucket', permission: { action, resource }, explain, run }));
}
