import type { PostAnalysisFailure } from '../core/prompt/post/post-analysis.js';

const reasons: Record<string, PostAnalysisFailure> = {
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  AccessDeniedException: 'denied',
  UnrecognizedClientException: 'denied',
  InvalidSignatureException: 'denied',
  InvalidClientTokenId: 'denied',
  SignatureDoesNotMatch: 'denied',
  IncompleteSignature: 'denied',
  MissingAuthenticationTokenException: 'denied',
  ExpiredTokenException: 'denied',
  OptInRequired: 'denied',
  NotAuthorized: 'denied',
  CredentialsProviderError: 'denied',
  AbortError: 'timed_out',
};

/** Why a call failed, by the error's name. https://docs.aws.amazon.com/comprehend/latest/APIReference/CommonErrors.html */
export function failureOf(cause: unknown, abortSignal: AbortSignal): PostAnalysisFailure {
  if (abortSignal.aborted) return 'timed_out';
  if (!(cause instanceof Error)) return 'unavailable';
  // The SDK names a broken connection TimeoutError too; only its code tells.
  if (cause.name === 'TimeoutError' && !('code' in cause && cause.code === 'ECONNRESET')) return 'timed_out';
  return reasons[cause.name] ?? 'unavailable';
}
