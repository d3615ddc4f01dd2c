const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most `limit` UTF-16 units, cut between characters that people see as one, with … where something was left out. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = graphemes.segment(text).containing(limit - 1)?.index ?? 0;
  return `${text.slice(0, end).trimEnd()}…`;
}
