import { z } from 'zod';
import {
  AwsError,
  type CommonFault,
  type JsonService,
  readJson,
  type ServiceOptions,
  startJsonService,
} from '../json-service.js';
import type { ReceivedRequest } from '../signature/received-request.js';
import { detectKeyPhrases, detectLanguages, detectSentiment } from './detect.js';
import { detectPersonalData } from './detect-personal-data.js';

type Operation = 'DetectDominantLanguage' | 'DetectSentiment' | 'DetectKeyPhrases' | 'DetectPiiEntities';

/** A request as faults and tests see it. */
export interface ComprehendRequest {
  operation: Operation;
  /** Counted from 1, over all requests that were understood. */
  number: number;
  /** Parsed JSON. */
  body: unknown;
}

export type ComprehendFault = CommonFault;
export type SandboxComprehend = JsonService<ComprehendRequest, ComprehendFault>;

/** Bytes of UTF-8: https://docs.aws.amazon.com/comprehend/latest/dg/guidelines-and-limits.html */
const maxBytes = new Map<Operation, number>([
  ['DetectDominantLanguage', 100_000],
  ['DetectSentiment', 5000],
  ['DetectKeyPhrases', 100_000],
  ['DetectPiiEntities', 100_000],
]);

/** For sentiment and key phrases: https://docs.aws.amazon.com/comprehend/latest/dg/supported-languages.html */
const languages = new Set(['en', 'es', 'fr', 'de', 'it', 'pt', 'ar', 'hi', 'ja', 'ko', 'zh', 'zh-TW']);
/** For personal data: https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectPiiEntities.html */
const piiLanguages = new Set(['en', 'es']);

/** Serves the part of Amazon Comprehend that SUPPORTED.md lists. */
export function startComprehend(options: ServiceOptions = {}): Promise<SandboxComprehend> {
  return startJsonService<ComprehendRequest, ComprehendFault>({
    ...options,
    service: 'comprehend',
    read: (request, _region, number) => ({
      operation: readOperation(request),
      body: readJson(request, 'SerializationException'),
      number,
    }),
    perform: ({ operation, body }) => perform(operation, body),
  });
}

function readOperation({ method, headers }: ReceivedRequest): Operation {
  const operation = [...maxBytes.keys()].find((name) => headers['x-amz-target'] === `Comprehend_20171127.${name}`);
  if (!operation || method !== 'POST') throw new AwsError('UnknownOperationException');
  return operation;
}

const bodySchema = z.strictObject({ Text: z.string(), LanguageCode: z.string().optional() });

function perform(operation: Operation, body: unknown): object {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new AwsError('SerializationException');
  const { Text: text, LanguageCode: language } = parsed.data;
  if (text === '') throw new AwsError('ValidationException', "Value at 'text' must have a length of at least 1");
  if (Buffer.byteLength(text) > (maxBytes.get(operation) ?? 0)) throw new AwsError('TextSizeLimitExceededException');
  if (operation === 'DetectDominantLanguage') return { Languages: detectLanguages(text) };
  if (language === undefined) throw new AwsError('ValidationException', "Value null at 'languageCode'");
  const known = operation === 'DetectPiiEntities' ? piiLanguages : languages;
  if (!known.has(language)) throw new AwsError('UnsupportedLanguageException');
  if (operation === 'DetectPiiEntities') return { Entities: detectPersonalData(text) };
  return operation === 'DetectSentiment' ? detectSentiment(text) : { KeyPhrases: detectKeyPhrases(text, language) };
}
