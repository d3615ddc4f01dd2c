import type { RichTextElement } from '../block-kit/rich-text.js';
import type { State } from '../state.js';

/** A stretch of what somebody typed: as the wire spells it, and as rich text. */
interface Piece {
  escaped: string;
  element: RichTextElement;
}

const special = /(https?:\/\/[^\s<>]+)|([@#])([\w.-]+)/g;

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const plain = (text: string): Piece => ({ escaped: escapeText(text), element: { type: 'text', text } });

function mention(state: State, sign: string, name: string): Piece {
  const person = [...state.people.values()].find((candidate) => candidate.name === name);
  if (sign === '@' && person) return { escaped: `<@${person.id}>`, element: { type: 'user', user_id: person.id } };
  const channel = [...state.channels.values()].find((candidate) => candidate.name === name);
  if (sign !== '#' || !channel) return plain(sign + name);
  const shownName = channel.kind === 'public' ? name : '';
  return { escaped: `<#${channel.id}|${shownName}>`, element: { type: 'channel', channel_id: channel.id } };
}

function pieces(state: State, typed: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of typed.matchAll(special)) {
    if (match.index > end) found.push(plain(typed.slice(end, match.index)));
    const [whole, url, sign = '', name = ''] = match;
    found.push(url ? { escaped: `<${escapeText(url)}>`, element: { type: 'link', url } } : mention(state, sign, name));
    end = match.index + whole.length;
  }
  if (end < typed.length) found.push(plain(typed.slice(end)));
  return found;
}

/** As a command with `should_escape`, and a message, carry it: `<@U…>`, `<#C…|marketing>`, `<https://…>`, `&amp;`. */
export const escapeTyped = (state: State, typed: string): string =>
  pieces(state, typed)
    .map(({ escaped }) => escaped)
    .join('');

/** As the `rich_text` block of a message that somebody typed. */
export const toRichText = (state: State, typed: string): RichTextElement[] =>
  pieces(state, typed).map(({ element }) => element);
