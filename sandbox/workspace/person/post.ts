import { z } from 'zod';
import { messageBlock, type RichTextElement } from '../block-kit/blocks.js';
import { withIds } from '../block-kit/walk.js';
import type { Context } from '../context.js';
import type { PostInput } from '../driver.js';
import { upload } from '../files.js';
import type { Message } from '../model.js';
import type { SeenMessage } from '../seen.js';
import type { State } from '../state.js';
import { joinedChannel } from './interaction.js';
import { toSeen } from './read.js';

const otherAppsBotId = 'B0OTHERAPP';

/** A message of a person, which Slack keeps as rich text too, or of another app. */
export function post(context: Context, input: PostInput): SeenMessage {
  const { channel, user, text = '', blocks, threadTs } = input;
  const { state, ids } = context;
  if (user !== undefined) joinedChannel(context, channel, user);
  const typed = user === undefined ? [] : pieces(state, text).map(({ element }) => element);
  const written =
    typed.length > 0 ? [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: typed }] }] : blocks;
  const parsed = z.array(messageBlock).parse(written ?? []);
  const files = (user === undefined ? [] : (input.files ?? [])).map((file) => upload(context, user ?? '', file));
  for (const { sharedIn } of files) sharedIn.add(channel);
  const message: Message = {
    channel,
    ts: ids.timestamp(),
    user,
    botId: user === undefined ? otherAppsBotId : undefined,
    subtype: user === undefined ? 'bot_message' : files.length > 0 ? 'file_share' : undefined,
    text: user === undefined ? text : escapeTyped(state, text),
    blocks: z.array(messageBlock).parse(withIds(parsed, () => ids.next('b'))),
    files: files.map(({ id }) => id),
    threadTs,
    isEdited: false,
  };
  state.messages.push(message);
  state.changed();
  return toSeen(context, message);
}

/** Part of a typed text: as the wire spells it, and as rich text. */
interface Piece {
  escaped: string;
  element: RichTextElement;
}

/** As a command with `should_escape`, and a message, carry it: `<@U…>`, `<#C…|marketing>`, `<https://…>`, `&amp;`. */
export const escapeTyped = (state: State, typed: string): string =>
  pieces(state, typed)
    .map(({ escaped }) => escaped)
    .join('');

function pieces(state: State, typed: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of typed.matchAll(/(https?:\/\/[^\s<>]+)|([@#])([\w.-]+)/g)) {
    if (match.index > end) found.push(plain(typed.slice(end, match.index)));
    const [whole, url, sign = '', name = ''] = match;
    found.push(url ? { escaped: `<${escapeText(url)}>`, element: { type: 'link', url } } : mention(state, sign, name));
    end = match.index + whole.length;
  }
  if (end < typed.length) found.push(plain(typed.slice(end)));
  return found;
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const plain = (text: string): Piece => ({ escaped: escapeText(text), element: { type: 'text', text } });

function mention({ people, channels }: State, sign: string, name: string): Piece {
  const person = [...people.values()].find((candidate) => candidate.name === name);
  if (sign === '@' && person) return { escaped: `<@${person.id}>`, element: { type: 'user', user_id: person.id } };
  const channel = [...channels.values()].find((candidate) => candidate.name === name);
  if (sign !== '#' || !channel) return plain(sign + name);
  const shownName = channel.kind === 'public' ? name : '';
  return { escaped: `<#${channel.id}|${shownName}>`, element: { type: 'channel', channel_id: channel.id } };
}
