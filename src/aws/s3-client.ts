import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface S3ClientOptions {
  region: string;
  /** Another address than the SDK's own settings name: for links that others open. */
  endpoint?: string | undefined;
  /** S3-compatible servers seldom have a host name for each bucket. */
  forcePathStyle: boolean;
}

/** The SDK has no time-outs of its own: https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-timeouts.html */
export function createS3Client({ region, endpoint, forcePathStyle }: S3ClientOptions): S3Client {
  return new S3Client({
    region,
    forcePathStyle,
    // The signature covers a SHA-256 of every body already; a CRC beside it costs time, and several S3-compatible servers refuse it:
    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint ? { endpoint } : {}),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 5_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
    }),
  });
}
