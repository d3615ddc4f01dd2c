import { withoutAddresses } from './undrawable.js';

/** A last sentence may leave this much of the limit unused; where more would be lost, words are cut instead. */
const minShare = 0.5;

/**
 * The post's own words as a prompt: on one line, without addresses, cut behind a sentence that fits in `limit` (UTF-16 units),
 * else behind a word, else behind a character as people count them.
 */
export function promptFromOwnWords(text: string, limit: number): string {
  const words = withoutAddresses(text);
  if (words.length <= limit) return words;
  const sentences = cut(words, limit, 'sentence');
  if (sentences.length >= limit * minShare) return sentences;
  return cut(words, limit, 'word') || cut(words, limit, 'grapheme');
}

function cut(text: string, limit: number, granularity: 'sentence' | 'word' | 'grapheme'): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('und', { granularity }).segment(text)) {
    const trimmed = index + segment.trimEnd().length;
    if (trimmed > limit) break;
    end = trimmed;
  }
  return text.slice(0, end).trim();
}
