import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import PQueue from 'p-queue';

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
