import { emojiCodesToWords } from './emoji-words.js';

/**
 * Slack's markup as the words that a person sees: mentions, channels, dates and links by their labels, emoji codes by their
 * names, `&amp;` `&lt;` `&gt;` decoded, white space tidied. For messages, and for command text with `should_escape` on.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function toPlainWords(text: string): string {
  const words = text.split(token).map((part, index) => (index % 2 === 0 ? emojiCodesToWords(part) : tokenWords(part)));
  return tidyWhiteSpace(decodeEntities(words.join('')));
}

/** One escape sequence of Slack's; a lone "<" of a person's own ("i <3 you") is none. */
const token = /(<(?:[@#!]|[a-z][a-z\d+.-]*:)[^<>\n]*>)/iu;

function tokenWords(escaped: string): string {
  const content = escaped.slice(1, -1);
  const bar = content.indexOf('|');
  const target = bar < 0 ? content : content.slice(0, bar);
  const label = bar < 0 ? '' : content.slice(bar + 1).trim();
  if (target.startsWith('@')) return label.replace(/^@/u, '') || 'someone';
  if (target.startsWith('#')) return label.replace(/^#/u, '') || 'a channel';
  if (target.startsWith('!')) return specialWords(target, label);
  return emojiCodesToWords(label) || target.replace(/^(?:mailto|tel):/iu, '');
}

function specialWords(target: string, label: string): string {
  if (/^!(?:here|channel|everyone)\b/u.test(target)) return 'everyone';
  if (target.startsWith('!subteam')) return label.replace(/^@/u, '') || 'a team';
  return label;
}

const entities = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
]);

/** Once only: "&amp;lt;" is a person's own "&lt;". */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/gu, (entity) => entities.get(entity) ?? entity);
}

/** Single spaces, no blank line twice, nothing at the ends. */
export function tidyWhiteSpace(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/[^\S\n]+/gu, ' ').trim());
  return lines
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}
