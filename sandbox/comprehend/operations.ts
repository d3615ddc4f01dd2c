import { z } from 'zod';
import { ComprehendError } from './comprehend-error.js';
import { detectKeyPhrases } from './detect-key-phrases.js';
import { detectLanguages } from './detect-language.js';
import { detectSentiment } from './detect-sentiment.js';

export const operationNames = ['DetectDominantLanguage', 'DetectSentiment', 'DetectKeyPhrases'] as const;

export type OperationName = (typeof operationNames)[number];

/** The twelve that sentiment and key phrases know: https://docs.aws.amazon.com/comprehend/latest/dg/supported-languages.html */
const languages = new Set(['en', 'es', 'fr', 'de', 'it', 'pt', 'ar', 'hi', 'ja', 'ko', 'zh', 'zh-TW']);

/** Bytes of UTF-8: https://docs.aws.amazon.com/comprehend/latest/dg/guidelines-and-limits.html */
const limits: Record<OperationName, number> = {
  DetectDominantLanguage: 100_000,
  DetectSentiment: 5000,
  DetectKeyPhrases: 100_000,
};

const requestSchema = z.strictObject({ Text: z.string(), LanguageCode: z.string().optional() });

/** The answer to one operation. Throws `ComprehendError`. */
export function performOperation(operation: OperationName, body: unknown): Record<string, unknown> {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) throw new ComprehendError('SerializationException', 'The request could not be deserialized.');
  const { Text: text, LanguageCode: language } = parsed.data;
  checkText(text, limits[operation]);
  if (operation === 'DetectDominantLanguage') return { Languages: detectLanguages(text) };
  const known = checkLanguage(language);
  return operation === 'DetectSentiment'
    ? { ...detectSentiment(text, known) }
    : { KeyPhrases: detectKeyPhrases(text, known) };
}

function checkText(text: string, limit: number): void {
  if (text === '') {
    const rule = 'Member must have length greater than or equal to 1';
    throw new ComprehendError(
      'ValidationException',
      `1 validation error detected: Value at 'text' failed to satisfy constraint: ${rule}`,
    );
  }
  const size = Buffer.byteLength(text);
  if (size <= limit) return;
  const message = `Input text size exceeds limit. Max length of request text allowed is ${limit} bytes while in this request the text size is ${size} bytes`;
  throw new ComprehendError('TextSizeLimitExceededException', message);
}

function checkLanguage(language: string | undefined): string {
  if (language === undefined) {
    const rule = "Value null at 'languageCode' failed to satisfy constraint: Member must not be null";
    throw new ComprehendError('ValidationException', `1 validation error detected: ${rule}`);
  }
  if (languages.has(language)) return language;
  throw new ComprehendError('UnsupportedLanguageException', `Unsupported language: ${language}`);
}
