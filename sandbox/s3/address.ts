import type { ReceivedRequest } from '../signature/received-request.js';
import type { ObjectStore } from './object-store.js';
import { S3Error } from './s3-error.js';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const keyLimit = 1024;

/**
 * The bucket and key that a request names: `/bucket/key`, or `/key` at the host `bucket.localhost`,
 * which the SDK asks for where path style is not forced.
 */
export function readAddress(request: ReceivedRequest, store: ObjectStore): { bucket: string; key: string } {
  const path = decodeURIComponent(request.path).slice(1);
  const hostBucket = /^(.+)\.localhost(?::\d+)?$/.exec(request.headers.host ?? '')?.[1];
  const slash = path.indexOf('/');
  const byHost = hostBucket !== undefined && store.has(hostBucket);
  const bucket = byHost ? hostBucket : slash === -1 ? path : path.slice(0, slash);
  const key = byHost ? path : slash === -1 ? '' : path.slice(slash + 1);
  const size = Buffer.byteLength(key);
  if (size > keyLimit) throw new S3Error('KeyTooLongError', { Size: String(size), MaxSizeAllowed: String(keyLimit) });
  return { bucket, key };
}
