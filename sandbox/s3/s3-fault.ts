import type { S3ErrorCode } from './s3-error.js';

/** A request as faults and tests see it. */
export interface S3Request {
  operation:
    | 'PutObject'
    | 'GetObject'
    | 'HeadObject'
    | 'DeleteObject'
    | 'PutObjectTagging'
    | 'ListObjectsV2'
    | 'CreateBucket'
    | 'PutPublicAccessBlock'
    | 'PutBucketEncryption'
    | 'PutBucketPolicy'
    | 'PutBucketLifecycleConfiguration'
    | 'GetBucketLifecycleConfiguration';
  bucket: string;
  key: string;
  presigned: boolean;
  /** Counted from 1, over all requests that were understood. */
  number: number;
  headers: Readonly<Record<string, string>>;
}

export type S3Fault =
  | { kind: 'slow'; milliseconds: number }
  /** Nothing is done before this resolves. */
  | { kind: 'held'; until: Promise<unknown> }
  /** Answered instead of doing it: SlowDown, InternalError, AccessDenied, ConditionalRequestConflict … */
  | { kind: 'error'; code: S3ErrorCode }
  /** The connection ends before anything is done. */
  | { kind: 'reset' }
  /** What was asked for is done, then the connection ends without an answer. */
  | { kind: 'answer lost' }
  /** What was asked for is done, then the connection ends in the middle of the answer. */
  | { kind: 'answer cut' };
