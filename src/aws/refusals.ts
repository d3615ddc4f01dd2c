import { redact } from '../observability/log.js';

/** By S3's name and those of the JSON services; not all of their clients export a class for it. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && denied.has(error.name);
}

const denied = new Set(['AccessDenied', 'AccessDeniedException', 'NotAuthorized', 'OptInRequired']);

const unknownCredentials = 'AWS does not know them. Are the access key id and, if any, the session token right?';
const wrongSignature = "AWS refuses their signature. Is the secret access key right, and this machine's clock?";
const expired = 'they have expired. Sign in again, or run the app with a role that renews them.';

/** S3's codes and those of the JSON services: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and CommonErrors of the others. */
const credentialProblems: Readonly<Record<string, string>> = {
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  InvalidAccessKeyId: unknownCredentials,
  InvalidClientTokenId: unknownCredentials,
  InvalidToken: unknownCredentials,
  MissingAuthenticationTokenException: unknownCredentials,
  UnrecognizedClientException: unknownCredentials,
  SignatureDoesNotMatch: wrongSignature,
  InvalidSignatureException: wrongSignature,
  IncompleteSignature: wrongSignature,
  RequestTimeTooSkewed: wrongSignature,
};

/** What to do about credentials that AWS refuses, by any of its services. */
export function explainCredentials(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    const advice = 'Set AWS_PROFILE, or access keys, or run where a role is given.';
    return `credentials: the AWS SDK finds none. ${advice} It says: ${redact(message)}`;
  }
  const problem = credentialProblems[name];
  return problem === undefined ? undefined : `credentials: ${problem}`;
}

/**
 * What went wrong with a call that has a deadline.
 * @param kinds the names of the service's own errors
 */
export function failureOf<Kind extends string>(
  cause: unknown,
  abortSignal: AbortSignal,
  kinds: Readonly<Record<string, Kind>>,
): Kind | 'timed_out' | 'denied' | 'unavailable' {
  if (abortSignal.aborted) return 'timed_out';
  if (!(cause instanceof Error)) return 'unavailable';
  // the SDK calls a broken connection a TimeoutError too; only its code tells them apart
  const isBroken = 'code' in cause && cause.code === 'ECONNRESET';
  if (cause.name === 'AbortError' || (cause.name === 'TimeoutError' && !isBroken)) return 'timed_out';
  if (isDenied(cause) || explainCredentials(cause) !== undefined) return 'denied';
  return kinds[cause.name] ?? 'unavailable';
}
