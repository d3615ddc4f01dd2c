import type { SignatureProblem, VerifyOptions } from './verify-signature.js';

/** How the JSON services (Bedrock, Comprehend) name a signature that they refuse. */
export interface JsonSignatureError {
  name: string;
  message: string;
}

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const invalidToken = 'The security token included in the request is invalid.';

export function jsonSignatureError(problem: SignatureProblem, { now, skewSeconds }: VerifyOptions): JsonSignatureError {
  switch (problem.kind) {
    case 'missing':
      return { name: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' };
    case 'malformed':
      return {
        name: 'IncompleteSignatureException',
        message: 'The request signature does not conform to AWS standards.',
      };
    case 'unknown key':
    case 'invalid token':
      return { name: 'UnrecognizedClientException', message: invalidToken };
    case 'expired token':
      return { name: 'ExpiredTokenException', message: 'The security token included in the request is expired' };
    case 'wrong service':
      return invalidSignature(`Credential should be scoped to correct service: '${problem.expected}'.`);
    case 'wrong region':
      return invalidSignature('Credential should be scoped to a valid region.');
    case 'unsigned headers':
      return invalidSignature(`'${problem.headers[0]}' must be a 'SignedHeader' in the AWS Authorization.`);
    case 'skewed':
      return invalidSignature(skewMessage(problem.signedAt, now, skewSeconds / 60));
    case 'expired':
    case 'expires too long':
    case 'mismatch':
    case 'payload':
      return invalidSignature(mismatch);
  }
}

function skewMessage(signedAt: Date, now: Date, minutes: number): string {
  const limit = (sign: 1 | -1) => stamp(new Date(now.getTime() + sign * minutes * 60_000));
  return signedAt < now
    ? `Signature expired: ${stamp(signedAt)} is now earlier than ${limit(-1)} (${stamp(now)} - ${minutes} min.)`
    : `Signature not yet current: ${stamp(signedAt)} is still later than ${limit(1)} (${stamp(now)} + ${minutes} min.)`;
}

function stamp(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, '');
}

function invalidSignature(message: string): JsonSignatureError {
  return { name: 'InvalidSignatureException', message };
}
