import type { Sentiment } from './post-analysis.js';

export type Mood = keyof Sentiment;

/** A feeling must hold more than half of the scores: below, the analysis itself is unsure. */
const sureScore = 0.5;

/** The feeling of a post by its scores; undefined where no analysis has one or none is sure. */
export function moodOf(sentiment: Sentiment | undefined): Mood | undefined {
  if (!sentiment) return undefined;
  const { positive, negative, mixed, neutral } = sentiment;
  const ranked: [Mood, number][] = [
    ['positive', positive],
    ['negative', negative],
    ['mixed', mixed],
    ['neutral', neutral],
  ];
  return ranked.find(([, score]) => score > sureScore)?.[0];
}
