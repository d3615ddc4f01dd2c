import { readBack } from './block-kit/complete.js';
import type { Content } from './content.js';
import type { Context } from './context.js';
import type { JsonObject, Message } from './model.js';

interface Placement {
  channel: string;
  threadTs?: string | undefined;
  /** Set: an ephemeral message for this person. */
  visibleTo?: string | undefined;
}

/** Puts a message of the app into a channel. */
export function addAppMessage(context: Context, content: Content, placement: Placement): Message {
  const { app, channels } = context.state;
  const isMember = channels.get(placement.channel)?.members.has(app.botUserId) ?? false;
  const message: Message = {
    ...placement,
    ...content,
    ts: context.ids.timestamp(),
    user: isMember ? app.botUserId : undefined,
    botId: app.botId,
    subtype: isMember ? undefined : 'bot_message',
    files: [],
    isEdited: false,
  };
  context.state.messages.push(message);
  context.state.changed();
  return message;
}

/** Puts new content into a message, in place. Metadata that is not mentioned stays. */
export function replaceContent(context: Context, message: Message, content: Content, keepsMetadata: boolean): void {
  message.text = content.text;
  message.blocks = content.blocks;
  message.attachments = content.attachments;
  if (!keepsMetadata) message.metadata = content.metadata;
  if (content.blocks.length === 0) message.isEdited = true;
  context.state.changed();
}

/** Blocks as the Web API and interactions tell them. */
function toldBlocks(context: Context, message: Message): unknown {
  return readBack(message.blocks, (url) => context.images.factsOf(url));
}

/** A message object, as in an answer's `message` and an interaction's. https://docs.slack.dev/reference/events/message */
export function toldMessage(context: Context, message: Message): JsonObject {
  const { team, app, files, messages } = context.state;
  // A message with replies is the first of its own thread.
  const hasReplies = messages.some((other) => other.channel === message.channel && other.threadTs === message.ts);
  const threadTs = message.threadTs ?? (hasReplies ? message.ts : undefined);
  const optional: [string, unknown, boolean][] = [
    ['subtype', message.subtype, message.subtype !== undefined],
    ['user', message.user, message.user !== undefined],
    ['bot_id', message.botId, message.botId !== undefined],
    ['app_id', app.id, message.botId === app.botId],
    ['thread_ts', threadTs, threadTs !== undefined],
    ['blocks', toldBlocks(context, message), message.blocks.length > 0],
    ['attachments', message.attachments, message.attachments.length > 0],
    ['files', message.files.map((id) => toldFile(context, id)), message.files.length > 0],
    ['metadata', message.metadata, message.metadata !== undefined],
    ['edited', { user: message.user, ts: message.ts }, message.isEdited],
  ];
  const told = optional.filter(([, , isTold]) => isTold).map(([key, value]): [string, unknown] => [key, value]);
  return { type: 'message', text: message.text, ts: message.ts, team: team.id, ...Object.fromEntries(told) };

  function toldFile({ state }: Context, id: string): JsonObject {
    const file = files.get(id);
    return { id, name: file?.name, title: file?.title, mimetype: file?.mediaType, user: state.app.botUserId };
  }
}
