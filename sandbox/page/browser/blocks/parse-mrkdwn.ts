import { formatDate } from './format-date.js';

/** Text in Slack's markup, as far as Imagine uses it, parsed. https://docs.slack.dev/messaging/formatting-message-text */
export type Piece =
  | string
  | { code: string }
  | { strong: Piece[] }
  | { link: string; label: string }
  /** The ID of a user or channel. */
  | { mention: string; label: string };

/** A `*` counts only at the edge of a word: `2*3*4` stays as it is. */
const pattern = /`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*[^*\s])\*(?![\p{L}\p{N}*])/gu;

export function parseMrkdwn(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(unescapeText(text.slice(end, match.index)), toPiece(match));
    end = match.index + match[0].length;
  }
  pieces.push(unescapeText(text.slice(end)));
  return pieces.filter((piece) => piece !== '');
}

function toPiece([whole, code, reference, strong]: RegExpExecArray): Piece {
  if (code !== undefined) return { code: unescapeText(code) };
  if (reference !== undefined) return parseReference(reference);
  return strong === undefined ? whole : { strong: parseMrkdwn(strong) };
}

/** What is between `<` and `>`. */
function parseReference(reference: string): Piece {
  const [target = '', label = ''] = reference.split('|', 2);
  if (/^[@#]/.test(target)) return { mention: target.slice(1), label };
  if (target.startsWith('!date^')) return readDate(target) ?? unescapeText(label);
  if (target.startsWith('!')) return label || target.slice(1);
  return { link: unescapeText(target), label: unescapeText(label || target) };
}

/** `!date^1392734382^{date_short_pretty} {time}`. A link, which may follow, is left out. */
function readDate(target: string): string | undefined {
  const [, seconds = '', format = ''] = target.split('^');
  return formatDate(Number(seconds || Number.NaN), unescapeText(format));
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Slack escapes these three characters and no others. */
const unescapeText = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? '');
