import { ListObjectsV2Command, NoSuchBucket, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { explainBucketError } from '../aws/check-bucket.js';
import { explainCredentials, isDenied } from '../aws/refusals.js';
import { networkCodeOf, noConnection } from '../core/check-result.js';
import { redact } from '../observability/log.js';

/** Why a bucket cannot be used. */
export interface Obstacle {
  problem: string;
  /** That of the bucket, if it is another. */
  region?: string;
}

/** By a list, since S3 does not say what is wrong with a HEAD. It takes the same right, s3:ListBucket. */
export async function findBucket(
  client: S3Client,
  bucket: string,
  region: string,
): Promise<'there' | 'missing' | Obstacle> {
  try {
    await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }));
    return 'there';
  } catch (error) {
    return error instanceof NoSuchBucket ? 'missing' : explainBucket(error, bucket, region);
  }
}

export function explainBucket(error: unknown, bucket: string, region: string): Obstacle {
  const code = networkCodeOf(error);
  const general = explainCredentials(error) ?? (code && noConnection('S3', code));
  if (general) return { problem: general };
  const actual = regionOf(error);
  if (actual && actual !== region) {
    return { problem: `bucket: ${bucket} is in ${actual}, not in ${region}. Choose ${actual}.`, region: actual };
  }
  if (error instanceof Error && error.name === 'BucketAlreadyExists') {
    return { problem: `bucket: the name ${bucket} is taken by another account. Take another name.` };
  }
  if (isDenied(error)) {
    const why = `${bucket} is another account's, or these credentials lack s3:ListBucket on it`;
    return { problem: `bucket: ${why}. Take another name, or ask for this right.` };
  }
  return { problem: explainBucketError(error, bucket) ?? `bucket: S3 refused this (${redact(String(error))}).` };
}

/** In a header or in the body: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function regionOf(error: unknown): string | undefined {
  if (!(error instanceof S3ServiceException)) return undefined;
  const inBody = 'Region' in error && typeof error.Region === 'string' ? error.Region : undefined;
  return error.$response?.headers['x-amz-bucket-region'] ?? inBody;
}
