import {
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  type LifecycleRule,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { explainBucketError, probeBody, probeIfMatch, probeIfNoneMatch } from '../aws/check-bucket.js';
import { maxLinkSeconds } from '../aws/image-store.js';
import { type LinkedBucket, listKeys, removeObject } from '../aws/records.js';
import { type CheckResult, fix, note, ok } from '../core/check-result.js';
import { linkLimit } from '../slack/message/deliver-batch.js';
import { type Check, type Results, runCheck } from './check.js';

export interface BucketAccess extends LinkedBucket {
  /** S3_PUBLIC_ENDPOINT is set. */
  hasPublicEndpoint: boolean;
  /** TAG_IMAGES=on */
  tagsImages: boolean;
  /** Of the object that is written, read and deleted again. */
  canaryKey: string;
}

/** At least as long as the key of an image, `<workspace id>/<channel id>/<batch id>/1.png`, since links are measured with it. */
export const canaryKeyOf = (runId: string): string => `imagine-doctor/this-object-may-be-deleted/${runId}.txt`;

/** What the app does in its bucket, tried on one small object, which is deleted again. */
export async function checkObject(access: BucketAccess): Promise<Results> {
  const { bucket, canaryKey: key } = access;
  let etag = '';
  const create = createBucketCheck(access, 's3:PutObject', async () => {
    const probe = await probeIfNoneMatch(access, key);
    etag = probe.etag ?? '';
    return [ok(`bucket: ${bucket} can be written to`), judge('If-None-Match', probe)];
  });
  const created = await runCheck(create);
  if (!etag) return created.filter(({ kind }) => kind === 'fix');
  // S3 wants the right to read for it
  const replace = createBucketCheck(access, 's3:GetObject', async () => [
    judge('If-Match', await probeIfMatch(access, key, etag)),
  ]);
  // Without permission to delete, job records and drafts would stay.
  const remove = createBucketCheck(access, 's3:DeleteObject', async () => {
    await removeObject(access, key);
    return [ok('bucket: the object of this check is deleted again')];
  });
  const tag = createBucketCheck(access, 's3:PutObjectTagging', async (abortSignal) => {
    const Tagging = { TagSet: [{ Key: 'imagine', Value: 'picked' }] };
    await access.client.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: key, Tagging }), { abortSignal });
    return [ok('bucket: its objects can be tagged')];
  });
  const using = [runCheck(replace), checkLinks(access), ...(access.tagsImages ? [runCheck(tag)] : [])];
  const used = await Promise.all(using);
  return [...created, ...used.flat(), ...(await runCheck(remove))];
}

function judge(header: string, { fault }: { fault?: string | undefined }): CheckResult {
  return fault === undefined ? ok(`bucket: a write whose condition does not hold is refused (${header})`) : fix(fault);
}

/** Without the right to list, S3 answers 403 for what is not there: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export function createListingCheck(access: BucketAccess): Check {
  const listed = ok('bucket: it can be listed, so what is missing is told from what is forbidden');
  const list = () => listKeys(access, '', 1).then(() => [listed]);
  return createBucketCheck(access, 's3:ListBucket', list, '');
}

/** What the bucket deletes by itself. The app never asks for it: only the doctor wants this right. */
export function createLifecycleCheck(access: BucketAccess): Check {
  const { client, bucket, tagsImages } = access;
  return {
    ...createBucketCheck(
      access,
      's3:GetLifecycleConfiguration',
      async (abortSignal) => {
        const command = new GetBucketLifecycleConfigurationCommand({ Bucket: bucket });
        const { Rules = [] } = await client.send(command, { abortSignal });
        return judgeRules(Rules, tagsImages);
      },
      '',
    ),
    subject: 'lifecycle',
    whenDenied: ({ action, resource }) => [
      note(
        `lifecycle: these credentials may not ask what the bucket deletes by itself. To have it checked, allow ${action} on ${resource} in their policy.`,
      ),
    ],
    explain(error) {
      const hasNone = error instanceof Error && error.name === 'NoSuchLifecycleConfiguration';
      if (hasNone) return judgeRules([], tagsImages)[0];
      const problem = explainBucketError(error, bucket);
      return problem === undefined ? undefined : fix(problem);
    },
  };
}

