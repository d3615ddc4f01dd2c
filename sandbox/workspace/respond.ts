import { z } from 'zod';
import { ApiError } from './api-error.js';
import { admitContent, type Content, type RawContent } from './content.js';
import type { Context } from './context.js';
import { addAppMessage, replaceContent } from './messages.js';
import type { Message } from './model.js';
import type { Origin } from './response-urls.js';
import { removeMessage } from './state.js';

/** A message as an acknowledgement or a response URL takes it. */
const responseMessage = z.looseObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  metadata: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).catch('ephemeral'),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

type ResponseMessage = z.output<typeof responseMessage>;

export function parseResponse(raw: unknown): ResponseMessage {
  const parsed = responseMessage.safeParse(raw);
  if (!parsed.success) throw new ApiError('invalid_payload');
  return parsed.data;
}

const hasContent = ({ text, blocks, attachments }: RawContent): boolean =>
  [text, blocks, attachments].some((part) => part !== undefined);

/** Only a button's URL has a message that it can touch: the one the button stands in. */
function originalOf(context: Context, origin: Origin): Message | undefined {
  return context.state.messages.find(({ channel, ts }) => channel === origin.channel && ts === origin.messageTs);
}

function postNew(context: Context, origin: Origin, message: ResponseMessage, content: Content): void {
  const isPublic = message.response_type === 'in_channel';
  addAppMessage(context, content, {
    channel: origin.channel,
    visibleTo: isPublic ? undefined : origin.user,
    // https://docs.slack.dev/interactivity/handling-user-interaction: in a thread only as a new message to the channel
    threadTs: isPublic && message.replace_original === false ? message.thread_ts : undefined,
  });
}

/** Does what a response asks for. An ephemeral message stays one when it is replaced, and a posted one posted. */
export async function applyResponse(context: Context, origin: Origin, message: ResponseMessage): Promise<void> {
  const original = originalOf(context, origin);
  if (!hasContent(message)) {
    if (!message.delete_original) throw new ApiError('no_text');
    if (original) removeMessage(context.state, original);
    return;
  }
  const content = await admitContent(context, message);
  if (message.delete_original && original) removeMessage(context.state, original);
  if (message.replace_original && original && !message.delete_original) {
    replaceContent(context, original, content, message.metadata === undefined);
  } else {
    postNew(context, origin, message, content);
  }
}
