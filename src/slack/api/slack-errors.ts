import { webApi } from '@slack/bolt';
import { z } from 'zod';

/** Slack refused these blocks. `pointers` are the places that it blames; none if it does not say. */
export class BlocksRefusedError extends Error {
  override readonly name = 'BlocksRefusedError';
  readonly pointers: readonly string[];
  /** Can pass by itself, even if the link is good: https://github.com/slackapi/python-slack-sdk/issues/1782 */
  readonly isDownloadFailure: boolean;

  constructor(pointers: readonly string[], isDownloadFailure = false, options?: ErrorOptions) {
    super(`Slack refused the blocks${pointers.length > 0 ? ` at ${pointers.join(', ')}` : ''}.`, options);
    this.pointers = pointers;
    this.isDownloadFailure = isDownloadFailure;
  }
}

/** Slack did not take an answer: the address is used up (5 uses), too old (30 minutes), or Slack has trouble. */
export class ResponseUrlError extends Error {
  override readonly name = 'ResponseUrlError';
  /** True if Slack said no; otherwise it may have taken the answer. */
  readonly isRefusal: boolean;

  constructor(message: string, isRefusal: boolean, options?: ErrorOptions) {
    super(message, options);
    this.isRefusal = isRefusal;
  }
}

const refusedCodes = new Set(['invalid_blocks', 'invalid_blocks_format', 'invalid_attachments', 'msg_blocks_too_long']);

/** For people: if they have another shape, the refusal is still one. */
const sentencesSchema = z.array(z.string()).nullish().catch(undefined);

/** https://docs.slack.dev/apis/web-api/#responses */
export const refusalSchema = z.object({
  ok: z.literal(false),
  error: z.string(),
  errors: sentencesSchema,
  response_metadata: z.object({ messages: sentencesSchema }).nullish().catch(undefined),
});

/**
 * The refusal of blocks in a Web API answer, if it is one. Slack names places only inside sentences, such as
 * `downloading image failed [json-pointer:/blocks/1/image_url]`.
 */
export function readBlocksRefusal(answer: unknown, cause?: unknown): BlocksRefusedError | undefined {
  const refusal = refusalSchema.safeParse(answer).data;
  if (!refusal || !refusedCodes.has(refusal.error)) return undefined;
  const text = [...(refusal.errors ?? []), ...(refusal.response_metadata?.messages ?? [])].join('\n');
  const pointers = [...text.matchAll(/\[json-pointer:([^\]]+)\]/g)].flatMap(([, pointer]) => pointer ?? []);
  const isDownloadFailure = text.includes('downloading image failed');
  return new BlocksRefusedError([...new Set(pointers)], isDownloadFailure, { cause });
}

/** The value in the message at a JSON pointer (RFC 6901). */
export function valueAt(root: unknown, pointer: string): unknown {
  const parts = pointer.split('/').slice(1);
  return parts.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    return Object.entries(value).find(([key]) => key === name)?.[1];
  }, root);
}

/** Slack's own word for why it refused a call; '' if the call failed in another way. */
export function refusalCode(error: unknown): string {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : '';
}

export function isDeleted(error: unknown): boolean {
  return refusalCode(error) === 'message_not_found';
}

/** https://docs.slack.dev/reference/methods/chat.update#errors */
const unchangeable = new Set(['cant_update_message', 'channel_not_found', 'edit_window_closed', 'is_inactive']);

/**
 * Whether it is useless to try again: a message that can no longer be changed, or an answer address, which refuses for good
 * or may have taken its one answer.
 */
export function isFinal(error: unknown): boolean {
  return isDeleted(error) || error instanceof ResponseUrlError || unchangeable.has(refusalCode(error));
}

/** False if unknown: a post whose answer is missing may be there. */
export function isCertainlyNotPosted(error: unknown): boolean {
  const isLimited = error instanceof webApi.WebAPIRateLimitedError;
  return isLimited || error instanceof BlocksRefusedError || refusalCode(error) !== '';
}
