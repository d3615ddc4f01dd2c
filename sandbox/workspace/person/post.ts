import { z } from 'zod';
import { type MessageBlock, messageBlock } from '../block-kit/blocks.js';
import { withIds } from '../block-kit/complete.js';
import type { Context } from '../context.js';
import type { PostInput } from '../inputs.js';
import type { Message } from '../model.js';
import type { SeenMessage } from '../seen.js';
import { joinedChannel } from './interaction.js';
import { toSeen } from './read.js';
import { escapeTyped, toRichText } from './typed-text.js';

const otherAppsBotId = 'B0OTHERAPP';

function attach(context: Context, file: PostInput['file'], channel: string): string[] {
  if (!file) return [];
  const id = context.ids.next('F');
  context.state.files.set(id, {
    id,
    name: file.name,
    title: file.name,
    length: file.content.length,
    content: file.content,
    mediaType: file.mediaType,
    isComplete: true,
    processedAt: context.now(),
    createdAt: context.now(),
    sharedIn: new Set([channel]),
  });
  return [id];
}

/** People write text, which Slack keeps as rich text too; apps send blocks. */
function blocksOf(context: Context, { user, text, blocks }: PostInput): readonly MessageBlock[] {
  const typed = user !== undefined && text ? toRichText(context.state, text) : [];
  const raw: unknown =
    typed.length > 0 ? [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: typed }] }] : blocks;
  const parsed = z.array(messageBlock).parse(raw ?? []);
  return z.array(messageBlock).parse(withIds(parsed, () => context.ids.next('b')));
}

/** A message of a person, or of another app. */
export function post(context: Context, input: PostInput): SeenMessage {
  const { state, ids } = context;
  if (input.user !== undefined) joinedChannel(context, input.channel, input.user);
  const text = input.text ?? '';
  const message: Message = {
    channel: input.channel,
    ts: ids.timestamp(),
    user: input.user,
    botId: input.user === undefined ? otherAppsBotId : undefined,
    subtype: input.user === undefined ? 'bot_message' : undefined,
    text: input.user === undefined ? text : escapeTyped(state, text),
    blocks: blocksOf(context, input),
    attachments: input.attachments ?? [],
    files: attach(context, input.file, input.channel),
    threadTs: input.threadTs,
    isEdited: false,
  };
  state.messages.push(message);
  state.changed();
  return toSeen(context, message);
}
