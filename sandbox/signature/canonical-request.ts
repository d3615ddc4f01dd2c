import { createHash, createHmac } from 'node:crypto';
import type { ReceivedRequest } from './received-request.js';

// Written from "Create a signed AWS API request":
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

export interface CredentialScope {
  date: string;
  region: string;
  service: string;
}

export interface SignatureInput {
  request: ReceivedRequest;
  signedHeaders: readonly string[];
  payloadHash: string;
  /** As in `X-Amz-Date`: `20261120T080000Z`. */
  timestamp: string;
  scope: CredentialScope;
  secretAccessKey: string;
}

export function computeSignature(input: SignatureInput): string {
  const { scope, timestamp } = input;
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    timestamp,
    `${scope.date}/${scope.region}/${scope.service}/aws4_request`,
    sha256(canonicalRequest(input)),
  ].join('\n');
  const dateKey = hmac(`AWS4${input.secretAccessKey}`, scope.date);
  const signingKey = hmac(hmac(hmac(dateKey, scope.region), scope.service), 'aws4_request');
  return hmac(signingKey, stringToSign).toString('hex');
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function canonicalRequest({ request, signedHeaders, payloadHash, scope }: SignatureInput): string {
  const headers = signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`);
  return [
    request.method,
    canonicalPath(request.path, scope.service),
    canonicalQuery(request),
    headers.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** Every service but S3 signs the path encoded once more than it is sent. */
function canonicalPath(path: string, service: string): string {
  const segments = path.split('/');
  const encoded = segments.map((segment) => uriEncode(service === 's3' ? decodeURIComponent(segment) : segment));
  return encoded.join('/') || '/';
}

function canonicalQuery(request: ReceivedRequest): string {
  return request.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .sort()
    .join('&');
}

/** All but the unreserved characters of RFC 3986. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
