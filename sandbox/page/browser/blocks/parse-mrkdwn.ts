/** Text in Slack's markup, parsed. https://docs.slack.dev/messaging/formatting-message-text */
export type Piece =
  | string
  | { tag: 'code' | 'pre'; content: string }
  | { tag: 'strong' | 'em' | 's' | 'blockquote'; content: Piece[] }
  | { link: string; label: string }
  /** The ID of a user or channel, or `here`, `channel` or `everyone`. */
  | { mention: string; label: string };

/** A mark counts only at the edge of a word: `2*3*4` and `snake_case_name` stay as they are. */
const marked = (mark: string) =>
  `(?<![\\p{L}\\p{N}${mark}])${mark}(?=\\S)([^${mark}\\n]*[^${mark}\\s])${mark}(?![\\p{L}\\p{N}${mark}])`;

const pattern = new RegExp(
  ['```\\n?([\\s\\S]*?)\\n?```', '`([^`\\n]+)`', '<([^<>\\n]+)>', marked('\\*'), marked('_'), marked('~')].join('|'),
  'gu',
);

export function parseMrkdwn(text: string): Piece[] {
  // Adjacent lines that begin with `>` form one quote.
  return text.split(/((?:^&gt;[^\n]*(?:\n|$))+)/m).flatMap((part): Piece[] => {
    if (!part.startsWith('&gt;')) return parseInline(part);
    const quoted = part.replace(/\n$/, '').replace(/^&gt; ?/gm, '');
    return [{ tag: 'blockquote', content: parseInline(quoted) }];
  });
}

function parseInline(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(unescapeText(text.slice(end, match.index)), toPiece(match));
    end = match.index + match[0].length;
  }
  pieces.push(unescapeText(text.slice(end)));
  return pieces.filter((piece) => piece !== '');
}

function toPiece([whole, pre, code, reference, strong, em, s]: RegExpExecArray): Piece {
  if (pre !== undefined) return { tag: 'pre', content: unescapeText(pre) };
  if (code !== undefined) return { tag: 'code', content: unescapeText(code) };
  if (reference !== undefined) return parseReference(reference);
  if (strong !== undefined) return { tag: 'strong', content: parseInline(strong) };
  if (em !== undefined) return { tag: 'em', content: parseInline(em) };
  return s === undefined ? whole : { tag: 's', content: parseInline(s) };
}

/** What is between `<` and `>`. */
function parseReference(reference: string): Piece {
  const [target = '', label = ''] = reference.split('|', 2);
  if (/^[@#]|^!(here|channel|everyone)$/.test(target)) return { mention: target.slice(1), label };
  if (target.startsWith('!')) return label || target.slice(1);
  return { link: unescapeText(target), label: unescapeText(label || target) };
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Slack escapes these three characters and no others. */
const unescapeText = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? '');
