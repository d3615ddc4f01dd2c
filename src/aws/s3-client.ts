import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import PQueue from 'p-queue';
import { type CheckResult, note, ok } from '../core/check-result.js';

export interface S3ClientOptions {
  region: string;
  /** Overrides the SDK's own settings, for links that others open. */
  endpoint?: string | undefined;
  /** S3-compatible servers rarely have a host name for each bucket. */
  forcePathStyle: boolean;
}

/** The handler's default number of sockets for one host. */
const maxRequests = 50;
const agent = { maxSockets: Number.POSITIVE_INFINITY };
const unlimitedSockets = { httpAgent: agent, httpsAgent: agent };

/**
 * The handler's time-outs also run while a request waits for a socket: if a slow bucket held all sockets, requests would time
 * out that were never sent. So they wait here, and the handler always has a socket.
 */
class QueueingHandler extends NodeHttpHandler {
  readonly #queue = new PQueue({ concurrency: maxRequests });

  override handle(...[request, options]: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
    return this.#queue.add(() => super.handle(request, options), { signal });
  }
}

/** The SDK has no time-outs of its own: https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-timeouts.html */
export function createS3Client({ region, endpoint, forcePathStyle }: S3ClientOptions): S3Client {
  return new S3Client({
    region,
    forcePathStyle,
    // The signature already covers a SHA-256 of every body; a CRC as well costs time, and several S3-compatible servers refuse it:
    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint ? { endpoint } : {}),
    requestHandler: new QueueingHandler({
      ...unlimitedSockets,
      connectionTimeout: 5_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
    }),
  });
}

/** How long links live that these credentials sign, as far as the credentials say. */
type LinkLife = { kind: 'lasting' } | { kind: 'temporary'; until?: Date | undefined };

/**
 * A link dies with the credentials that signed it, and the SDK says nothing of it:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */
async function readLinkLife(client: S3Client): Promise<LinkLife> {
  const { sessionToken, expiration } = await client.config.credentials();
  return sessionToken || expiration ? { kind: 'temporary', until: expiration } : { kind: 'lasting' };
}

/** How many seconds a link signed then can live: as wanted, or until its credentials end; at least one, SigV4's minimum. */
export async function limitLinkLife(client: S3Client, wantedSeconds: number, signedAt: Date): Promise<number> {
  const life = await readLinkLife(client);
  if (life.kind === 'lasting' || !life.until) return wantedSeconds;
  const left = Math.floor((life.until.getTime() - signedAt.getTime()) / 1000);
  return Math.min(wantedSeconds, Math.max(left, 1));
}

/** What the operator should know about the life of previews; a `note` if they may not live as long as is set. */
export async function judgeLinkLife(client: S3Client, previewExpiresSeconds: number, now: Date): Promise<CheckResult> {
  const life = await readLinkLife(client);
  const wanted = inWords(previewExpiresSeconds);
  if (life.kind === 'lasting') return ok(`credentials: lasting ones; links live the ${wanted} that are set`);
  const advice = `Links die with them, so not all reach the ${wanted} of PREVIEW_EXPIRES_SECONDS. Longer: a longer session of the role, or lasting keys of a user made for the app.`;
  if (!life.until) return note(`credentials: temporary, and they do not say until when. ${advice}`);
  const left = (life.until.getTime() - now.getTime()) / 1000;
  if (left >= previewExpiresSeconds) return ok(`credentials: temporary; links live the ${wanted} that are set`);
  const span = left > 0 ? `end in about ${inWords(left)}` : 'have ended';
  return note(`credentials: temporary; these ${span}. ${advice}`);
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** In the largest unit that gives at least two: `24 hours`, `7 days`, `90 minutes`. */
function inWords(seconds: number): string {
  const [name, size] = units.find(([, length]) => seconds >= 2 * length) ?? units[3];
  const count = Math.round(seconds / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
