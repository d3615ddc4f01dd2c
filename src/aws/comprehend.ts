import {
  type ComprehendClient,
  DetectDominantLanguageCommand,
  DetectKeyPhrasesCommand,
  DetectSentimentCommand,
} from '@aws-sdk/client-comprehend';
import { z } from 'zod';
import type { PostAnalysis } from '../core/prompt/post/post-prompt.js';
import { explainCredentials, isDenied } from './refusals.js';

/** Limits of the text in UTF-8 bytes. https://docs.aws.amazon.com/comprehend/latest/dg/guidelines-and-limits.html */
const sentimentBytes = 5_000;
const otherBytes = 100_000;

/** "must contain at least 20 characters": API_DetectDominantLanguage. Shorter posts are prompts already and cost no call. */
const minCharacters = 20;

/** The only language that prompts are proposed in. */
const LanguageCode = 'en';

/**
 * Analyzes posts with Amazon Comprehend: the language first, then sentiment and key phrases at the same time. Answers even
 * if the service fails. `abortSignal` is the deadline of all calls.
 */
export function createAnalyzePost(client: ComprehendClient) {
  return async (text: string, abortSignal: AbortSignal): Promise<PostAnalysis> => {
    if (Array.from(text).length < minCharacters) return { keyPhrases: [] };
    try {
      const command = new DetectDominantLanguageCommand({ Text: cutToBytes(text, otherBytes) });
      const { Languages } = languagesSchema.parse(await client.send(command, { abortSignal }));
      const language = Languages.sort((a, b) => b.Score - a.Score)[0]?.LanguageCode;
      if (language === undefined) return { keyPhrases: [] };
      if (language !== LanguageCode) return { language, keyPhrases: [], notRead: 'unsupported_language' };
      return await analyzeEnglish(client, text, abortSignal);
    } catch (cause) {
      return { keyPhrases: [], notRead: failureOf(cause, abortSignal), cause };
    }
  };
}

/** If one of the two calls fails, the other's answer is kept; both failing is a failure. */
async function analyzeEnglish(client: ComprehendClient, text: string, abortSignal: AbortSignal): Promise<PostAnalysis> {
  const forSentiment = new DetectSentimentCommand({ Text: cutToBytes(text, sentimentBytes), LanguageCode });
  const forKeyPhrases = new DetectKeyPhrasesCommand({ Text: cutToBytes(text, otherBytes), LanguageCode });
  const [sentiment, keyPhrases] = await Promise.allSettled([
    client.send(forSentiment, { abortSignal }).then((answer) => sentimentSchema.parse(answer)),
    client.send(forKeyPhrases, { abortSignal }).then((answer) => keyPhrasesSchema.parse(answer)),
  ]);
  if (sentiment.status === 'rejected' && keyPhrases.status === 'rejected') throw sentiment.reason;
  return {
    language: LanguageCode,
    sentiment: sentiment.status === 'fulfilled' ? sentiment.value : undefined,
    keyPhrases: keyPhrases.status === 'fulfilled' ? keyPhrases.value : [],
    cause: [sentiment, keyPhrases].find((outcome) => outcome.status === 'rejected')?.reason,
  };
}

const score = z.number().min(0).max(1);

const languagesSchema = z.object({ Languages: z.array(z.object({ LanguageCode: z.string(), Score: score })) });

const sentimentSchema = z
  .object({ SentimentScore: z.object({ Positive: score, Negative: score, Neutral: score, Mixed: score }) })
  .transform(({ SentimentScore: { Positive: positive, Negative: negative, Neutral: neutral, Mixed: mixed } }) => ({
    positive,
    negative,
    neutral,
    mixed,
  }));

const keyPhrasesSchema = z
  .object({ KeyPhrases: z.array(z.object({ Text: z.string(), Score: score })) })
  .transform(({ KeyPhrases }) => KeyPhrases.map(({ Text, Score }) => ({ text: Text, score: Score })));

/** The longest beginning of a text that has at most `limit` bytes in UTF-8 and ends with a whole character. */
export function cutToBytes(text: string, limit: number): string {
  // encodeInto writes whole characters only, and tells how many UTF-16 units it has read
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(limit));
  return text.slice(0, read);
}

function failureOf(cause: unknown, abortSignal: AbortSignal): PostAnalysis['notRead'] {
  if (abortSignal.aborted) return 'timed_out';
  if (!(cause instanceof Error)) return 'unavailable';
  // the SDK calls a broken connection a TimeoutError too; only its code tells them apart
  const isBroken = 'code' in cause && cause.code === 'ECONNRESET';
  if (cause.name === 'AbortError' || (cause.name === 'TimeoutError' && !isBroken)) return 'timed_out';
  if (throttled.has(cause.name)) return 'throttled';
  return isDenied(cause) || explainCredentials(cause) !== undefined ? 'denied' : 'unavailable';
}

/** The SDK has a class for the first only: https://docs.aws.amazon.com/comprehend/latest/APIReference/CommonErrors.html */
const throttled = new Set(['TooManyRequestsException', 'ThrottlingException', 'RequestLimitExceeded']);
