import { feelings } from './words/feelings.js';

const kinds = ['Positive', 'Negative', 'Neutral', 'Mixed'] as const;

type Kind = (typeof kinds)[number];

export interface DetectedSentiment {
  Sentiment: Uppercase<Kind>;
  SentimentScore: Record<Kind, number>;
}

/** Words that turn the next one into its opposite, in English. */
const negations = new Set(['not', 'no', 'never', "don't", "isn't", "wasn't", "didn't", "can't"]);

const withoutSpaces = new Set(['ja', 'ko', 'zh', 'zh-TW', 'hi', 'ar']);

/** Counts words that feel good and words that feel bad; the four scores sum to 1. */
export function detectSentiment(text: string, language: string): DetectedSentiment {
  const { positive, negative } = withoutSpaces.has(language) ? countParts(text, language) : countWords(text, language);
  const weights: Record<Kind, number> = {
    Positive: positive + 0.03,
    Negative: negative + 0.03,
    Neutral: positive + negative === 0 ? 1.5 : 0.3,
    Mixed: 1.6 * Math.min(positive, negative) + 0.02,
  };
  const total = kinds.reduce((sum, kind) => sum + weights[kind], 0);
  const score = (kind: Kind) => weights[kind] / total;
  const [likeliest] = kinds.toSorted((one, other) => weights[other] - weights[one]);
  return {
    Sentiment: upper(likeliest ?? 'Neutral'),
    SentimentScore: {
      Positive: score('Positive'),
      Negative: score('Negative'),
      Neutral: score('Neutral'),
      Mixed: score('Mixed'),
    },
  };
}

function upper(kind: Kind): Uppercase<Kind> {
  const names = { Positive: 'POSITIVE', Negative: 'NEGATIVE', Neutral: 'NEUTRAL', Mixed: 'MIXED' } as const;
  return names[kind];
}

function countWords(text: string, language: string): { positive: number; negative: number } {
  const { positive, negative } = feelings(language);
  const words = text.toLowerCase().match(/[\p{L}']+|\p{Extended_Pictographic}/gu) ?? [];
  const felt = words.map((word, index) => {
    const value = Number(positive.includes(word)) - Number(negative.includes(word));
    const before = words.slice(Math.max(0, index - 2), index);
    return before.some((earlier) => negations.has(earlier)) ? -value : value;
  });
  return { positive: felt.filter((value) => value > 0).length, negative: felt.filter((value) => value < 0).length };
}

/** Where words bend or run together, a word counts when the text contains it. */
function countParts(text: string, language: string): { positive: number; negative: number } {
  const { positive, negative } = feelings(language);
  const count = (words: readonly string[]) => words.filter((word) => text.includes(word)).length;
  return { positive: count(positive), negative: count(negative) };
}
