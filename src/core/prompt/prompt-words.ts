/** More words than this, and an image model loses the thread. */
export const maxPromptWords = 60;

/** How much of a text is read, in UTF-16 units: sixty words are never longer. */
const maxLength = 4_000;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** How many words a text has, as a reader counts them, in scripts without spaces too. */
export function countWords(text: string): number {
  let words = 0;
  for (const { isWordLike } of segmenter.segment(text.slice(0, maxLength))) if (isWordLike) words += 1;
  return Math.max(words, text.match(/\S+/gu)?.length ?? 0);
}

/** The beginning of a text that has at most so many words, and no half word at its end. */
export function cutToWords(text: string, max = maxPromptWords): string {
  const begun = text.slice(0, maxLength);
  let words = 0;
  let end = 0;
  for (const { segment, index, isWordLike } of segmenter.segment(begun)) {
    if (isWordLike) words += 1;
    if (words > max) break;
    end = index + segment.length;
  }
  const spaced = Array.from(begun.slice(0, end).matchAll(/\S+/gu));
  const last = spaced.slice(0, max).at(-1);
  const kept = last ? begun.slice(0, last.index + last[0].length) : '';
  return kept.length === text.trimEnd().length ? kept.trim() : kept.replace(/(?<![\s,;:–—-])[\s,;:–—-]+$/u, '').trim();
}
