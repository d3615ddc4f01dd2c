import { ComprehendClient } from '@aws-sdk/client-comprehend';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ComprehendRequest, startComprehend } from '../../sandbox/comprehend/start-comprehend.js';
import { sandboxCredentials } from '../../sandbox/signature/credentials.js';
import { createAnalyzePost, createDetectPersonalData, cutToBytes } from '../../src/aws/comprehend.js';
import { anyCharacter } from '../any-character.js';

const post = 'Our new bike is live and the whole team is happy.';
const bike = expect.objectContaining({ text: 'Our new bike' });
const english = {
  language: 'en',
  sentiment: { positive: expect.any(Number), mixed: expect.any(Number) },
  keyPhrases: expect.arrayContaining([bike]),
};

async function start() {
  const comprehend = await startComprehend();
  const client = new ComprehendClient({
    endpoint: comprehend.url,
    region: 'us-west-2',
    credentials: sandboxCredentials,
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await comprehend.close();
  });
  const analyze = (text = post, abortSignal = new AbortController().signal) =>
    createAnalyzePost(client)(text, abortSignal);
  const detectPersonalData = createDetectPersonalData(client);
  const detect = (text: string, language: string | undefined = 'en', abortSignal = new AbortController().signal) =>
    detectPersonalData(text, language, abortSignal);
  return { ...comprehend, client, analyze, detect };
}

const at = (operation: ComprehendRequest['operation']) => ({
  when: (request: ComprehendRequest) => request.operation === operation,
});
const operationsOf = (requests: readonly ComprehendRequest[]) => requests.map(({ operation }) => operation);

describe('a post that Comprehend can read', () => {
  test('is asked for its language first, then for its sentiment and key phrases', async () => {
    const { analyze, requests } = await start();
    expect(await analyze()).toMatchObject(english);
    const [first, ...others] = operationsOf(requests());
    expect([first, others.sort()]).toEqual(['DetectDominantLanguage', ['DetectKeyPhrases', 'DetectSentiment']]);
  });

  test('is cut to each operation’s limit at a whole character', async () => {
    const { analyze, requests } = await start();
    expect(await analyze(`Of the ${'é'.repeat(60_000)}`)).not.toHaveProperty('notRead');
    for (const { body } of requests()) expect(JSON.stringify(body)).not.toContain('�');
  });

  test('is not sent if it is shorter than the 20 characters that language detection asks for', async () => {
    const { analyze, requests } = await start();
    expect(await analyze('🦊'.repeat(19))).toEqual({ keyPhrases: [] });
    expect(requests()).toEqual([]);
    await analyze('🦊'.repeat(20));
    expect(requests()).not.toEqual([]);
  });
});

test.each([
  ['de', 'Unser neues Fahrrad ist da und das ganze Team ist sehr froh.'],
  ['ja', '新しい自転車ができました。チームのみんなはとても喜んでいます。'],
])('sentiment and key phrases are asked for in the language of the post (%s)', async (language, text) => {
  const { analyze, requests } = await start();
  expect(await analyze(text)).toMatchObject({ language, sentiment: expect.anything() });
  expect(requests().slice(1)).toMatchObject([
    { body: { LanguageCode: language } },
    { body: { LanguageCode: language } },
  ]);
});

test('a language without sentiment and key phrases is named, and nothing more is asked', async () => {
  const { analyze, requests } = await start();
  const analysis = await analyze('Сегодня мы открываем новый сад на крыше, и вся команда рада.');
  expect(analysis).toEqual({ language: 'ru', keyPhrases: [], notRead: 'unsupported_language' });
  expect(operationsOf(requests())).toEqual(['DetectDominantLanguage']);
});

test.each([
  ['DetectSentiment', { ...english, sentiment: undefined }],
  ['DetectKeyPhrases', { ...english, keyPhrases: [] }],
] as const)('if %s fails, the other half helps, and the cause is kept', async (operation, kept) => {
  const { analyze, faults } = await start();
  faults.add({ kind: 'error', name: 'InternalServerException' }, at(operation));
  const analysis = await analyze();
  expect(analysis).toMatchObject({ ...kept, cause: { name: 'InternalServerException' } });
  expect(analysis).not.toHaveProperty('notRead');
});