/** Rules for all objects would take the records too, and with them every button below the images. */
function judgeRules(rules: readonly LifecycleRule[], tagsImages: boolean): CheckResult[] {
  const expiring = rules.filter(({ Status, Expiration }) => Status === 'Enabled' && Expiration?.Days);
  const unpicked = expiring.find(({ Filter }) => Filter?.Tag?.Key === 'imagine' && Filter.Tag.Value === 'unpicked');
  const others = expiring.filter((rule) => rule !== unpicked);
  return [
    ...(expiring.length === 0 ? [ok('lifecycle: the bucket keeps every image until you delete it')] : []),
    ...(unpicked ? [judgeUnpicked(unpicked, tagsImages)] : []),
    ...others.map(({ ID = 'without a name', Expiration }) =>
      note(
        `lifecycle: the rule ${ID} deletes objects after ${Expiration?.Days} days. If it is for all of them, chosen images and the records that buttons need go too.`,
      ),
    ),
    ...(tagsImages && !unpicked
      ? [note('lifecycle: TAG_IMAGES is on, and no rule of the bucket deletes what has the tag imagine=unpicked.')]
      : []),
  ];
}

function judgeUnpicked({ Expiration }: LifecycleRule, tagsImages: boolean): CheckResult {
  const rule = `images that were not chosen are deleted after ${Expiration?.Days} days`;
  if (tagsImages) return ok(`lifecycle: ${rule}`);
  return note(
    `lifecycle: by a rule of the bucket ${rule}, and the app tags none. Set TAG_IMAGES=on, or remove the rule.`,
  );
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

/** Signs a link to the object that is there, opens it and judges it. */
async function checkLinks(access: BucketAccess): Promise<Results> {
  const subject = access.hasPublicEndpoint ? 'S3_PUBLIC_ENDPOINT' : 'links';
  let url: string | undefined;
  const sign = async () => {
    const command = new GetObjectCommand({ Bucket: access.bucket, Key: access.canaryKey });
    url = await getSignedUrl(access.signingClient, command, { expiresIn: maxLinkSeconds });
    return judgeLink(url);
  };
  const signed = await runCheck({ subject, run: sign });
  return url === undefined ? signed : [...(await runCheck(createLinkCheck(access, subject, url))), ...signed];
}

/** A signed link is opened as Slack would open it: by a plain GET, without credentials. Then the same without the signature. */
function createLinkCheck({ bucket, hasPublicEndpoint }: BucketAccess, subject: string, url: string): Check {
  const { host } = new URL(url);

  async function openLink(signal: AbortSignal): Promise<CheckResult> {
    const response = await fetch(url, { signal, redirect: 'manual' });
    const body = await response.text();
    if (response.status === 200 && body === probeBody) return ok(`links: a signed link to ${host} opens from here`);
    if (response.status === 200) return fix(`${subject}: ${host} answers a signed link with something else.`);
    const reason = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? 'no reason given';
    const advice = hasPublicEndpoint
      ? 'It must lead to the same bucket, and the server must see the very host name that was signed.'
      : `Allow s3:GetObject on arn:aws:s3:::${bucket}/*, and let no bucket policy refuse it.`;
    return fix(`${subject}: a signed link to ${host} is answered with HTTP ${response.status} (${reason}). ${advice}`);
  }

  return {
    subject,
    run: async (signal) => [await openLink(signal), await openWithoutSignature(url, signal)],
    whenUnreachable: (reason) => [
      fix(`${subject}: ${host} cannot be reached from here (${reason}). Slack must be able to open links to it.`),
    ],
  };
}

/** Only the app and its links may read the bucket. */
async function openWithoutSignature(signed: string, signal: AbortSignal): Promise<CheckResult> {
  const url = new URL(signed);
  url.search = '';
  const { status } = await fetch(url, { signal, redirect: 'manual' });
  if (status === 200) {
    const advice = 'Switch on Block all public access, or take the public part out of the bucket policy.';
    return fix(`bucket: it is public: anyone can read every image. ${advice}`);
  }
  if (status === 401 || status === 403) return ok('bucket: it cannot be read without a signed link');
  return note(`bucket: a read without a signature is answered with HTTP ${status}, not refused with 403.`);
}

/** Addresses that lead nowhere from Slack's servers. */
const privateHost =
  /^(localhost|.*\.(localhost|local|internal)|[^.:]+|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[.*\])$/;

/** Whether Slack takes and can open such links, as far as their text shows. */
function judgeLink(url: string): CheckResult[] {
  const { hostname } = new URL(url);
  const size = `links: they have ${url.length} of the ${linkLimit} characters that Slack takes`;
  const advice =
    'Use credentials with a shorter session token, such as those of a role without session tags or policies.';
  const tooLong = `${size}, so no message with images could be posted. ${advice}`;
  const length = url.length <= linkLimit ? ok(size) : fix(tooLong);
  if (!privateHost.test(hostname)) return [length];
  const publicAdvice = 'Set S3_PUBLIC_ENDPOINT to where the world can.';
  return [length, note(`links: they lead to ${hostname}, which Slack cannot reach. ${publicAdvice}`)];
}
