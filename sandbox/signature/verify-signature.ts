import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SandboxCredentials } from './credentials.js';
import { queryValue, type ReceivedRequest } from './received-request.js';

// Written from "Create a signed AWS API request":
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

/** What is wrong with a signature. Each service answers it in its own words. */
export type SignatureProblem =
  | 'missing'
  | 'malformed'
  | 'unknown key'
  | 'invalid token'
  | 'expired token'
  | 'wrong region'
  | 'wrong service'
  | 'unsigned headers'
  | 'skewed'
  | 'expires too long'
  | 'expired'
  | 'mismatch'
  | 'payload';

export type Verification = { region: string; payloadHash: string } | { problem: SignatureProblem };

export interface VerifyOptions {
  service: string;
  /** Any region is accepted if this is left out. */
  region?: string | undefined;
  credentials: readonly SandboxCredentials[];
  /** How far a request's clock may be off: S3 allows 15 minutes, the JSON services 5. */
  skewSeconds: number;
  now: Date;
}

/** What a request says about its own signature, in its header or its query. */
interface Authorization {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
  signedHeaders: readonly string[];
  signature: string;
  /** As in `X-Amz-Date`: `20261120T080000Z`. */
  timestamp: string;
  sessionToken: string | undefined;
  /** How many seconds a presigned URL lives. */
  expires?: number;
}

/** Seven days, in seconds. */
const maxExpirySeconds = 604_800;

/** Verifies a Signature Version 4, in the header or in the query, and that the body is the one that was signed. */
export function verifySignature(request: ReceivedRequest, options: VerifyOptions): Verification {
  const authorization = readAuthorization(request);
  if (typeof authorization === 'string') return { problem: authorization };
  const known = options.credentials.find((entry) => entry.accessKeyId === authorization.accessKeyId);
  if (!known) return { problem: 'unknown key' };
  const payloadHash = payloadHashOf(request, authorization, options.service);
  const problem =
    scopeProblem(authorization, options) ??
    timeProblem(authorization, options) ??
    unsignedHeaders(request, authorization) ??
    signatureProblem(request, authorization, known, payloadHash) ??
    tokenProblem(authorization, known, options.now) ??
    payloadProblem(request, payloadHash);
  return problem ? { problem } : { region: authorization.region, payloadHash };
}

function readAuthorization(request: ReceivedRequest): Authorization | 'missing' | 'malformed' {
  const value = (name: string) => queryValue(request, `X-Amz-${name}`) ?? '';
  if (value('Algorithm') !== '') {
    if (value('Algorithm') !== 'AWS4-HMAC-SHA256' || !/^\d+$/.test(value('Expires'))) return 'malformed';
    const authorization = authorizationOf(value('Credential'), value('SignedHeaders'), value('Signature'), {
      timestamp: value('Date'),
      sessionToken: queryValue(request, 'X-Amz-Security-Token'),
    });
    return typeof authorization === 'string' ? authorization : { ...authorization, expires: Number(value('Expires')) };
  }
  const header = request.headers.authorization;
  if (header === undefined) return 'missing';
  const form = /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;
  const [, credential = '', signedHeaders = '', signature = ''] = form.exec(header) ?? [];
  return authorizationOf(credential, signedHeaders, signature, {
    timestamp: request.headers['x-amz-date'] ?? '',
    sessionToken: request.headers['x-amz-security-token'],
  });
}

function authorizationOf(
  credential: string,
  signedHeaders: string,
  signature: string,
  rest: Pick<Authorization, 'timestamp' | 'sessionToken'>,
): Authorization | 'malformed' {
  const scope = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential);
  if (!scope || !/^\d{8}T\d{6}Z$/.test(rest.timestamp)) return 'malformed';
  const [, accessKeyId = '', date = '', region = '', service = ''] = scope;
  return { ...rest, accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature };
}

function payloadHashOf(request: ReceivedRequest, { expires }: Authorization, service: string): string {
  const header = request.headers['x-amz-content-sha256'];
  if (service === 's3') return header ?? (expires === undefined ? 'missing' : 'UNSIGNED-PAYLOAD');
  return header ?? sha256(request.body);
}

function scopeProblem(found: Authorization, expected: VerifyOptions): SignatureProblem | undefined {
  if (found.service !== expected.service) return 'wrong service';
  if (expected.region !== undefined && found.region !== expected.region) return 'wrong region';
  return found.timestamp.startsWith(found.date) ? undefined : 'malformed';
}

function timeProblem(
  { timestamp, expires }: Authorization,
  { now, skewSeconds }: VerifyOptions,
): SignatureProblem | undefined {
  const iso = timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const ageSeconds = (now.getTime() - new Date(iso).getTime()) / 1000;
  if (-ageSeconds > skewSeconds) return 'skewed';
  if (expires === undefined) return ageSeconds > skewSeconds ? 'skewed' : undefined;
  if (expires > maxExpirySeconds) return 'expires too long';
  return ageSeconds >= expires ? 'expired' : undefined;
}

/** `host` and every `x-amz-` header must be signed. */
function unsignedHeaders({ headers }: ReceivedRequest, authorization: Authorization): SignatureProblem | undefined {
  const mustBeSigned = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const areSigned = mustBeSigned.every((name) => authorization.signedHeaders.includes(name));
  return areSigned ? undefined : 'unsigned headers';
}

function signatureProblem(
  request: ReceivedRequest,
  authorization: Authorization,
  { secretAccessKey }: SandboxCredentials,
  payloadHash: string,
): SignatureProblem | undefined {
  const { date, region, service, timestamp } = authorization;
  const canonical = sha256(canonicalRequest(request, authorization, payloadHash));
  const scope = `${date}/${region}/${service}/aws4_request`;
  const signingKey = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(signingKey, ['AWS4-HMAC-SHA256', timestamp, scope, canonical].join('\n')).toString('hex');
  const given = Buffer.from(authorization.signature);
  const isEqual = given.length === signature.length && timingSafeEqual(given, Buffer.from(signature));
  return isEqual ? undefined : 'mismatch';
}

function canonicalRequest(
  request: ReceivedRequest,
  { signedHeaders, service }: Authorization,
  payloadHash: string,
): string {
  const segments = request.path.split('/');
  // Every service but S3 signs the path encoded once more than it is sent.
  const path = segments.map((segment) => uriEncode(service === 's3' ? decodeURIComponent(segment) : segment)).join('/');
  const query = request.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .sort()
    .join('&');
  const headers = signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`);
  return [request.method, path || '/', query, headers.join(''), signedHeaders.join(';'), payloadHash].join('\n');
}

function tokenProblem(
  { sessionToken }: Authorization,
  known: SandboxCredentials,
  now: Date,
): SignatureProblem | undefined {
  if (sessionToken !== known.sessionToken) return 'invalid token';
  return known.expiration && now >= known.expiration ? 'expired token' : undefined;
}

function payloadProblem(request: ReceivedRequest, payloadHash: string): SignatureProblem | undefined {
  if (!/^[0-9a-f]{64}$/.test(payloadHash)) return undefined;
  return sha256(request.body) === payloadHash ? undefined : 'payload';
}

/** Encodes all but the unreserved characters of RFC 3986. */
function uriEncode(text: string): string {
  const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, hex);
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
