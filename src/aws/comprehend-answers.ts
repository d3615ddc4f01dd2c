import { z } from 'zod';
import type { KeyPhrase, Language, Sentiment } from '../core/prompt/post/post-analysis.js';

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
  SentimentScore: z.object({ Positive: score, Negative: score, Neutral: score, Mixed: score }),
});

/** The answer of DetectSentiment. */
export function parseSentiment(answer: unknown): Sentiment {
  const { Positive, Negative, Neutral, Mixed } = sentimentSchema.parse(answer).SentimentScore;
  return { positive: Positive, negative: Negative, neutral: Neutral, mixed: Mixed };
}

const keyPhrasesSchema = z.object({ KeyPhrases: z.array(z.object({ Text: z.string(), Score: score })) });

/** The answer of DetectKeyPhrases. */
export function parseKeyPhrases(answer: unknown): KeyPhrase[] {
  return keyPhrasesSchema.parse(answer).KeyPhrases.map(({ Text, Score }) => ({ text: Text, score: Score }));
}
