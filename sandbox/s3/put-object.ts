import { type DecodedBody, decodeAwsChunked } from './aws-chunked.js';
import { verifyChecksums } from './checksums.js';
import type { StoredObject } from './object-store.js';
import type { ConditionHeader, OperationInput, S3Answer } from './operation.js';
import { S3Error } from './s3-error.js';

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html

/** Bytes of all names and values together: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const metadataLimit = 2048;
const keptHeaders = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires'];
const knownAmazonHeader =
  /^x-amz-(content-sha256|date|security-token|user-agent|sdk-checksum-algorithm|checksum-.+|decoded-content-length|trailer|meta-.+|server-side-encryption)$/;

export function putObject({ request, bucket, key, conditionalWrites, payloadHash, now }: OperationInput): S3Answer {
  refuseUnknownHeaders(request.headers);
  checkConditions(request.headers, bucket.get(key), conditionalWrites);
  const { bytes, trailers } = decodeBody(request.body, request.headers, payloadHash);
  const checksums = verifyChecksums(bytes, { ...request.headers, ...trailers });
  const stored = bucket.put({
    key,
    bytes,
    contentType: request.headers['content-type'] ?? 'application/octet-stream',
    lastModified: now,
    metadata: readMetadata(request.headers),
    headers: keepHeaders(request.headers),
    checksums,
  });
  return { status: 200, headers: { etag: stored.etag, ...checksums } };
}

function refuseUnknownHeaders(headers: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-amz-') && !knownAmazonHeader.test(name))
      throw new S3Error('NotImplemented', { Header: name });
  }
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
  const senseless = (ifNoneMatch ?? '*') !== '*' || (ifNoneMatch !== undefined && ifMatch !== undefined);
  if (known === 'refused' || senseless) throw new S3Error('NotImplemented', { Header: header });
  if (known === 'never holds') throw new S3Error('PreconditionFailed', { Condition: header });
  if (ifMatch !== undefined && !present) throw new S3Error('NoSuchKey');
  const lost = ifMatch === undefined ? present !== undefined : unquoted(ifMatch) !== unquoted(present?.etag ?? '');
  if (lost) throw new S3Error('PreconditionFailed', { Condition: header });
}

function unquoted(etag: string): string {
  return etag.replace(/^"(.*)"$/, '$1');
}

function decodeBody(body: Buffer, headers: Readonly<Record<string, string>>, payloadHash: string): DecodedBody {
  if (!payloadHash.startsWith('STREAMING-')) return { bytes: body, trailers: {} };
  if (payloadHash !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    throw new S3Error('NotImplemented', { Header: 'x-amz-content-sha256' });
  }
  const decoded = decodeAwsChunked(body);
  const announced = Number(headers['x-amz-decoded-content-length']);
  if (decoded.bytes.length !== announced) throw new S3Error('IncompleteBody');
  return decoded;
}

function readMetadata(headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  const metadata = entries.map(([name, value]): [string, string] => [name.slice('x-amz-meta-'.length), value]);
  const size = metadata.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > metadataLimit) throw new S3Error('MetadataTooLarge', { Size: String(size), MaxSizeAllowed: '2048' });
  return Object.fromEntries(metadata);
}

function keepHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = headers[name]?.replace(/aws-chunked,?\s*/, '');
    if (value) kept[name] = value;
  }
  return kept;
}
