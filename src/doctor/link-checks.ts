import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { probeBody } from '../aws/check-bucket.js';
import type { LinkedBucket } from '../aws/records.js';
import { type CheckResult, fix, note, ok } from '../core/check-result.js';
import { linkLimit } from '../slack/message/deliver-batch.js';
import type { Check } from './check.js';

export interface BucketAccess extends LinkedBucket {
  /** S3_PUBLIC_ENDPOINT is set. */
  hasPublicEndpoint: boolean;
  /** Of the object that is written, read and deleted again. */
  canaryKey: string;
}

/** At least as long as the key of an image, `<workspace id>/<channel id>/<batch id>/1.png`, since links are measured with it. */
export const canaryKeyOf = (runId: string): string => `imagine-doctor/this-object-may-be-deleted/${runId}.txt`;

export function signLink({ signingClient, bucket: Bucket, canaryKey: Key }: BucketAccess): Promise<string> {
  return getSignedUrl(signingClient, new GetObjectCommand({ Bucket, Key }), { expiresIn: 604_800 });
}

/** A signed link is opened as Slack would open it: by a plain GET, without credentials. Then the same without the signature. */
export function createLinkCheck({ bucket, hasPublicEndpoint }: BucketAccess, url: string): Check {
  const { host } = new URL(url);
  const subject = hasPublicEndpoint ? 'S3_PUBLIC_ENDPOINT' : 'links';

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
export function judgeLink(url: string): CheckResult[] {
  const { hostname } = new URL(url);
  const size = `${url.length} of the ${linkLimit} characters that Slack takes`;
  const advice =
    'Use credentials with a shorter session token, such as those of a role without session tags or policies';
  const length =
    url.length <= linkLimit
      ? ok(`links: they have ${size}`)
      : fix(`links: they have ${size}, so no message with images could be posted. ${advice}.`);
  if (!privateHost.test(hostname)) return [length];
  const publicAdvice = 'Set S3_PUBLIC_ENDPOINT to where the world can.';
  return [length, note(`links: they lead to ${hostname}, which Slack cannot reach. ${publicAdvice}`)];
}
