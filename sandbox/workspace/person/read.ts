import { imagesIn, type PlacedImage } from '../block-kit/walk.js';
import type { Context } from '../context.js';
import { findImageFile } from '../image-files.js';
import type { Message } from '../model.js';
import type { SeenImage, SeenMessage } from '../seen.js';
import { joinedChannel } from './interaction.js';

function seenImage(context: Context, message: Message, { image, pointer }: PlacedImage): SeenImage {
  const common = { altText: image.alt_text, pointer };
  if (image.image_url !== undefined) {
    const problem = context.images.factsOf(image.image_url) ? undefined : 'broken image';
    return { ...common, url: image.image_url, problem };
  }
  const file = findImageFile(context, image);
  const isShared = file?.sharedIn.has(message.channel) ?? false;
  return { ...common, fileId: file?.id ?? image.slack_file?.id, problem: isShared ? undefined : 'file not found' };
}

export function toSeen(context: Context, message: Message): SeenMessage {
  const { channel, ts, user, botId, text, blocks, attachments, metadata, threadTs, isEdited } = message;
  return {
    channel,
    ts,
    user,
    botId,
    text,
    blocks,
    attachments,
    images: imagesIn(blocks, '/blocks').map((image) => seenImage(context, message, image)),
    files: message.files.flatMap((id) => {
      const file = context.state.files.get(id);
      return file ? [{ id, name: file.name, title: file.title }] : [];
    }),
    metadata,
    threadTs,
    isEdited,
    isEphemeral: message.visibleTo !== undefined,
  };
}

const isVisible = (message: Message, user: string | undefined): boolean =>
  message.visibleTo === undefined || message.visibleTo === user;

/** What stands in a channel for everybody, or with what only this person sees. */
export function messages(context: Context, channel: string, { as }: { as?: string } = {}): readonly SeenMessage[] {
  if (as !== undefined) joinedChannel(context, channel, as);
  return context.state.messages
    .filter((message) => message.channel === channel && isVisible(message, as))
    .map((message) => toSeen(context, message));
}

/** The message that this person acts on; throws where they do not see it. */
export function findSeen(context: Context, input: { user: string; channel: string; messageTs: string }): Message {
  joinedChannel(context, input.channel, input.user);
  const message = context.state.messages.find(
    (candidate) =>
      candidate.channel === input.channel && candidate.ts === input.messageTs && isVisible(candidate, input.user),
  );
  if (!message) throw new Error(`${input.user} sees no message ${input.messageTs} in ${input.channel}.`);
  return message;
}
