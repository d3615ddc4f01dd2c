import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** The tag of an image that was not chosen. Choosing it makes the value `picked`. */
export const unpickedTag = { imagine: 'unpicked' };

/** The private bucket. It is the record of everything, so it stays if the stack is deleted. */
export function createBucket(scope: Construct, unpickedDays: number | undefined): Bucket {
  const lifecycleRules: LifecycleRule[] = [
    { id: 'abort-incomplete-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
  ];
  if (unpickedDays !== undefined) {
    const expiration = Duration.days(unpickedDays);
    lifecycleRules.push({ id: 'expire-unpicked-images', expiration, tagFilters: unpickedTag });
  }
  const bucket = new Bucket(scope, 'Images', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'Access logs need a second bucket and cost more than the images. The only readers are the app and the links that it signs; use CloudTrail data events if you must know of each read.',
  });
  return bucket;
}
