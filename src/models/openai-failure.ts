import OpenAI from 'openai';
import { type FailureReason, ImageModelError } from '../core/errors.js';

/** Whatever OpenAI's client threw, as an `ImageModelError` that keeps it as its cause. */
export function toImageModelError(error: unknown, aborted: boolean): ImageModelError {
  if (error instanceof ImageModelError) return error;
  const reason = aborted ? 'timed_out' : readReason(error);
  const name = error instanceof Error ? error.constructor.name : 'unknown';
  return new ImageModelError(reason, `OpenAI's images ended with ${name}`, { cause: error });
}

/** https://platform.openai.com/docs/guides/error-codes */
function readReason(error: unknown): FailureReason {
  if (error instanceof OpenAI.APIConnectionTimeoutError) return 'timed_out';
  if (error instanceof OpenAI.APIConnectionError) return 'unavailable';
  if (error instanceof SyntaxError) return 'unusable_answer';
  if (!(error instanceof OpenAI.APIError)) return 'failed';
  return readCode(error) ?? readStatus(error.status);
}

function readCode({ code, message }: { code?: string | null | undefined; message: string }): FailureReason | undefined {
  if (code === 'moderation_blocked' || code === 'content_policy_violation') return 'filtered_prompt';
  // An account without money answers 429 as well, but waiting does not help.
  if (code === 'insufficient_quota' || code === 'billing_hard_limit_reached') return 'denied';
  if (/deprecated|shut down|retired/i.test(message)) return 'retired';
  return undefined;
}

/** 404 is a model that does not exist or that the account may not use. */
function readStatus(status: number | undefined): FailureReason {
  if (status === 401 || status === 403 || status === 404) return 'denied';
  if (status === 429) return 'throttled';
  if (status !== undefined && status >= 500) return 'unavailable';
  return status === undefined ? 'failed' : 'rejected';
}
