import { queryValue, type ReceivedRequest } from '../signature/received-request.js';
import type { StoredObject } from './object-store.js';
import type { OperationInput, S3Answer } from './operation.js';
import { S3Error } from './s3-error.js';

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html

/** Answers the headers of a signed GET can ask for: `response-content-disposition` becomes `content-disposition`. */
const overridable = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
];

export function getObject({ request, bucket, key }: OperationInput): S3Answer {
  const object = bucket.get(key);
  if (!object) throw new S3Error('NoSuchKey', { Key: key });
  checkConditions(request, object);
  const headers = { ...objectHeaders(object, request), ...overrides(request) };
  const range = request.headers.range;
  if (range === undefined) return { status: 200, headers, body: object.bytes };
  return partOf(object, headers, range);
}

export function headObject(input: OperationInput): S3Answer {
  const answer = getObject(input);
  const length = String(answer.body?.length ?? 0);
  return { status: answer.status, headers: { ...answer.headers, 'content-length': length } };
}

export function deleteObject({ bucket, key }: OperationInput): S3Answer {
  bucket.delete(key);
  return { status: 204, headers: {} };
}

function checkConditions(request: ReceivedRequest, object: StoredObject): void {
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== object.etag)
    throw new S3Error('PreconditionFailed', { Condition: 'If-Match' });
  if (request.headers['if-none-match'] === object.etag) throw new S3Error('NotModified');
}

function objectHeaders(object: StoredObject, request: ReceivedRequest): Record<string, string> {
  const mode = request.headers['x-amz-checksum-mode'] ?? queryValue(request, 'x-amz-checksum-mode');
  const wholeIsAsked = request.headers.range === undefined;
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  return {
    'accept-ranges': 'bytes',
    'content-type': object.contentType,
    etag: object.etag,
    'last-modified': object.lastModified.toUTCString(),
    ...object.headers,
    ...Object.fromEntries(metadata),
    ...(mode === 'ENABLED' && wholeIsAsked ? object.checksums : {}),
  };
}

function overrides(request: ReceivedRequest): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of overridable) {
    const value = queryValue(request, `response-${name}`);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** One range of bytes: `bytes=0-99`, `bytes=100-`, `bytes=-100`. */
function partOf(object: StoredObject, headers: Record<string, string>, range: string): S3Answer {
  const total = object.bytes.length;
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (from === '' && to === '') return { status: 200, headers, body: object.bytes };
  const start = from === '' ? Math.max(0, total - Number(to)) : Number(from);
  const end = from === '' || to === '' ? total - 1 : Math.min(Number(to), total - 1);
  if (start > end) throw new S3Error('InvalidRange', { RangeRequested: range, ActualObjectSize: String(total) });
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${total}` },
    body: object.bytes.subarray(start, end + 1),
  };
}
