import {
  type ComprehendClient,
  DetectDominantLanguageCommand,
  DetectKeyPhrasesCommand,
  DetectPiiEntitiesCommand,
  DetectSentimentCommand,
  LanguageCode,
} from '@aws-sdk/client-comprehend';
import { z } from 'zod';
import type { PersonalData, PersonalDataKind } from '../core/prompt/post/found-data.js';
import type { PostAnalysis } from '../core/prompt/post/post-prompt.js';
import { failureOf } from './refusals.js';

/** Limits of the text in UTF-8 bytes. https://docs.aws.amazon.com/comprehend/latest/dg/guidelines-and-limits.html */
const sentimentBytes = 5_000;
const otherBytes = 100_000;

/** "must contain at least 20 characters": API_DetectDominantLanguage. Shorter posts are prompts already and cost no call. */
const minCharacters = 20;

/** The languages of sentiment and key phrases: https://docs.aws.amazon.com/comprehend/latest/dg/supported-languages.html */
const analyzed: ReadonlyMap<string, LanguageCode> = new Map(Object.values(LanguageCode).map((code) => [code, code]));

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
      const code = analyzed.get(language);
      if (!code) return { language, keyPhrases: [], notRead: 'unsupported_language' };
      return { language, ...(await analyzeIn(code, client, text, abortSignal)) };
    } catch (cause) {
      return { keyPhrases: [], notRead: failureOf(cause, abortSignal, throttled), cause };
    }
  };
}

/** If one of the two calls fails, the other's answer is kept; both failing is a failure. */
async function analyzeIn(
  LanguageCode: LanguageCode,
  client: ComprehendClient,
  text: string,
  abortSignal: AbortSignal,
): Promise<PostAnalysis> {
  const forSentiment = new DetectSentimentCommand({ Text: cutToBytes(text, sentimentBytes), LanguageCode });
  const forKeyPhrases = new DetectKeyPhrasesCommand({ Text: cutToBytes(text, otherBytes), LanguageCode });
  const [sentiment, keyPhrases] = await Promise.allSettled([
    client.send(forSentiment, { abortSignal }).then((answer) => sentimentSchema.parse(answer)),
    client.send(forKeyPhrases, { abortSignal }).then((answer) => keyPhrasesSchema.parse(answer)),
  ]);
  const cause = [sentiment, keyPhrases].find((outcome) => outcome.status === 'rejected')?.reason;
  if (sentiment.status === 'rejected' && keyPhrases.status === 'rejected')
    return { keyPhrases: [], notRead: failureOf(cause, abortSignal, throttled), cause };
  return {
    sentiment: sentiment.status === 'fulfilled' ? sentiment.value : undefined,
    keyPhrases: keyPhrases.status === 'fulfilled' ? keyPhrases.value : [],
    cause,
  };
}

/** Personal data that Comprehend found, or why it found none: then patterns have to do. */
export type PersonalDataFindings =
  | { found: readonly PersonalData[] }
  | {
      found?: undefined;
      failed: NonNullable<PostAnalysis['notRead']>;
      /** For the operator's log; if the permission is missing, with the first such failure only. */
      cause?: unknown;
    };

/** https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectPiiEntities.html */
const piiLanguages = new Set(['en', 'es']);

/** Finds personal data with Amazon Comprehend, in English and Spanish. Answers even if the service fails. */
export function createDetectPersonalData(client: ComprehendClient) {
  let isDenialKnown = false;
  return async (
    text: string,
    language: string | undefined,
    abortSignal: AbortSignal,
  ): Promise<PersonalDataFindings> => {
    if (!piiLanguages.has(language ?? '') || text === '') return { failed: 'unsupported_language' };
    try {
      const command = new DetectPiiEntitiesCommand({
        Text: cutToBytes(text, otherBytes),
        LanguageCode: language === 'es' ? 'es' : 'en',
      });
      const { Entities } = piiSchema.parse(await client.send(command, { abortSignal }));
      return { found: locate(text, Entities) };
    } catch (cause) {
      const failed = failureOf(cause, abortSignal, throttled);
      const isNews = failed !== 'denied' || !isDenialKnown;
      isDenialKnown ||= failed === 'denied';
      return { failed, ...(isNews && { cause }) };
    }
  };
}

/** Everything else of https://docs.aws.amazon.com/comprehend/latest/dg/how-pii.html is a number or a key. */
const kindsOfTypes: Readonly<Record<string, PersonalDataKind>> = {
  NAME: 'name',
  USERNAME: 'handle',
  EMAIL: 'email',
  PHONE: 'phone',
  URL: 'link',
  ADDRESS: 'address',
};

/** A day, a time or an age tells no one apart, and is often what a post is about. */
const impersonal = new Set(['DATE_TIME', 'AGE']);

/** Comprehend counts Unicode code points. An address without a number is a city or a country, which an image may show. */
function locate(text: string, entities: z.output<typeof piiSchema>['Entities']): PersonalData[] {
  const units = [0];
  for (const character of text) units.push((units.at(-1) ?? 0) + character.length);
  return entities.flatMap(({ Type, BeginOffset, EndOffset }) => {
    const [begin, end] = [units[BeginOffset], units[EndOffset]];
    if (begin === undefined || end === undefined || begin >= end) throw new Error('An entity is outside the text');
    const isPlace = Type === 'ADDRESS' && !/\p{Nd}/u.test(text.slice(begin, end));
    return impersonal.has(Type) || isPlace ? [] : [{ kind: kindsOfTypes[Type] ?? 'number', begin, end }];
  });
}

const score = z.number().min(0).max(1);

const offset = z.int().min(0);
const piiSchema = z.object({
  Entities: z.array(z.object({ Type: z.string(), BeginOffset: offset, EndOffset: offset })),
});

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

/** The SDK has a class for the first only: https://docs.aws.amazon.com/comprehend/latest/APIReference/CommonErrors.html */
const throttled = {
  TooManyRequestsException: 'throttled',
  ThrottlingException: 'throttled',
  RequestLimitExceeded: 'throttled',
} as const;
