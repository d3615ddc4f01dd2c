import { queryValue, type ReceivedRequest } from '../signature/received-request.js';
import type { Bucket } from './object-store.js';
import { S3Error } from './s3-error.js';

/**
 * What becomes of a condition: kept, answered with 501, overlooked, or, as If-Match by Ceph 16, which compares the entity
 * tag with its quotes, answered with 412 though it holds.
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
  bucket: Bucket;
  key: string;
  conditionalWrites: Readonly<Record<ConditionHeader, ConditionalWrites>>;
  /** The hash that the request was signed with, or the word that stands in its place. */
  payloadHash: string;
  now: Date;
}

export const operationNames = [
  'PutObject',
  'GetObject',
  'HeadObject',
  'DeleteObject',
  'ListObjectsV2',
  'HeadBucket',
] as const;

export type OperationName = (typeof operationNames)[number];

export type Operation = (input: OperationInput) => S3Answer;

/** Query names that change no operation: the signature's, the SDK's and the answer's headers. */
const harmless = /^(X-Amz-.+|x-id|x-amz-checksum-mode|response-.+)$/;
const listing = new Set([
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
  'fetch-owner',
]);

/** The name of the operation that a request asks for. Throws NotImplemented for those that are not served here. */
export function operationName(request: ReceivedRequest, key: string): OperationName {
  const names = request.query.map(([name]) => name).filter((name) => !harmless.test(name));
  if (key !== '') return objectOperation(request, names);
  if (request.method === 'HEAD' && names.length === 0) return 'HeadBucket';
  const lists = request.method === 'GET' && queryValue(request, 'list-type') === '2';
  if (lists && names.every((name) => listing.has(name))) return 'ListObjectsV2';
  throw notServed(request, names);
}

function objectOperation(request: ReceivedRequest, names: string[]): OperationName {
  const operations: Record<string, OperationName> = {
    PUT: 'PutObject',
    GET: 'GetObject',
    HEAD: 'HeadObject',
    DELETE: 'DeleteObject',
  };
  const operation = operations[request.method];
  const copies = request.headers['x-amz-copy-source'] !== undefined;
  if (!operation || names.length > 0 || copies) throw notServed(request, names);
  return operation;
}

function notServed(request: ReceivedRequest, names: string[]): S3Error {
  const asked = [request.method, ...names].join(' ');
  return new S3Error('NotImplemented', {}, `The sandbox does not serve this operation (${asked}).`);
}
