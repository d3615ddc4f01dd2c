import type { SignatureProblem } from '../signature/verify-signature.js';
import { S3Error } from './s3-error.js';

/** How S3 answers a signature that it refuses. */
export function signatureError(problem: SignatureProblem, presigned: boolean, now: Date): S3Error {
  switch (problem.kind) {
    case 'missing':
      return new S3Error('AccessDenied');
    case 'malformed':
      return new S3Error(presigned ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed');
    case 'unknown key':
      return new S3Error('InvalidAccessKeyId');
    case 'invalid token':
      return new S3Error('InvalidToken');
    case 'expired token':
      return new S3Error('ExpiredToken');
    case 'wrong region':
    case 'wrong service':
      return scopeError(problem, presigned);
    case 'unsigned headers':
      return new S3Error(
        'AccessDenied',
        { HeadersNotSigned: problem.headers.join(', ') },
        'There were headers present in the request which were not signed',
      );
    case 'skewed':
      return new S3Error('RequestTimeTooSkewed', {
        ServerTime: now.toISOString(),
        MaxAllowedSkewMilliseconds: '900000',
      });
    case 'expires too long':
      return new S3Error(
        'AuthorizationQueryParametersError',
        {},
        'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
      );
    case 'expired':
      return new S3Error(
        'AccessDenied',
        {
          'X-Amz-Expires': String(problem.expires),
          Expires: problem.at.toISOString(),
          ServerTime: now.toISOString(),
        },
        'Request has expired',
      );
    case 'mismatch':
      return new S3Error('SignatureDoesNotMatch');
    case 'payload':
      return new S3Error('XAmzContentSHA256Mismatch');
  }
}

function scopeError(
  problem: Extract<SignatureProblem, { kind: 'wrong region' | 'wrong service' }>,
  presigned: boolean,
): S3Error {
  const what = problem.kind === 'wrong region' ? 'region' : 'service';
  const which = `the ${what} '${problem.found}' is wrong; expecting '${problem.expected}'`;
  const detail = what === 'region' ? { Region: problem.expected } : {};
  return presigned
    ? new S3Error('AuthorizationQueryParametersError', detail, `Error parsing the X-Amz-Credential parameter; ${which}`)
    : new S3Error('AuthorizationHeaderMalformed', detail, `The authorization header is malformed; ${which}`);
}
