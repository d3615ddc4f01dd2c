import { byPlace, startingValues } from '../block-kit/fields.js';
import { imagesIn } from '../block-kit/walk.js';
import type { Context } from '../context.js';
import { findImageFile } from '../images.js';
import type { Message } from '../model.js';
import type { SeenFile, SeenMessage } from '../seen.js';
import { joinedChannel } from './interaction.js';

/** `as`: with what this person has chosen in it. */
export function toSeen(context: Context, message: Message, as = ''): SeenMessage {
  const { channel, ts, user, botId, text, blocks, threadTs, isEdited, visibleTo } = message;
  const images = imagesIn(blocks).map(({ image }) => {
    const { alt_text: altText, image_url: url } = image;
    if (url !== undefined) {
      return { altText, url, problem: context.images.isKnown(url) ? undefined : ('broken image' as const) };
    }
    const isShared = findImageFile(context, image)?.sharedIn.has(channel) ?? false;
    return { altText, fileId: image.slack_file?.id, problem: isShared ? undefined : ('file not found' as const) };
  });
  const files = seenFiles(context, message.files);
  const isEphemeral = visibleTo !== undefined;
  const chosen = message.choices?.get(as) ?? startingValues(blocks);
  const values = byPlace(blocks, chosen, (_element, value) => value ?? null);
  return { channel, ts, user, botId, text, blocks, images, files, values, threadTs, isEdited, isEphemeral };
}

export const seenFiles = ({ state }: Context, ids: readonly string[]): SeenFile[] =>
  ids.flatMap((id) => {
    const file = state.files.get(id);
    return file ? [{ id, name: file.name, title: file.title, mediaType: file.mediaType }] : [];
  });

const isVisible = ({ visibleTo }: Message, user: string | undefined): boolean =>
  visibleTo === undefined || visibleTo === user;

/** What a channel shows to everyone, or with what only this person sees. */
export function messages(context: Context, channel: string, { as }: { as?: string } = {}): readonly SeenMessage[] {
  if (as !== undefined) joinedChannel(context, channel, as);
  return context.state.messages
    .filter((message) => message.channel === channel && isVisible(message, as))
    .map((message) => toSeen(context, message, as));
}

/** The message that this person acts on. Throws if they do not see it. */
export function findSeen(
  context: Context,
  { user, channel, messageTs }: { user: string; channel: string; messageTs: string },
): Message {
  joinedChannel(context, channel, user);
  const message = context.state.messages.find(
    (candidate) => candidate.channel === channel && candidate.ts === messageTs && isVisible(candidate, user),
  );
  if (!message) throw new Error(`${user} sees no message ${messageTs} in ${channel}.`);
  return message;
}
