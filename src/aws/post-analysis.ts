import {
  type ComprehendClient,
  DetectDominantLanguageCommand,
  DetectKeyPhrasesCommand,
  DetectSentimentCommand,
} from '@aws-sdk/client-comprehend';
import {
  type KeyPhrase,
  type Language,
  noFindings,
  type PostAnalysis,
  type Sentiment,
} from '../core/prompt/post/post-analysis.js';
import { parseKeyPhrases, parseLanguages, parseSentiment } from './comprehend-answers.js';
import { failureOf } from './comprehend-failure.js';
import { cutToBytes } from './cut-to-bytes.js';

/** Comprehend's limits of the text in UTF-8 bytes. https://docs.aws.amazon.com/comprehend/latest/dg/guidelines-and-limits.html */
const sentimentBytes = 5_000;
const otherBytes = 100_000;

/** "must contain at least 20 characters": API_DetectDominantLanguage. Shorter posts are prompts already and cost no call. */
const minCharacters = 20;

/** Sentiment and key phrases know these, of the hundred languages that can be detected. API_DetectSentiment, LanguageCode. */
const languageCodes = ['en', 'es', 'fr', 'de', 'it', 'pt', 'ar', 'hi', 'ja', 'ko', 'zh', 'zh-TW'] as const;
type LanguageCode = (typeof languageCodes)[number];

export interface PostAnalyzer {
  /** Sends the text to Comprehend. `abortSignal` is the deadline of all its calls. Answers even when the service fails. */
  analyze(text: string, options: { abortSignal: AbortSignal }): Promise<PostAnalysis>;
}

/** Reads posts with Amazon Comprehend: the language first, then sentiment and key phrases side by side. */
export function createPostAnalysis({ client }: { client: ComprehendClient }): PostAnalyzer {
  return {
    async analyze(text, { abortSignal }) {
      if (Array.from(text).length < minCharacters) return { kind: 'analysed', ...noFindings };
      try {
        const language = await detectLanguage(client, text, abortSignal);
        if (!language) return { kind: 'analysed', ...noFindings };
        const languageCode = languageCodes.find((code) => code === language.code);
        if (!languageCode) return { kind: 'unsupported_language', language };
        return await analyzeIn(client, text, language, languageCode, abortSignal);
      } catch (cause) {
        return { kind: 'unavailable', reason: failureOf(cause, abortSignal), cause };
      }
    },
  };
}

/** One of the two that fails leaves the other's findings; both failing is a failure. */
async function analyzeIn(
  client: ComprehendClient,
  text: string,
  language: Language,
  languageCode: LanguageCode,
  abortSignal: AbortSignal,
): Promise<PostAnalysis> {
  const [sentiment, keyPhrases] = await Promise.allSettled([
    detectSentiment(client, text, languageCode, abortSignal),
    detectKeyPhrases(client, text, languageCode, abortSignal),
  ]);
  if (sentiment.status === 'rejected' && keyPhrases.status === 'rejected') throw sentiment.reason;
  const failed = [sentiment, keyPhrases].find((outcome) => outcome.status === 'rejected');
  return {
    kind: 'analysed',
    language,
    sentiment: sentiment.status === 'fulfilled' ? sentiment.value : undefined,
    keyPhrases: keyPhrases.status === 'fulfilled' ? keyPhrases.value : [],
    ...(failed && { partialCause: failed.reason }),
  };
}

async function detectLanguage(
  client: ComprehendClient,
  text: string,
  abortSignal: AbortSignal,
): Promise<Language | undefined> {
  const command = new DetectDominantLanguageCommand({ Text: cutToBytes(text, otherBytes) });
  const languages = parseLanguages(await client.send(command, { abortSignal }));
  return languages.sort((a, b) => b.score - a.score)[0];
}

async function detectSentiment(
  client: ComprehendClient,
  text: string,
  languageCode: LanguageCode,
  abortSignal: AbortSignal,
): Promise<Sentiment> {
  const command = new DetectSentimentCommand({ Text: cutToBytes(text, sentimentBytes), LanguageCode: languageCode });
  return parseSentiment(await client.send(command, { abortSignal }));
}

async function detectKeyPhrases(
  client: ComprehendClient,
  text: string,
  languageCode: LanguageCode,
  abortSignal: AbortSignal,
): Promise<KeyPhrase[]> {
  const command = new DetectKeyPhrasesCommand({ Text: cutToBytes(text, otherBytes), LanguageCode: languageCode });
  return parseKeyPhrases(await client.send(command, { abortSignal }));
}
