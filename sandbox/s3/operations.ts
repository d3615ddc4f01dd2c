import { crc32 } from 'node:zlib';
import { queryValue, type ReceivedRequest } from '../signature/received-request.js';
import { bucketOperations } from './bucket-operations.js';
import type { ObjectStore, StoredObject } from './object-store.js';
import { S3Error, tag } from './s3-error.js';
import type { S3Request } from './s3-fault.js';

/**
 * What becomes of a condition: kept, answered with 501, ignored, or, as If-Match by Ceph 16, which compares the entity
 * tag with its quotes, answered with 412 although it holds.
 */
export type ConditionalWrites = 'supported' | 'refused' | 'ignored' | 'never holds';
export type ConditionHeader = 'If-None-Match' | 'If-Match';

export interface S3Answer {
  status: number;
  headers: Record<string, string>;
  body?: Buffer;
}

export interface OperationInput {
  request: ReceivedRequest;
  store: ObjectStore;
  name: string;
  key: string;
  /** That of every bucket. */
  region: string;
  conditionalWrites: Readonly<Record<ConditionHeader, ConditionalWrites>>;
  now: Date;
}

export const operations: Record<S3Request['operation'], (input: OperationInput) => S3Answer> = {
  PutObject: putObject,
  GetObject: getObject,
  HeadObject(input) {
    const { headers, body } = getObject(input);
    return { status: 200, headers: { ...headers, 'content-length': String(body?.length) } };
  },
  DeleteObject({ store, name, key }) {
    store.find(name).delete(key);
    return { status: 204, headers: {} };
  },
  PutObjectTagging: putTags,
  ListObjectsV2: listObjects,
  ...bucketOperations,
};

/** Parameters that change no operation: the signature's and the SDK's. */
const harmless = /^(X-Amz-.+|x-id|x-amz-checksum-mode)$/;
const listing = ['list-type', 'prefix', 'delimiter', 'max-keys', 'continuation-token'];

/** By method and subresource. */
const objectOperations = new Map<string, S3Request['operation']>([
  ['PUT', 'PutObject'],
  ['GET', 'GetObject'],
  ['HEAD', 'HeadObject'],
  ['DELETE', 'DeleteObject'],
  ['PUT tagging', 'PutObjectTagging'],
]);
const operationsOfBuckets = new Map<string, S3Request['operation']>([
  ['PUT', 'CreateBucket'],
  ['PUT publicAccessBlock', 'PutPublicAccessBlock'],
  ['PUT encryption', 'PutBucketEncryption'],
  ['PUT policy', 'PutBucketPolicy'],
  ['PUT lifecycle', 'PutBucketLifecycleConfiguration'],
  ['GET lifecycle', 'GetBucketLifecycleConfiguration'],
]);

/** What a request asks for. Throws NotImplemented for what is not served here. */
export function operationOf(request: ReceivedRequest, key: string): S3Request['operation'] {
  const names = request.query.map(([name]) => name).filter((name) => !harmless.test(name));
  const words = [request.method, ...names].join(' ');
  const isListing = request.method === 'GET' && queryValue(request, 'list-type') === '2';
  const known = (key === '' ? operationsOfBuckets : objectOperations).get(words);
  const operation = key === '' && isListing && names.every((name) => listing.includes(name)) ? 'ListObjectsV2' : known;
  if (operation && request.headers.range === undefined) return operation;
  throw new S3Error('NotImplemented', {}, `The sandbox does not serve this (${words}).`);
}

const knownAmazonHeader =
  /^x-amz-(content-sha256|date|security-token|user-agent|sdk-checksum-algorithm|checksum-crc32|tagging|meta-.+)$/;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
function putObject({ request, store, name, key, conditionalWrites, now }: OperationInput): S3Answer {
  const bucket = store.find(name);
  const { headers, body: bytes } = request;
  const unknown = Object.keys(headers).find((name) => name.startsWith('x-amz-') && !knownAmazonHeader.test(name));
  if (unknown) throw new S3Error('NotImplemented', { Header: unknown });
  checkConditions(headers, bucket.get(key), conditionalWrites);
  checkSum(request);
  const metadata = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), value]] : [],
  );
  const contentType = headers['content-type'] ?? 'application/octet-stream';
  const pairs = [...new URLSearchParams(headers['x-amz-tagging'] ?? '')];
  const stored = bucket.put({
    key,
    bytes,
    contentType,
    lastModified: now,
    metadata: Object.fromEntries(metadata),
    tags: checkTags(pairs),
  });
  return { status: 200, headers: { etag: stored.etag } };
}

function checkSum({ headers, body }: ReceivedRequest): void {
  const checksum = headers['x-amz-checksum-crc32'];
  if (checksum !== undefined && Buffer.from(checksum, 'base64').readUInt32BE() !== crc32(body)) {
    throw new S3Error('BadDigest');
  }
}

