import { z } from 'zod';
import type { KeyPhrase, Language, Sentiment } from '../core/post/post-analysis.js';

const score = z.number().min(0).max(1);

/** Codes reach Node's language tables, which throw at anything that is not a language tag. */
const languagesSchema = z.object({
  Languages: z.array(z.object({ LanguageCode: z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/u), Score: score })),
});

/** The answer of DetectDominantLanguage. */
export function parseLanguages(answer: unknown): Language[] {
  return languagesSchema
    .parse(answer)
    .Languages.map(({ LanguageCode, Score }) => ({ code: LanguageCode, score: Score }));
}

const sentimentSchema = z.object({
  Sentiment: z.enum(['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED']),
  SentimentScore: z.object({ Positive: score, Negative: score, Neutral: score, Mixed: score }),
});

const labels = { POSITIVE: 'positive', NEGATIVE: 'negative', NEUTRAL: 'neutral', MIXED: 'mixed' } as const;

/** The answer of DetectSentiment. */
export function parseSentiment(answer: unknown): Sentiment {
  const { Sentiment, SentimentScore } = sentimentSchema.parse(answer);
  return {
    label: labels[Sentiment],
    scores: {
      positive: SentimentScore.Positive,
      negative: SentimentScore.Negative,
      neutral: SentimentScore.Neutral,
      mixed: SentimentScore.Mixed,
    },
  };
}

const keyPhrasesSchema = z.object({ KeyPhrases: z.array(z.object({ Text: z.string(), Score: score })) });

/** The answer of DetectKeyPhrases. */
export function parseKeyPhrases(answer: unknown): KeyPhrase[] {
  return keyPhrasesSchema.parse(answer).KeyPhrases.map(({ Text, Score }) => ({ text: Text, score: Score }));
}
