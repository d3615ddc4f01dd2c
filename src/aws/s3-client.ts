import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import PQueue from 'p-queue';
import { type CheckResult, note, ok } from '../core/check-result.js';

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
export function createS3Client(options: Pick<S3ClientConfig, 'region' | 'endpoint' | 'forcePathStyle'>): S3Client {
  return new S3Client({
    ...options,
    // The signature already covers a SHA-256 of every body; a CRC as well costs time, and several S3-compatible servers refuse it:
    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: new QueueingHandler({
      ...unlimitedSockets,
      connectionTimeout: 5_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
    }),
  });
}

/**
 * Seconds until links die that are signed now, as they die with the credentials that signed them, and the SDK says nothing
 * of it. undefined if the credentials do not say. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */
async function secondsLeft(client: S3Client, now: Date): Promise<number | undefined> {
  const { sessionToken, expiration } = await client.config.credentials();
  if (expiration) return (expiration.getTime() - now.getTime()) / 1000;
  return sessionToken ? undefined : Number.POSITIVE_INFINITY;
}

/** How many seconds a link signed then can live: as wanted, or until its credentials end; at least one, SigV4's minimum. */
export async function limitLinkLife(client: S3Client, wantedSeconds: number, signedAt: Date): Promise<number> {
  const left = (await secondsLeft(client, signedAt)) ?? wantedSeconds;
  return Math.min(wantedSeconds, Math.max(Math.floor(left), 1));
}

/** What the operator should know about the life of previews; a `note` if they may not live as long as is set. */
export async function judgeLinkLife(client: S3Client, previewExpiresSeconds: number, now: Date): Promise<CheckResult> {
  const left = await secondsLeft(client, now);
  const wanted = inWords(previewExpiresSeconds);
  if (left === Number.POSITIVE_INFINITY) return ok(`credentials: long-term keys; links work for ${wanted}`);
  const advice = `Links die with them, so not all reach the ${wanted} of PREVIEW_EXPIRES_SECONDS. Longer: a longer session of the role, or long-term keys of a user made for the app.`;
  if (left === undefined) return note(`credentials: temporary, and they do not say until when. ${advice}`);
  if (left >= previewExpiresSeconds) return ok(`credentials: temporary; links work for ${wanted}`);
  const span = left > 0 ? `end in about ${inWords(left)}` : 'have ended';
  return note(`credentials: temporary; these ${span}. ${advice}`);
}

const units = { day: 86_400, hour: 3600, minute: 60, second: 1 };

/** In the largest unit that gives at least two: `24 hours`, `7 days`, `90 minutes`. */
function inWords(seconds: number): string {
  const [unit, size] = Object.entries(units).find(([, length]) => seconds >= 2 * length) ?? ['second', 1];
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(
    seconds / size,
  );
}
