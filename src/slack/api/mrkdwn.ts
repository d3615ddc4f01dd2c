import { emojiCodes } from '../../core/prompt/post/first-sentence.js';
import { shorten } from '../../core/shorten.js';

// Slack's markup, written and read: https://docs.slack.dev/messaging/formatting-message-text

/**
 * Text for a mrkdwn or top-level `text` field: with these three replaced, nothing in it is a mention, a link or a ping.
 * Not for plain_text, rich_text elements or alt_text, which show entities as they are.
 */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A user, by an ID that Slack gave us; Slack shows the name. */
export function mention(userId: string): string {
  return `<@${userId}>`;
}

/** Slack writes it for the reader's own place and time zone: https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export function readersTime(time: Date): string {
  const seconds = Math.floor(time.getTime() / 1000);
  return `<!date^${seconds}^{date_short_pretty} {time}|${time.toISOString().slice(0, 16).replace('T', ' ')} UTC>`;
}

/**
 * Slack's markup as the words that a user sees: mentions, channels, dates and links by their labels, `&amp;` `&lt;` `&gt;`
 * decoded, white space tidied. For posts, and for command text with `should_escape` on.
 */
export function toPlainWords(text: string): string {
  const words = text.replace(token, (_, target: string, label = '') => tokenWords(target, label.trim()));
  return decodeEntities(words)
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

/** One escape sequence of Slack's; a user's own "<" ("i <3 you") is not. */
const token = /<((?:[@#!]|[a-z][a-z\d+.-]*:)[^<>|\n]*)(?:\|([^<>\n]*))?>/giu;

function tokenWords(target: string, label: string): string {
  if (target.startsWith('@')) return label.replace(/^@/u, '') || 'someone';
  if (target.startsWith('#')) return label.replace(/^#/u, '') || 'a channel';
  if (/^!(?:here|channel|everyone)\b/u.test(target)) return 'everyone';
  if (target.startsWith('!subteam')) return label.replace(/^@/u, '') || 'a team';
  if (target.startsWith('!')) return label;
  return label || target.replace(/^(?:mailto|tel):/iu, '');
}

/** "&" last: "&amp;lt;" is a user's own "&lt;". */
export function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Mrkdwn's marks around words, not inside them: snake_case and 2*3*4 stay. */
const marks = ['*', '_', '~'].map((mark) => {
  const edge = `[\\p{L}\\p{N}${mark}]`;
  return new RegExp(`(?<!${edge})[${mark}](?=\\S)([^${mark}\\n]+)(?<=\\S)[${mark}](?!${edge})`, 'gu');
});

/** What Slack itself writes into `text` of a message made of blocks alone. */
const placeholder = /^This content can[’']t be displayed\.?$/u;

/** A prompt takes 3,000 characters and Comprehend reads the mood of 5,000 bytes, but a message has up to 40,000. */
const maxPost = 5_000;

/**
 * The `text` of a message in plain words, without formatting, quote signs and emoji codes; '' if there are none. A message of
 * nothing but emoji is their codes.
 */
export function readPostText(text: string): string {
  const bare = text.replace(/^(?:&gt;)+ ?/gmu, '').replaceAll('`', '');
  const plain = toPlainWords(bare.replace(emojiCodes, ' ')) || toPlainWords(bare);
  const words = marks.reduce((unmarked, mark) => unmarked.replace(mark, '$1'), plain);
  return placeholder.test(words) ? '' : shorten(words, maxPost);
}
