import { z } from 'zod';
import { type FailureReason, ImageModelError } from '../core/errors.js';

/**
 * The errors of InvokeModel and what each means to us.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html
 */
const reasons: ReadonlyMap<string, FailureReason> = new Map([
  ['AccessDeniedException', 'denied'],
  ['ServiceQuotaExceededException', 'denied'], // the account's own limit: waiting does not lift it
  ['ThrottlingException', 'throttled'],
  ['ModelNotReadyException', 'throttled'],
  ['ModelTimeoutException', 'timed_out'],
  ['AbortError', 'timed_out'],
  ['ModelErrorException', 'failed'],
  ['InternalServerException', 'unavailable'],
  ['ServiceUnavailableException', 'unavailable'],
  ['CredentialsProviderError', 'denied'],
]);

/** Whatever the client threw, as an `ImageModelError` that keeps it as its cause. */
export function toImageModelError(error: unknown, aborted: boolean): ImageModelError {
  if (error instanceof ImageModelError) return error;
  const { name, message } = error instanceof Error ? error : { name: 'unknown', message: '' };
  const reason = aborted ? 'timed_out' : readReason(name, message, error);
  return new ImageModelError(reason, `InvokeModel ended with ${name}`, { cause: error });
}

function readReason(name: string, message: string, error: unknown): FailureReason {
  if (name === 'ValidationException') return readValidation(message);
  if (name === 'ResourceNotFoundException') {
    return /end of its life|marked by provider as legacy/i.test(message) ? 'retired' : 'denied';
  }
  return reasons.get(name) ?? readStatus(error) ?? readNetwork(error);
}

/**
 * Amazon's and the older Stability models refuse a prompt by an error; trouble with the account can look the same, and so
 * does a model id that is unknown, or unknown in this Region.
 */
function readValidation(message: string): FailureReason {
  if (/content filters|filtered words|invalid_prompts|responsible ai policy/i.test(message)) return 'filtered_prompt';
  if (/operation not allowed|model identifier is invalid/i.test(message)) return 'denied';
  return 'rejected';
}

/** What the SDK adds to an error that came with an answer, even one it cannot name. */
const answeredSchema = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) });

function readStatus(error: unknown): FailureReason | undefined {
  const status = answeredSchema.safeParse(error).data?.$metadata.httpStatusCode;
  if (status === undefined || status < 400) return undefined;
  if (status === 401 || status === 403) return 'denied';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unavailable' : 'rejected';
}

/** Node's network errors carry a code such as ECONNREFUSED. The SDK names some of them TimeoutError too: only the code tells. */
function readNetwork(error: unknown): FailureReason {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code === 'ETIMEDOUT' ? 'timed_out' : 'unavailable';
  }
  return error instanceof Error && error.name === 'TimeoutError' ? 'timed_out' : 'failed';
}
