/**
 * Mrkdwn's marks for bold, italic, struck and code, and quotes' signs at line starts, taken off where they are marks: around
 * words, not inside them (snake_case, 2*3*4). Code keeps what stands in it, links and mentions stay as they are.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function withoutMrkdwnMarks(text: string): string {
  return withoutPairs(text.replace(/^(?:&gt;)+ ?/gmu, ''));
}

function withoutPairs(text: string): string {
  return text.replace(marked, (whole, ...groups: (string | undefined)[]) => {
    const [block, code, bold, italic, struck] = groups;
    const inner = bold ?? italic ?? struck;
    return block ?? code ?? (inner === undefined ? whole : withoutPairs(inner));
  });
}

const marked = new RegExp(
  ['<[^<>\\n]*>', '```([\\s\\S]*?)```', '`([^`\\n]+)`', ...['*', '_', '~'].map((mark) => pairOf(mark))].join('|'),
  'gu',
);

function pairOf(mark: string): string {
  const edge = `[\\p{L}\\p{N}${mark}]`;
  const inside = `(?:<[^<>\\n]*>|[^${mark}<\\n])+`;
  return `(?<!${edge})[${mark}](?=\\S)(${inside})(?<=\\S)[${mark}](?!${edge})`;
}

/** Markdown's marks (of `markdown` blocks): headings, bold, italic, struck, code, quotes and links. */
export function withoutMarkdownMarks(text: string): string {
  return text
    .replace(/!?\[([^[\]\n]*)\]\([^()\n]*\)/gu, '$1')
    .replace(/^ {0,3}(?:#{1,6}|>+) +/gmu, '')
    .replace(/^```.*$/gmu, '')
    .replace(/(\*\*|__|~~|`)(?=\S)((?:(?!\1)[^\n])+)(?<=\S)\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}*_])([*_])(?=\S)([^*_\n]+)(?<=\S)\1(?![\p{L}\p{N}*_])/gu, '$2');
}
