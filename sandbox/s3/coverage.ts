import { coverageOf } from '../coverage-of.js';
import type { CoverageRow } from '../coverage-row.js';

const row = coverageOf('s3');

/** What of Amazon S3 the stand-in serves. */
export const s3Coverage: readonly CoverageRow[] = [
  row('PutObject', 'covered', 'objects.test.ts > gives back the bytes, the type and the metadata that were put'),
  row(
    'PutObject: If-None-Match and If-Match',
    'covered',
    'conditional-writes.test.ts > lets only the first of two creations win',
  ),
  row(
    'PutObject: aws-chunked with a trailer',
    'covered',
    'objects.test.ts > accepts a stream, sent in chunks with its checksum behind',
  ),
  row('PutObject: chunks signed one by one', 'not', undefined, 'NotImplemented: STREAMING-AWS4-HMAC-SHA256-PAYLOAD'),
  row(
    'PutObject: checksums',
    'partly',
    'objects.test.ts > refuses a body that is not the one of the checksum',
    'CRC32, SHA-1, SHA-256 and Content-MD5; NotImplemented for CRC32C and CRC64NVME',
  ),
  row(
    'PutObject: limits of keys and metadata',
    'partly',
    'objects.test.ts > refuses keys over 1024 bytes and metadata over 2 KB',
    'not the 8 KB limit of all headers, nor RFC 2047 for what is not ASCII',
  ),
  row('PutObject: tags, storage classes, ACLs, KMS keys', 'not', undefined, 'NotImplemented, naming the header'),
  row('GetObject', 'covered', 'objects.test.ts > gives back the bytes, the type and the metadata that were put'),
  row(
    'GetObject: a range',
    'covered',
    'objects.test.ts > answers one range of the bytes, and refuses one beyond the end',
  ),
  row('GetObject: presigned', 'covered', 'presigned.test.ts > are fetched without further credentials'),
  row(
    'GetObject: response-content-…',
    'covered',
    'presigned.test.ts > answer with the file name and the type that were signed',
  ),
  row('HeadObject', 'covered', 'objects.test.ts > tells the head without the body, and 404 where there is nothing'),
  row('DeleteObject', 'covered', 'objects.test.ts > keeps keys with spaces, plus signs and characters of any script'),
  row(
    'ListObjectsV2',
    'covered',
    'listing.test.ts > tells every key and folder once over pages of any size, in the order of UTF-8 bytes',
  ),
  row('HeadBucket', 'covered', 'objects.test.ts > knows its buckets'),
  row('Signature Version 4', 'covered', 'signatures.test.ts > must be made with its secret'),
  row('Session tokens and their end', 'covered', 'presigned.test.ts > end with the credentials that signed them'),
  row(
    'Virtual-hosted style',
    'partly',
    'objects.test.ts > serves a bucket by its host name',
    'at bucket.localhost only',
  ),
  row(
    'Bucket policies and IAM',
    'partly',
    'presigned.test.ts > are the only way to read without signing, but for a bucket that is public',
    'a bucket is private or readable by anybody; every known key may do everything; AccessDenied is a fault',
  ),
  row('CopyObject', 'not', undefined, 'NotImplemented'),
  row('Multipart uploads', 'not', undefined, 'NotImplemented'),
  row('Versions, lifecycle rules, object lock, annotations', 'not', undefined, 'NotImplemented'),
];
