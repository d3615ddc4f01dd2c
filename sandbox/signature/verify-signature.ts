import { timingSafeEqual } from 'node:crypto';
import { computeSignature, sha256 } from './canonical-request.js';
import type { SandboxCredentials } from './credentials.js';
import { type Authorization, readAuthorization } from './read-authorization.js';
import type { ReceivedRequest } from './received-request.js';

/** What is wrong with a signature; each service says it in its own words. */
export type SignatureProblem =
  | { kind: 'missing' | 'malformed' | 'unknown key' | 'invalid token' | 'expired token' | 'mismatch' | 'payload' }
  | { kind: 'wrong region' | 'wrong service'; found: string; expected: string }
  | { kind: 'unsigned headers'; headers: readonly string[] }
  | { kind: 'skewed'; signedAt: Date }
  | { kind: 'expires too long' }
  | { kind: 'expired'; expires: number; at: Date };

export type Verification =
  | { ok: true; region: string; presigned: boolean; payloadHash: string }
  | { ok: false; problem: SignatureProblem };

export interface VerifyOptions {
  service: string;
  /** Any region is good where none is named. */
  region?: string | undefined;
  credentials: readonly SandboxCredentials[];
  /** How far a request's clock may be off: S3 allows 15 minutes, the JSON services 5. */
  skewSeconds: number;
  now: Date;
}

/** The longest life of a presigned URL, in seconds: seven days. */
const longestExpiry = 604_800;

/** Verifies a Signature Version 4, in the header or in the query, and that the body is the one that was signed. */
export function verifySignature(request: ReceivedRequest, options: VerifyOptions): Verification {
  const read = readAuthorization(request);
  if ('problem' in read) return refuse({ kind: read.problem });
  const { authorization } = read;
  const known = options.credentials.find((entry) => entry.accessKeyId === authorization.accessKeyId);
  if (!known) return refuse({ kind: 'unknown key' });
  const payloadHash = payloadHashOf(request, authorization, options.service);
  const problem =
    scopeProblem(authorization, options) ??
    timeProblem(authorization, options) ??
    unsignedHeaders(request, authorization) ??
    signatureProblem(request, authorization, known, payloadHash) ??
    tokenProblem(authorization, known, options.now) ??
    payloadProblem(request, payloadHash);
  if (problem) return refuse(problem);
  return { ok: true, region: authorization.scope.region, presigned: authorization.expires !== undefined, payloadHash };
}

function refuse(problem: SignatureProblem): Verification {
  return { ok: false, problem };
}

function payloadHashOf(request: ReceivedRequest, authorization: Authorization, service: string): string {
  const header = request.headers['x-amz-content-sha256'];
  if (service === 's3') return header ?? (authorization.expires === undefined ? 'missing' : 'UNSIGNED-PAYLOAD');
  return header ?? sha256(request.body);
}

function scopeProblem({ scope, timestamp }: Authorization, options: VerifyOptions): SignatureProblem | undefined {
  if (scope.service !== options.service) {
    return { kind: 'wrong service', found: scope.service, expected: options.service };
  }
  if (options.region !== undefined && scope.region !== options.region) {
    return { kind: 'wrong region', found: scope.region, expected: options.region };
  }
  return timestamp.startsWith(scope.date) ? undefined : { kind: 'malformed' };
}

function timeProblem(authorization: Authorization, options: VerifyOptions): SignatureProblem | undefined {
  const signedAt = parseTimestamp(authorization.timestamp);
  const ahead = (signedAt.getTime() - options.now.getTime()) / 1000;
  const { expires } = authorization;
  if (ahead > options.skewSeconds) return { kind: 'skewed', signedAt };
  if (expires === undefined) return -ahead > options.skewSeconds ? { kind: 'skewed', signedAt } : undefined;
  if (expires > longestExpiry) return { kind: 'expires too long' };
  const at = new Date(signedAt.getTime() + expires * 1000);
  return options.now >= at ? { kind: 'expired', expires, at } : undefined;
}

/** `host`, which HTTP/2 calls `:authority`, and every `x-amz-` header must be among the signed ones. */
function unsignedHeaders({ headers }: ReceivedRequest, authorization: Authorization): SignatureProblem | undefined {
  const host = headers[':authority'] === undefined ? 'host' : ':authority';
  const mustBeSigned = [host, ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = mustBeSigned.filter((name) => !authorization.signedHeaders.includes(name));
  return unsigned.length > 0 ? { kind: 'unsigned headers', headers: unsigned } : undefined;
}

function signatureProblem(
  request: ReceivedRequest,
  authorization: Authorization,
  known: SandboxCredentials,
  payloadHash: string,
): SignatureProblem | undefined {
  const expected = computeSignature({
    request,
    payloadHash,
    signedHeaders: authorization.signedHeaders,
    timestamp: authorization.timestamp,
    scope: authorization.scope,
    secretAccessKey: known.secretAccessKey,
  });
  const given = Buffer.from(authorization.signature);
  const equal = given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
  return equal ? undefined : { kind: 'mismatch' };
}

function tokenProblem(
  { sessionToken }: Authorization,
  known: SandboxCredentials,
  now: Date,
): SignatureProblem | undefined {
  if (sessionToken !== known.sessionToken) return { kind: 'invalid token' };
  return known.expiration && now >= known.expiration ? { kind: 'expired token' } : undefined;
}

function payloadProblem(request: ReceivedRequest, payloadHash: string): SignatureProblem | undefined {
  if (!/^[0-9a-f]{64}$/.test(payloadHash)) return undefined;
  return sha256(request.body) === payloadHash ? undefined : { kind: 'payload' };
}

function parseTimestamp(timestamp: string): Date {
  return new Date(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