/** Up to ten, each key once: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
function checkTags(pairs: readonly (readonly [key: string, value: string])[]): Record<string, string> {
  const isFine = pairs.every(
    ([key, value]) => /^[\w +\-=.:/@]{1,128}$/.test(key) && /^[\w +\-=.:/@]{0,256}$/.test(value),
  );
  const tags = Object.fromEntries(pairs);
  if (!isFine || pairs.length > 10 || Object.keys(tags).length < pairs.length) throw new S3Error('InvalidTag');
  return tags;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
function putTags({ request, store, name, key }: OperationInput): S3Answer {
  checkSum(request);
  const bucket = store.find(name);
  const object = bucket.get(key);
  if (!object) throw new S3Error('NoSuchKey', { Key: key });
  const set = /<Tagging[^>]*><TagSet>(.*)<\/TagSet><\/Tagging>$/s.exec(request.body.toString())?.[1];
  const tags = [...(set ?? '').matchAll(/<Tag><Key>([^<]*)<\/Key><Value>([^<]*)<\/Value><\/Tag>/g)];
  const isWhole = tags.map(([xml]) => xml).join('') === set;
  if (!isWhole) throw new S3Error('MalformedXML');
  bucket.put({ ...object, tags: checkTags(tags.map(([, tagKey = '', value = '']) => [tagKey, value])) });
  return { status: 200, headers: {} };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
function checkConditions(
  headers: Readonly<Record<string, string>>,
  present: StoredObject | undefined,
  conditionalWrites: OperationInput['conditionalWrites'],
): void {
  const ifNoneMatch = headers['if-none-match'];
  const ifMatch = headers['if-match'];
  if (ifNoneMatch === undefined && ifMatch === undefined) return;
  const header: ConditionHeader = ifNoneMatch === undefined ? 'If-Match' : 'If-None-Match';
  const known = conditionalWrites[header];
  if (known === 'ignored') return;
  const isSenseless = (ifNoneMatch ?? '*') !== '*' || (ifNoneMatch !== undefined && ifMatch !== undefined);
  if (known === 'refused' || isSenseless) throw new S3Error('NotImplemented', { Header: header });
  if (ifMatch !== undefined && !present) throw new S3Error('NoSuchKey');
  const unquoted = (etag: string | undefined) => etag?.replace(/^"(.*)"$/, '$1');
  const holds = ifMatch === undefined ? !present : unquoted(ifMatch) === unquoted(present?.etag);
  if (known === 'never holds' || !holds) throw new S3Error('PreconditionFailed', { Condition: header });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
function getObject({ store, name, key }: OperationInput): S3Answer {
  const object = store.find(name).get(key);
  if (!object) throw new S3Error('NoSuchKey', { Key: key });
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  const headers = {
    'content-type': object.contentType,
    etag: object.etag,
    'last-modified': object.lastModified.toUTCString(),
    ...Object.fromEntries(metadata),
  };
  return { status: 200, headers, body: object.bytes };
}

/** The most that one page holds, whatever is asked for. */
const maxPageLength = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
function listObjects({ request, store, name: bucketName }: OperationInput): S3Answer {
  const bucket = store.find(bucketName);
  const ask = (name: string) => queryValue(request, name) ?? '';
  const [prefix, delimiter] = [ask('prefix'), ask('delimiter')];
  const maxKeys = Math.min(Number(ask('max-keys') || maxPageLength), maxPageLength);
  const begin = Buffer.from(ask('continuation-token'), 'base64');
  const rows = new Map<string, string>();
  for (const object of bucket.all().filter(({ key }) => key.startsWith(prefix))) {
    const [name, xml] = rowOf(object, prefix, delimiter);
    if (Buffer.compare(Buffer.from(name), begin) > 0) rows.set(name, xml);
  }
  const page = [...rows].slice(0, maxKeys);
  const [last] = page.at(-1) ?? [];
  const isTruncated = last !== undefined && page.length < rows.size;
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    tag('Name', bucket.name),
    tag('Prefix', prefix),
    tag('KeyCount', page.length),
    tag('MaxKeys', maxKeys),
    tag('IsTruncated', isTruncated),
    isTruncated ? tag('NextContinuationToken', Buffer.from(last).toString('base64')) : '',
    ...page.map(([, xml]) => xml),
    '</ListBucketResult>',
  ].join('');
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) };
}

/** An object, or the common prefix of all keys that are alike up to the delimiter: its name and its XML. */
function rowOf({ key, lastModified, etag, size }: StoredObject, prefix: string, delimiter: string): [string, string] {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  if (end !== -1) {
    const common = key.slice(0, end + delimiter.length);
    return [common, `<CommonPrefixes>${tag('Prefix', common)}</CommonPrefixes>`];
  }
  const fields = [
    tag('Key', key),
    tag('LastModified', lastModified.toISOString()),
    tag('ETag', etag),
    tag('Size', size),
  ];
  return [key, `<Contents>${fields.join('')}</Contents>`];
}
