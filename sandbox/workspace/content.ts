import { z } from 'zod';
import { fromJson } from '../http.js';
import { ApiError } from './api-error.js';
import { type MessageBlock, messageBlock } from './block-kit/blocks.js';
import { startingValues } from './block-kit/fields.js';
import { check, invalidBlocks, type Problem } from './block-kit/problems.js';
import { duplicateIds, imagesIn, readBack, withIds } from './block-kit/walk.js';
import type { Context } from './context.js';
import { toldFile } from './files.js';
import { findImageFile } from './images.js';
import type { JsonObject, Message } from './model.js';

interface Content {
  text: string;
  blocks: readonly MessageBlock[];
}

const maxTextLength = 40_000; // longer texts are cut: https://docs.slack.dev/reference/methods/chat.postMessage
const maxBlocks = 50;

/** The message as Slack takes it, its images downloaded. Throws what Slack refuses it with. */
export async function admitContent(
  context: Context,
  raw: { text?: string | null | undefined; blocks?: unknown },
): Promise<Content> {
  const text = (raw.text ?? '').slice(0, maxTextLength);
  const blocks = parseBlocks(context, fromJson(raw.blocks ?? []));
  if (text === '' && blocks.length === 0) throw new ApiError('no_text');
  const problems = await Promise.all(imagesIn(blocks).map((image) => imageProblems(context, image)));
  if (problems.flat().length > 0) throw invalidBlocks(problems.flat());
  return { text, blocks };
}

function parseBlocks({ settings, ids }: Context, raw: unknown): readonly MessageBlock[] {
  const list = z.array(z.looseObject({})).safeParse(raw);
  if (!list.success) throw new ApiError('invalid_blocks_format');
  if (list.data.length > maxBlocks) throw new ApiError('msg_blocks_too_many');
  const checked = check(z.array(messageBlock), list.data, '/blocks');
  if ('problems' in checked) throw invalidBlocks(checked.problems);
  const unknown = checked.value.flatMap(({ type }, index) =>
    type === 'carousel' && !settings.carousels
      ? [{ message: 'unsupported type: carousel', pointer: `/blocks/${index}/type` }]
      : [],
  );
  const problems = [...duplicateIds(checked.value, '/blocks'), ...unknown];
  if (problems.length > 0) throw invalidBlocks(problems);
  return z.array(messageBlock).parse(withIds(checked.value, () => ids.next('b')));
}

type PlacedImage = ReturnType<typeof imagesIn>[number];

async function imageProblems(context: Context, { image, pointer }: PlacedImage): Promise<Problem[]> {
  if (image.image_url === undefined) {
    const file = findImageFile(context, image);
    return file ? [] : [{ message: 'invalid slack file', pointer: `${pointer}/slack_file` }];
  }
  const downloaded = await context.images.download(image.image_url);
  return downloaded ? [] : [{ message: 'downloading image failed', pointer: `${pointer}/image_url` }];
}

/** Puts a message of the app into a channel. `visibleTo`: an ephemeral message for this person. */
export function addAppMessage(
  { state, ids }: Context,
  content: Content,
  place: Pick<Message, 'channel' | 'threadTs' | 'visibleTo'>,
): Message {
  const { app, channels } = state;
  const isMember = channels.get(place.channel)?.members.has(app.botUserId) ?? false;
  const message: Message = {
    ...place,
    ...content,
    ts: ids.timestamp(),
    user: isMember ? app.botUserId : undefined,
    botId: app.botId,
    subtype: isMember ? undefined : 'bot_message',
    files: [],
    isEdited: false,
  };
  state.messages.push(message);
  state.changed();
  return message;
}

/** Puts new content into a message, in place. */
export function replaceContent({ state }: Context, message: Message, { text, blocks }: Content): void {
  const isEdited = message.isEdited || blocks.length === 0;
  const choices = [...(message.choices ?? [])].map(
    ([user, values]) => [user, startingValues(blocks, { blocks: message.blocks, values })] as const,
  );
  Object.assign(message, { text, blocks, isEdited, choices: new Map(choices) });
  state.changed();
}

/** A message object, as in an answer's `message` and an interaction's. https://docs.slack.dev/reference/events/message */
export function toldMessage(context: Context, message: Message): JsonObject {
  const { team, app, files, messages } = context.state;
  const { subtype, user, botId, text, ts, blocks } = message;
  // A message with replies is the first of its own thread.
  const hasReplies = messages.some((other) => other.channel === message.channel && other.threadTs === ts);
  const threadTs = message.threadTs ?? (hasReplies ? ts : undefined);
  const shownFiles = message.files.map((id) => {
    const file = files.get(id);
    return file ? toldFile(context, file) : { id, mode: 'tombstone' };
  });
  return {
    type: 'message',
    text,
    ts,
    team: team.id,
    ...(subtype && { subtype }),
    ...(user && { user }),
    ...(botId && { bot_id: botId }),
    ...(botId === app.botId && { app_id: app.id }),
    ...(threadTs && { thread_ts: threadTs }),
    ...(blocks.length > 0 && { blocks: readBack(blocks) }),
    ...(shownFiles.length > 0 && { files: shownFiles, upload: false }),
    ...(message.isEdited && { edited: { user, ts } }),
  };
}
