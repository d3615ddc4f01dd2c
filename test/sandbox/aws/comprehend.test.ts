import {
  ComprehendClient,
  DetectDominantLanguageCommand,
  DetectKeyPhrasesCommand,
  DetectPiiEntitiesCommand,
  DetectSentimentCommand,
} from '@aws-sdk/client-comprehend';
import { expect, it, onTestFinished } from 'vitest';
import { startComprehend } from '../../../sandbox/comprehend/start-comprehend.js';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';

async function start() {
  const comprehend = await startComprehend();
  onTestFinished(() => comprehend.close());
  const { url: endpoint, faults } = comprehend;
  const config = { endpoint, region: 'us-west-2', credentials: sandboxCredentials, maxAttempts: 1 };
  return { client: new ComprehendClient(config), faults };
}

it.each([
  ['en', 'We are launching our new mobile app today, and the whole team is thrilled.'],
  ['es', 'Hoy lanzamos nuestra nueva aplicación y todo el equipo está muy feliz con el resultado.'],
  ['fr', 'Nous lançons notre nouvelle application et toute l’équipe est très fière de ce travail.'],
  ['de', 'Wir bringen heute unsere neue App heraus und das ganze Team freut sich sehr auf euch.'],
  ['ja', '今日は新しいアプリを公開しました。チームのみんなはとても嬉しいです。'],
  ['ko', '오늘 우리는 새로운 앱을 출시합니다. 팀 모두가 매우 기쁩니다.'],
  ['zh', '今天我们发布了新的应用程序，整个团队都很高兴。'],
  ['ru', 'Сегодня мы выпускаем новое приложение, и вся команда очень рада.'],
])('knows %s', async (code, Text) => {
  const { Languages } = await (await start()).client.send(new DetectDominantLanguageCommand({ Text }));
  expect(Languages?.[0]).toEqual({ LanguageCode: code, Score: expect.any(Number) });
});

it.each([
  ['POSITIVE', 'We are thrilled: what a wonderful launch. Thank you all.'],
  ['NEGATIVE', 'This is not good.'],
  ['NEUTRAL', 'The meeting is in room four.'],
  ['MIXED', 'The food was excellent, the service terrible.'],
])('finds %s sentiment in: %s', async (sentiment, Text) => {
  const { client } = await start();
  const answer = await client.send(new DetectSentimentCommand({ Text, LanguageCode: 'en' }));
  expect(answer.Sentiment).toBe(sentiment);
  const scores = Object.values(answer.SentimentScore ?? {});
  expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 6);
});

it('finds the key phrases of a post, with offsets in code points', async () => {
  const { client } = await start();
  const Text = '🎉🎉 Our new office 🚀 has a garden. The whole team worked on a bright red fox logo!';
  const { KeyPhrases = [] } = await client.send(new DetectKeyPhrasesCommand({ Text, LanguageCode: 'en' }));
  const phrases = ['Our new office', 'a garden', 'The whole team', 'a bright red fox logo'];
  expect(KeyPhrases.map((phrase) => phrase.Text)).toEqual(phrases);
  const cut = KeyPhrases.map(({ BeginOffset, EndOffset }) => [...Text].slice(BeginOffset, EndOffset).join(''));
  expect(cut).toEqual(phrases);
});

it('finds personal data, with offsets in code points', async () => {
  const { client } = await start();
  const Text =
    '🎉🎉 Ana Silva of 12 Mill Lane, Porto: ana@acme.test or +44 20 7946 0958, https://acme.test/a. @ben on Friday!';
  const { Entities = [] } = await client.send(new DetectPiiEntitiesCommand({ Text, LanguageCode: 'en' }));
  const cut = (from = 0, to = 0) => [...Text].slice(from, to).join('');
  expect(Entities.map(({ Type, BeginOffset, EndOffset }) => [Type, cut(BeginOffset, EndOffset)])).toEqual([
    ['NAME', 'Ana Silva'],
    ['ADDRESS', '12 Mill Lane'],
    ['ADDRESS', 'Porto'],
    ['EMAIL', 'ana@acme.test'],
    ['PHONE', '+44 20 7946 0958'],
    ['URL', 'https://acme.test/a'],
    ['USERNAME', '@ben'],
    ['DATE_TIME', 'Friday'],
  ]);
});

it.each([
  ['more than 100 KB', { Text: `${'é'.repeat(50_000)}a` }, 'TextSizeLimitExceededException'],
  ['a language other than English and Spanish', { LanguageCode: 'de' as const }, 'UnsupportedLanguageException'],
  ['no language', { LanguageCode: undefined }, 'ValidationException'],
])('refuses to find personal data in %s', async (_what, input, name) => {
  const { client } = await start();
  const answer = client.send(new DetectPiiEntitiesCommand({ Text: 'Ana', LanguageCode: 'en', ...input }));
  await expect(answer).rejects.toMatchObject({ name });
});

it.each([
  ['more than 5 KB', { Text: `${'é'.repeat(2500)}a` }, 'TextSizeLimitExceededException'],
  ['an empty text', { Text: '' }, 'ValidationException'],
  ['a language it cannot analyze', { Text: 'Dit.', LanguageCode: 'nl' as 'en' }, 'UnsupportedLanguageException'],
])('refuses %s', async (_what, input, name) => {
  const { client } = await start();
  const answer = client.send(new DetectSentimentCommand({ LanguageCode: 'en', ...input }));
  await expect(answer).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
});

it('answers a planned error with HTTP 400', async () => {
  const { client, faults } = await start();
  faults.add({ kind: 'error', name: 'ThrottlingException' });
  const answer = client.send(new DetectDominantLanguageCommand({ Text: 'good' }));
  await expect(answer).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
});
