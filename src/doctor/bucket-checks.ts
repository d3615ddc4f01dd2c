import { explainBucketError, probeIfMatch, probeIfNoneMatch } from '../aws/check-bucket.js';
import { listKeys, removeObject } from '../aws/records.js';
import { type CheckResult, fix, ok } from '../core/check-result.js';
import { type Check, type Results, runAll, runCheck } from './check.js';
import { type BucketAccess, createLinkCheck, judgeLink, signLink } from './link-checks.js';

/** Everything that the app needs of its bucket, tried on one small object, which is deleted again. */
export async function checkBucketAccess(access: BucketAccess): Promise<Results> {
  const [tried, listed] = await Promise.all([checkObject(access), runCheck(createListingCheck(access))]);
  return [...tried, ...listed];
}

async function checkObject(access: BucketAccess): Promise<Results> {
  const { bucket, canaryKey: key } = access;
  let made: { etag: string; url: string } | undefined;
  const create = createBucketCheck(access, 's3:PutObject', async () => {
    const { etag, fault } = await probeIfNoneMatch(access, key);
    if (etag !== undefined) made = { etag, url: await signLink(access) };
    return [ok(`bucket: ${bucket} can be written to`), judge('If-None-Match', fault)];
  });
  const created = await runCheck(create);
  if (!made) return created.filter(({ kind }) => kind === 'fix');
  const { etag, url } = made;
  // S3 wants the right to read for it
  const replace = createBucketCheck(access, 's3:GetObject', async () => [
    judge('If-Match', await probeIfMatch(access, key, etag)),
  ]);
  // Without permission to delete, job records and drafts would stay.
  const remove = createBucketCheck(access, 's3:DeleteObject', async () => {
    await removeObject(access, key);
    return [ok('bucket: the object of this check is deleted again')];
  });
  const used = await runAll([replace, createLinkCheck(access, url)]);
  return [...created, ...used, ...judgeLink(url), ...(await runCheck(remove))];
}

function judge(header: string, fault: string | undefined): CheckResult {
  return fault === undefined ? ok(`bucket: a write whose condition does not hold is refused (${header})`) : fix(fault);
}

/** Without the right to list, S3 answers 403 for what is not there: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
function createListingCheck(access: BucketAccess): Check {
  const listed = ok('bucket: it can be listed, so what is missing is told from what is forbidden');
  const list = () => listKeys(access, '', 1).then(() => [listed]);
  return createBucketCheck(access, 's3:ListBucket', list, '');
}

function createBucketCheck({ bucket }: BucketAccess, action: string, run: Check['run'], path = '/*'): Check {
  return {
    subject: 'bucket',
    permission: { action, resource: `arn:aws:s3:::${bucket}${path}` },
    run,
    explain(error) {
      const problem = explainBucketError(error, bucket);
      return problem === undefined ? undefined : fix(problem);
    },
  };
}
