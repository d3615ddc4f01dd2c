import { webApi } from '@slack/bolt';
import { BlocksRefusedError } from './blocks-refused.js';
import { ResponseUrlError } from './response-url.js';

/** The message is gone: someone deleted it. */
export function isDeleted(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && error.data.error === 'message_not_found';
}

/** https://docs.slack.dev/reference/methods/chat.update#errors */
const unchangeable = new Set(['cant_update_message', 'channel_not_found', 'edit_window_closed', 'is_inactive']);

/**
 * Whether it is useless to try again: a message that can no longer be changed, or an answer address, which refuses for good
 * or may have taken its one answer.
 */
export function isFinal(error: unknown): boolean {
  if (error instanceof webApi.WebAPIPlatformError) return unchangeable.has(error.data.error);
  return error instanceof ResponseUrlError;
}

/** False if unknown: a post whose answer is missing may be there. */
export function isCertainlyNotPosted(error: unknown): boolean {
  return (
    error instanceof webApi.WebAPIPlatformError ||
    error instanceof webApi.WebAPIRateLimitedError ||
    error instanceof BlocksRefusedError
  );
}
