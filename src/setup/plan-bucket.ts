import {
  BucketAlreadyOwnedByYou,
  type BucketLifecycleConfiguration,
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

export interface BucketPlan {
  bucket: string;
  region: string;
  unpickedDays: number | undefined;
}

export interface BucketStep {
  action: string;
  run(client: S3Client): Promise<unknown>;
  /** The same for the AWS CLI. */
  command: string;
}

/** A private, encrypted bucket, as deploy/cdk and deploy/terraform make it. */
export function planBucket({ bucket, region, unpickedDays }: BucketPlan): BucketStep[] {
  const Bucket = bucket;
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  const encryption = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } as const;
  const ServerSideEncryptionConfiguration = { Rules: [encryption] };
  const Policy = JSON.stringify(tlsOnly(bucket));
  const LifecycleConfiguration = lifecycleOf(unpickedDays);
  const cli = (verb: string, flag = '', value?: unknown) =>
    [
      `aws s3api ${verb} --region ${region} --bucket ${bucket}`,
      flag && `--${flag} ${typeof value === 'string' ? value : `'${JSON.stringify(value)}'`}`,
    ].join(' ');
  return [
    {
      action: 's3:CreateBucket',
      run: (client) => client.send(new CreateBucketCommand({ Bucket })).catch(acceptOwn), // the SDK adds the Region
      command:
        region === 'us-east-1' // S3 takes any Region's name here but this one
          ? cli('create-bucket')
          : cli('create-bucket', 'create-bucket-configuration', `LocationConstraint=${region}`),
    },
    {
      action: 's3:PutBucketPublicAccessBlock',
      run: (client) => client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration })),
      command: cli('put-public-access-block', 'public-access-block-configuration', PublicAccessBlockConfiguration),
    },
    {
      action: 's3:PutEncryptionConfiguration',
      run: (client) => client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration })),
      command: cli('put-bucket-encryption', 'server-side-encryption-configuration', ServerSideEncryptionConfiguration),
    },
    {
      action: 's3:PutBucketPolicy',
      run: (client) => client.send(new PutBucketPolicyCommand({ Bucket, Policy })),
      command: cli('put-bucket-policy', 'policy', tlsOnly(bucket)),
    },
    {
      action: 's3:PutLifecycleConfiguration',
      run: (client) => client.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration })),
      command: cli('put-bucket-lifecycle-configuration', 'lifecycle-configuration', LifecycleConfiguration),
    },
  ];
}

/** An earlier try may have created it, though its answer was lost. */
function acceptOwn(error: unknown): void {
  if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
}

/** HTTPS by TLS 1.2 or later. */
function tlsOnly(bucket: string) {
  const arn = `arn:aws:s3:::${bucket}`;
  const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`] };
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'TlsOnly', ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Sid: 'Tls12', ...deny, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
    ],
  };
}

function lifecycleOf(days: number | undefined): BucketLifecycleConfiguration {
  const Status = 'Enabled';
  const uploads = { ID: 'abort-incomplete-uploads', Status, Filter: { Prefix: '' } } as const;
  const unpicked = { Tag: { Key: 'imagine', Value: 'unpicked' } };
  return {
    Rules: [
      { ...uploads, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      ...(days === undefined
        ? []
        : [{ ID: 'expire-unpicked-images', Status, Filter: unpicked, Expiration: { Days: days } } as const]),
    ],
  };
}
