import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { probeBody } from '../aws/check-bucket.js';
import { type CheckResult, fix, networkCodeOf, note, ok } from '../core/check-result.js';
import { linkLimit } from '../slack/message/deliver-batch.js';
import { type Check, createAwsCheck } from './check.js';

export interface BucketAccess {
  client: S3Client;
  /** Signs for the host that others reach the bucket by. */
  signingClient: S3Client;
  bucket: string;
  /** S3_PUBLIC_ENDPOINT is set. */
  hasPublicEndpoint: boolean;
  /** Of the object that is written, read and deleted again. */
  canaryKey: string;
}

/** At least as long as the key of an image, `<workspace id>/<channel id>/<batch id>/1.png`, since links are measured with it. */
export const canaryKeyOf = (runId: string): string => `imagine-doctor/this-object-may-be-deleted/${runId}.txt`;

/** A signed link is opened as Slack would open it: by a plain GET, without credentials. Then the same without the signature. */
export function createLinkCheck(access: BucketAccess): Check {
  return createAwsCheck({
    subject: subjectOf(access),
    async run(abortSignal) {
      const url = await signCanary(access);
      const known = [judgeLength(url), ...judgeHost(url)];
      try {
        return [await openLink(url, access, abortSignal), await openWithoutSignature(url, abortSignal), ...known];
      } catch (error) {
        const code = networkCodeOf(error);
        if (abortSignal.aborted || code === undefined) throw error;
        return [cannotReach(new URL(url).host, code, access), ...known];
      }
    },
  });
}

function subjectOf({ hasPublicEndpoint }: BucketAccess): string {
  return hasPublicEndpoint ? 'S3_PUBLIC_ENDPOINT' : 'links';
}

function cannotReach(host: string, code: string, access: BucketAccess): CheckResult {
  return fix(
    `${subjectOf(access)}: ${host} cannot be reached from here (${code}). Slack must be able to open links to it.`,
  );
}

function signCanary({ signingClient, bucket: Bucket, canaryKey: Key }: BucketAccess): Promise<string> {
  return getSignedUrl(signingClient, new GetObjectCommand({ Bucket, Key }), { expiresIn: 604_800 });
}

async function openLink(url: string, access: BucketAccess, abortSignal: AbortSignal): Promise<CheckResult> {
  const { host } = new URL(url);
  const response = await fetch(url, { signal: abortSignal, redirect: 'manual' });
  const body = await response.text();
  if (response.status === 200 && body === probeBody) return ok(`links: a signed link to ${host} opens from here`);
  const subject = subjectOf(access);
  if (response.status === 200) return fix(`${subject}: ${host} answers a signed link with something else.`);
  const reason = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? 'no reason given';
  const advice = access.hasPublicEndpoint
    ? 'It must lead to the same bucket, and the server must see the very host name that was signed.'
    : `Allow s3:GetObject on arn:aws:s3:::${access.bucket}/*, and let no bucket policy refuse it.`;
  return fix(`${subject}: a signed link to ${host} is answered with HTTP ${response.status} (${reason}). ${advice}`);
}

/** Only the app and its links may read the bucket. */
async function openWithoutSignature(signed: string, abortSignal: AbortSignal): Promise<CheckResult> {
  const url = new URL(signed);
  url.search = '';
  const { status } = await fetch(url, { signal: abortSignal, redirect: 'manual' });
  if (status === 200) {
    const advice = 'Switch on Block all public access, or take the public part out of the bucket policy.';
    return fix(`bucket: it is public: anyone can read every image. ${advice}`);
  }
  if (status === 401 || status === 403) return ok('bucket: it cannot be read without a signed link');
  return note(`bucket: a read without a signature is answered with HTTP ${status}, not refused with 403.`);
}

function judgeLength(url: string): CheckResult {
  const size = `${url.length} of the ${linkLimit} characters that Slack takes`;
  if (url.length <= linkLimit) return ok(`links: they have ${size}`);
  const advice =
    'Use credentials with a shorter session token, such as those of a role without session tags or policies';
  return fix(`links: they have ${size}, so no message with images could be posted. ${advice}.`);
}

/** Addresses that lead nowhere from Slack's servers. */
const privateHost =
  /^(localhost|.*\.(localhost|local|internal)|[^.:]+|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[.*\])$/;

function judgeHost(url: string): CheckResult[] {
  const { hostname } = new URL(url);
  if (!privateHost.test(hostname)) return [];
  return [
    note(`links: they lead to ${hostname}, which Slack cannot reach. Set S3_PUBLIC_ENDPOINT to where the world can.`),
  ];
}
