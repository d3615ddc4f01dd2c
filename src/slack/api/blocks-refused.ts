import { z } from 'zod';

/** Slack refused these blocks. `pointers` are the places that it blames; none if it does not say. */
export class BlocksRefusedError extends Error {
  override readonly name = 'BlocksRefusedError';
  readonly pointers: readonly string[];
  /** Can pass by itself, even if the link is good: https://github.com/slackapi/python-slack-sdk/issues/1782 */
  readonly isDownloadFailure: boolean;

  constructor(pointers: readonly string[], options: { cause?: unknown; isDownloadFailure?: boolean } = {}) {
    super(`Slack refused the blocks${pointers.length > 0 ? ` at ${pointers.join(', ')}` : ''}.`, options);
    this.pointers = pointers;
    this.isDownloadFailure = options.isDownloadFailure ?? false;
  }
}

const refusedCodes = new Set(['invalid_blocks', 'invalid_blocks_format', 'invalid_attachments', 'msg_blocks_too_long']);

const refusalSchema = z.object({
  error: z.string(),
  errors: z.array(z.string()).nullish(),
  response_metadata: z.object({ messages: z.array(z.string()).nullish() }).nullish(),
});

/**
 * The refusal of blocks in a Web API answer, if it is one. Slack names places only inside sentences, such as
 * `downloading image failed [json-pointer:/blocks/1/image_url]`.
 */
export function readBlocksRefusal(answer: unknown, cause?: unknown): BlocksRefusedError | undefined {
  const refusal = refusalSchema.safeParse(answer).data;
  if (!refusal || !refusedCodes.has(refusal.error)) return undefined;
  const sentences = [...(refusal.errors ?? []), ...(refusal.response_metadata?.messages ?? [])];
  const pointers = sentences.flatMap((sentence) =>
    [...sentence.matchAll(/\[json-pointer:([^\]]+)\]/g)].flatMap(([, pointer]) => pointer ?? []),
  );
  const isDownloadFailure = sentences.some((sentence) => sentence.includes('downloading image failed'));
  return new BlocksRefusedError([...new Set(pointers)], { cause, isDownloadFailure });
}

/** The value in the message at a JSON pointer (RFC 6901). */
export function valueAt(root: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, part) => {
      if (typeof value !== 'object' || value === null) return undefined;
      return Object.entries(value).find(([key]) => key === part)?.[1];
    }, root);
}
