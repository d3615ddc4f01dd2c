import { ComprehendClient } from '@aws-sdk/client-comprehend';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAnalyzePost, cutToBytes } from '../../src/aws/comprehend.js';
import { type ComprehendServer, startComprehendServer } from './comprehend-server.js';

const post = 'Our new bike is live and the whole team is happy.';

let comprehend: ComprehendServer;
let client: ComprehendClient;

beforeEach(async () => {
  comprehend = await startComprehendServer({
    DetectDominantLanguage: {
      body: {
        Languages: [
          { LanguageCode: 'fr', Score: 0.1 },
          { LanguageCode: 'en', Score: 0.9 },
        ],
      },
    },
    DetectSentiment: {
      body: { Sentiment: 'POSITIVE', SentimentScore: { Positive: 0.97, Negative: 0.01, Neutral: 0.01, Mixed: 0.01 } },
    },
    DetectKeyPhrases: { body: { KeyPhrases: [{ Text: 'Our new bike', Score: 0.99, BeginOffset: 0, EndOffset: 12 }] } },
  });
  client = new ComprehendClient({
    endpoint: comprehend.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await comprehend.close();
});

const analyze = (text: string, abortSignal = new AbortController().signal) =>
  createAnalyzePost(client)(text, abortSignal);
const fault = (name: string, status = 400) => ({ status, body: { __type: name, Message: 'refused' } });

const language = 'en';
const sentiment = { positive: 0.97, negative: 0.01, neutral: 0.01, mixed: 0.01 };
const keyPhrases = [{ text: 'Our new bike', score: 0.99 }];

describe('a post that Comprehend can read', () => {
  test('has a language, a sentiment and key phrases', async () => {
    expect(await analyze(post)).toEqual({ language, sentiment, keyPhrases });
  });

  test('is asked for its language first, then for the rest', async () => {
    await analyze(post);
    const [first, ...others] = comprehend.calls;
    expect(first).toMatchInlineSnapshot(`
      {
        "body": {
          "Text": "Our new bike is live and the whole team is happy.",
        },
        "contentType": "application/x-amz-json-1.1",
        "operation": "DetectDominantLanguage",
      }
    `);
    expect(others.sort((a, b) => a.operation.localeCompare(b.operation))).toMatchInlineSnapshot(`
      [
        {
          "body": {
            "LanguageCode": "en",
            "Text": "Our new bike is live and the whole team is happy.",
          },
          "contentType": "application/x-amz-json-1.1",
          "operation": "DetectKeyPhrases",
        },
        {
          "body": {
            "LanguageCode": "en",
            "Text": "Our new bike is live and the whole team is happy.",
          },
          "contentType": "application/x-amz-json-1.1",
          "operation": "DetectSentiment",
        },
      ]
    `);
  });

  test('is cut to each operation’s limit at a whole character', async () => {
    await analyze(`xx${'é狐🦊'.repeat(20_000)}`);
    const sent = comprehend.calls.map(({ operation, body }) => [operation, Buffer.byteLength(body.Text)]);
    expect(Object.fromEntries(sent)).toEqual({
      DetectDominantLanguage: 99_997,
      DetectSentiment: 4_999,
      DetectKeyPhrases: 99_997,
    });
    for (const { body } of comprehend.calls) expect(body.Text).not.toContain('�');
  });

  test('is not sent when it is shorter than the 20 characters that language detection asks for', async () => {
    expect(await analyze('🦊'.repeat(19))).toEqual({ keyPhrases: [] });
    expect(comprehend.calls).toEqual([]);
    await analyze('🦊'.repeat(20));
    expect(comprehend.calls).not.toEqual([]);
  });
});

describe('a language', () => {
  test.each(['pl', 'de', 'zh-TW'])('other than English (%s) is named, and nothing more is asked', async (code) => {
    comprehend.answers.DetectDominantLanguage = { body: { Languages: [{ LanguageCode: code, Score: 0.8 }] } };
    expect(await analyze(post)).toEqual({ language: code, keyPhrases: [], notRead: 'unsupported_language' });
    expect(comprehend.calls.map(({ operation }) => operation)).toEqual(['DetectDominantLanguage']);
  });

  test('that cannot be told leaves the post without findings', async () => {
    comprehend.answers.DetectDominantLanguage = { body: { Languages: [] } };
    expect(await analyze(post)).toEqual({ keyPhrases: [] });
  });
});

describe('when half of it fails', () => {
  test('key phrases help without a sentiment, and the cause is kept', async () => {
    comprehend.answers.DetectSentiment = fault('InternalServerException', 500);
    expect(await analyze(post)).toEqual({
      language,
      sentiment: undefined,
      keyPhrases,
      cause: expect.objectContaining({ name: 'InternalServerException' }),
    });
  });

  test('a sentiment helps without key phrases', async () => {
    comprehend.answers.DetectKeyPhrases = fault('ThrottlingException');
    expect(await analyze(post)).toEqual({
      language,
      sentiment,
      keyPhrases: [],
      cause: expect.objectContaining({ name: 'ThrottlingException' }),
    });
  });
});

describe('when it fails', () => {
  test.each([
    ['ThrottlingException', 400, 'throttled'],
    ['TooManyRequestsException', 400, 'throttled'],
    ['AccessDeniedException', 400, 'denied'],
    ['UnrecognizedClientException', 400, 'denied'],
    ['ExpiredTokenException', 400, 'denied'],
    ['InternalServerException', 500, 'unavailable'],
    ['InvalidRequestException', 400, 'unavailable'],
  ])('%s (%i) reads as %s, with its cause', async (name, status, notRead) => {
    comprehend.answers.DetectDominantLanguage = fault(name, status);
    expect(await analyze(post)).toEqual({ keyPhrases: [], notRead, cause: expect.objectContaining({ name }) });
  });

  test('both halves failing is a failure', async () => {
    comprehend.answers.DetectSentiment = fault('ThrottlingException');
    comprehend.answers.DetectKeyPhrases = fault('InternalServerException', 500);
    expect(await analyze(post)).toMatchObject({ notRead: 'throttled' });
  });

  test('an answer of another shape is no answer', async () => {
    comprehend.answers.DetectDominantLanguage = { body: { Languages: [{ LanguageCode: 'not a tag!', Score: 2 }] } };
    expect(await analyze(post)).toMatchObject({ notRead: 'unavailable', cause: { name: 'ZodError' } });
  });

  test('no connection reads as unavailable', async () => {
    await comprehend.close();
    expect(await analyze(post)).toMatchObject({ notRead: 'unavailable' });
    comprehend = await startComprehendServer(comprehend.answers);
  });

  test('the deadline ends a call that hangs', async () => {
    comprehend.answers.DetectDominantLanguage = undefined;
    expect(await analyze(post, AbortSignal.timeout(50))).toMatchObject({ notRead: 'timed_out' });
  });

  test('the deadline keeps the half that came in time', async () => {
    comprehend.answers.DetectSentiment = undefined;
    const deadline = new AbortController();
    client.middlewareStack.add((next, context) => async (args) => {
      const output = await next(args);
      if (context.commandName === 'DetectKeyPhrasesCommand') setImmediate(() => deadline.abort());
      return output;
    });
    expect(await analyze(post, deadline.signal)).toMatchObject({ language, sentiment: undefined, keyPhrases });
  });
});

test('a text is cut to the limit in bytes, no shorter than a character allows, and at a whole one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(100), (text, limit) => {
      const cut = cutToBytes(text, limit);
      const next = Array.from(text)[Array.from(cut).length] ?? '';
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit);
      expect(text.startsWith(cut)).toBe(true);
      if (cut !== text) expect(Buffer.byteLength(cut + next)).toBeGreaterThan(limit);
    }),
  );
});
