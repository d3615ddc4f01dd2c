import type { DraftPost } from '../draft.js';
import { chooseKeyPhrases, type KeyPhrase, withoutAddresses } from './key-phrases.js';

export type Mood = NonNullable<DraftPost['mood']>;

/** How certain each mood of a post is; the four add up to 1. */
export type Sentiment = Readonly<Record<Mood, number>>;

/** What an analysis knows of a post; a part that is missing could not be had. */
export interface PostAnalysis {
  /** ISO 639-1, or "zh-TW". */
  language?: string | undefined;
  sentiment?: Sentiment | undefined;
  keyPhrases: readonly KeyPhrase[];
  /** Why nothing more is known than the language, if that. */
  notRead?: DraftPost['notRead'];
  /** The error that a part, or all of it, is missing for, for the operator's log. */
  cause?: unknown;
}

/** Light and color that carry the mood; a neutral post needs none. */
const moodSentences: Readonly<Record<Mood, string>> = {
  positive: 'The mood is joyful, with bright, warm light.',
  negative: 'The mood is somber, with soft, muted colors.',
  mixed: 'The mood is bittersweet, with light and shadow side by side.',
  neutral: '',
};

/** A mood needs more than half of the scores: below, the analysis itself is unsure. */
const minMoodScore = 0.5;

/** en-GB: no comma before "and". */
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/**
 * An English post as a prompt: one scene of its surest key phrases, in the light of its mood, never longer than
 * `promptLimit` (UTF-16 units). The weakest phrases give way first, then the mood, then the scene to the post's own words.
 * Empty only for a post without words.
 */
export function promptFromPost(text: string, { sentiment, keyPhrases }: PostAnalysis, promptLimit: number) {
  const mood = moods.find((candidate) => sentiment && sentiment[candidate] > minMoodScore);
  const phrases = chooseKeyPhrases(keyPhrases);
  const scenes = phrases.map((_, index) => `A single scene showing ${list.format(phrases.slice(0, index + 1))}.`);
  const ownWords = promptFromOwnWords(text, promptLimit);
  const candidates = [
    ...scenes.toReversed().map((scene) => withMood(scene, mood)),
    ...scenes.slice(0, 1),
    ...(ownWords ? [withMood(ownWords, mood)] : []),
  ];
  return { prompt: candidates.find((prompt) => prompt.length <= promptLimit) ?? ownWords, mood };
}

const moods: readonly Mood[] = ['positive', 'negative', 'mixed', 'neutral'];

function withMood(prompt: string, mood: Mood | undefined): string {
  if (mood === undefined || mood === 'neutral') return prompt;
  return `${prompt}${/[.!?…]["”’»)]?$/u.test(prompt) ? '' : '.'} ${moodSentences[mood]}`;
}

/** The last sentence may leave this much of the limit unused; if more would be lost, words are cut instead. */
const minShare = 0.5;

/**
 * The post's own words as a prompt: on one line, without addresses, cut after a sentence that fits in `limit` (UTF-16 units),
 * else after a word, else after a character as people count them.
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
