/** Text in Slack's markup, read. https://docs.slack.dev/messaging/formatting-message-text */
export type Mrkdwn =
  | { kind: 'text' | 'code' | 'preformatted'; text: string }
  | { kind: 'bold' | 'italic' | 'strike' | 'quote'; children: Mrkdwn[] }
  | { kind: 'link'; url: string; label: string }
  | { kind: 'user' | 'channel'; id: string; label: string }
  | { kind: 'broadcast' | 'emoji'; name: string };

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** The three characters that Slack's markup escapes, and no others. */
const unescapeText = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? '');

/** A mark counts at the edge of a word only: `2*3*4` and `snake_case_name` are left alone. */
const marked = (mark: string) =>
  `(?<![\\p{L}\\p{N}${mark}])${mark}(?=\\S)([^${mark}\\n]*[^${mark}\\s])${mark}(?![\\p{L}\\p{N}${mark}])`;

const pattern = new RegExp(
  [
    '```\\n?([\\s\\S]*?)\\n?```',
    '`([^`\\n]+)`',
    '<([^<>\\n]+)>',
    ':([a-z0-9_+-]+):',
    marked('\\*'),
    marked('_'),
    marked('~'),
  ].join('|'),
  'gu',
);

export function parseMrkdwn(text: string): Mrkdwn[] {
  const found: Mrkdwn[] = [];
  // Lines that begin with `>` stand together in a quote.
  for (const part of text.split(/((?:^&gt;[^\n]*(?:\n|$))+)/m)) {
    if (part.startsWith('&gt;')) {
      const inner = part.replace(/\n$/, '').replace(/^&gt; ?/gm, '');
      found.push({ kind: 'quote', children: parseInline(inner) });
    } else if (part) {
      found.push(...parseInline(part));
    }
  }
  return found;
}

function parseInline(text: string): Mrkdwn[] {
  const found: Mrkdwn[] = [];
  const addText = (piece: string): void => {
    if (piece) found.push({ kind: 'text', text: unescapeText(piece) });
  };
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    addText(text.slice(end, match.index));
    found.push(toNode(match));
    end = match.index + match[0].length;
  }
  addText(text.slice(end));
  return found;
}

function toNode([whole, preformatted, code, reference, emoji, bold, italic, strike]: RegExpExecArray): Mrkdwn {
  if (preformatted !== undefined) return { kind: 'preformatted', text: unescapeText(preformatted) };
  if (code !== undefined) return { kind: 'code', text: unescapeText(code) };
  if (reference !== undefined) return parseReference(reference);
  if (emoji !== undefined) return { kind: 'emoji', name: emoji };
  if (bold !== undefined) return { kind: 'bold', children: parseInline(bold) };
  if (italic !== undefined) return { kind: 'italic', children: parseInline(italic) };
  return strike === undefined ? { kind: 'text', text: whole } : { kind: 'strike', children: parseInline(strike) };
}

/** What stands between `<` and `>`. */
function parseReference(reference: string): Mrkdwn {
  const [target = '', label = ''] = reference.split('|', 2);
  const id = target.slice(1);
  switch (target[0]) {
    case '@':
      return { kind: 'user', id, label };
    case '#':
      return { kind: 'channel', id, label };
    case '!':
      return /^(here|channel|everyone)$/.test(id)
        ? { kind: 'broadcast', name: id }
        : { kind: 'text', text: label || id };
    default:
      return { kind: 'link', url: unescapeText(target), label: unescapeText(label || target) };
  }
}