describe('when it fails', () => {
  test.each([
    ['ThrottlingException', 'throttled'],
    ['AccessDeniedException', 'denied'],
    ['UnrecognizedClientException', 'denied'],
    ['ExpiredTokenException', 'denied'],
    ['InternalServerException', 'unavailable'],
    ['ValidationException', 'unavailable'],
  ] as const)('%s reads as %s, with its cause', async (name, notRead) => {
    const { analyze, faults } = await start();
    faults.add({ kind: 'error', name });
    expect(await analyze()).toEqual({ keyPhrases: [], notRead, cause: expect.objectContaining({ name }) });
  });

  test('both halves failing is a failure, and the language is still known', async () => {
    const { analyze, faults } = await start();
    faults.add({ kind: 'error', name: 'ThrottlingException' }, at('DetectSentiment'));
    faults.add({ kind: 'error', name: 'InternalServerException' }, at('DetectKeyPhrases'));
    expect(await analyze()).toMatchObject({ language: 'en', notRead: 'throttled' });
  });

  test.each([
    ['a connection that ends reads as unavailable', 'reset', 'unavailable'],
    ['a call that hangs ends at the deadline', 'never', 'timed_out'],
  ] as const)('%s', async (_what, kind, notRead) => {
    const { analyze, faults } = await start();
    faults.add({ kind });
    expect(await analyze(post, AbortSignal.timeout(200))).toMatchObject({ notRead });
  });

  test('the deadline keeps the half that came in time', async () => {
    const { analyze, client, faults } = await start();
    faults.add({ kind: 'never' }, at('DetectSentiment'));
    const deadline = new AbortController();
    client.middlewareStack.add((next, context) => async (args) => {
      const output = await next(args);
      if (context.commandName === 'DetectKeyPhrasesCommand') setImmediate(() => deadline.abort());
      return output;
    });
    expect(await analyze(post, deadline.signal)).toMatchObject({ ...english, sentiment: undefined });
  });
});

describe('personal data', () => {
  const text = '🎉 Ana Silva of 12 Mill Lane moved to Porto on Friday: ana@acme.test';

  test.each(['en', 'es'])('is found in %s, and located in UTF-16; a city and a day are none', async (language) => {
    const { detect } = await start();
    const { found = [] } = await detect(text, language);
    expect(found.map(({ kind, begin, end }) => [kind, text.slice(begin, end)])).toEqual([
      ['name', 'Ana Silva'],
      ['address', '12 Mill Lane'],
      ['email', 'ana@acme.test'],
    ]);
  });

  test.each(['de', 'ja', undefined])('in another language (%s) is asked for nowhere', async (language) => {
    const { client, requests } = await start();
    const detect = createDetectPersonalData(client);
    expect(await detect(text, language, new AbortController().signal)).toEqual({ failed: 'unsupported_language' });
    expect(requests()).toEqual([]);
  });

  test('that may not be looked for says why once, and is looked for again', async () => {
    const { detect, faults } = await start();
    faults.add({ kind: 'error', name: 'AccessDeniedException' }, { times: 2 });
    expect(await detect(text)).toEqual({
      failed: 'denied',
      cause: expect.objectContaining({ name: 'AccessDeniedException' }),
    });
    expect(await detect(text)).toEqual({ failed: 'denied' });
    expect(await detect(text)).toHaveProperty('found');
  });

  test.each([
    ['is throttled', { kind: 'error', name: 'ThrottlingException' }, 'throttled'],
    ['fails', { kind: 'error', name: 'InternalServerException' }, 'unavailable'],
    ['never comes', { kind: 'never' }, 'timed_out'],
  ] as const)('that %s is left to patterns', async (_what, fault, failed) => {
    const { detect, faults } = await start();
    faults.add(fault);
    expect(await detect(text, 'en', AbortSignal.timeout(200))).toEqual({ failed, cause: expect.any(Error) });
  });

  test('that is outside the text is not trusted', async () => {
    const { client, detect } = await start();
    client.middlewareStack.add((next) => async (args) => {
      const answer = await next(args);
      Object.assign(answer.output, { Entities: [{ Type: 'NAME', BeginOffset: 0, EndOffset: 9_999 }] });
      return answer;
    });
    expect(await detect(text)).toMatchObject({ failed: 'unavailable' });
  });
});

test('a text is cut to the limit in bytes, no shorter than a character allows, and at a whole one', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), fc.nat(100), (text, limit) => {
      const cut = cutToBytes(text, limit);
      const next = Array.from(text)[Array.from(cut).length] ?? '';
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit);
      expect(text.startsWith(cut)).toBe(true);
      if (cut !== text) expect(Buffer.byteLength(cut + next)).toBeGreaterThan(limit);
    }),
  );
});
