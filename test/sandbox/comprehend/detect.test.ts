import {
  BatchDetectSentimentCommand,
  DetectDominantLanguageCommand,
  DetectKeyPhrasesCommand,
  DetectSentimentCommand,
  type LanguageCode,
} from '@aws-sdk/client-comprehend';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientOf, sandboxComprehend } from './comprehend-client.js';

const client = async () => clientOf(await sandboxComprehend(), { maxAttempts: 1 });

async function languagesOf(Text: string) {
  const { Languages = [] } = await (await client()).send(new DetectDominantLanguageCommand({ Text }));
  return Languages;
}

async function sentimentOf(Text: string, LanguageCode: LanguageCode = 'en') {
  return (await client()).send(new DetectSentimentCommand({ Text, LanguageCode }));
}

async function phrasesOf(Text: string, LanguageCode: LanguageCode = 'en') {
  const { KeyPhrases = [] } = await (await client()).send(new DetectKeyPhrasesCommand({ Text, LanguageCode }));
  return KeyPhrases;
}

describe('languages in the Comprehend stand-in', () => {
  it.each([
    ['en', 'We are launching our new mobile app today, and the whole team is thrilled.'],
    ['es', 'Hoy lanzamos nuestra nueva aplicación y todo el equipo está muy feliz con el resultado.'],
    ['fr', 'Nous lançons notre nouvelle application et toute l’équipe est très fière de ce travail.'],
    ['de', 'Wir bringen heute unsere neue App heraus und das ganze Team freut sich sehr auf euch.'],
    ['it', 'Oggi lanciamo la nostra nuova applicazione e tutta la squadra è molto felice per questo.'],
    ['pt', 'Hoje lançamos a nossa nova aplicação e toda a equipa está muito feliz com isso.'],
    ['nl', 'Vandaag brengen wij onze nieuwe app uit en het hele team is er heel blij mee.'],
    ['pl', 'Dzisiaj pokazujemy naszą nową aplikację i cały zespół jest z tego bardzo dumny.'],
    ['sv', 'Idag släpper vi vår nya app och hela laget är mycket stolt över det.'],
    ['tr', 'Bugün yeni uygulamamız çıkıyor ve bu ekip için çok güzel bir gün.'],
    ['fi', 'Tänään julkaisemme uuden sovelluksen ja koko tiimi on siitä hyvin iloinen, kun se on valmis.'],
    ['ja', '今日は新しいアプリを公開しました。チームのみんなはとても嬉しいです。'],
    ['ko', '오늘 우리는 새로운 앱을 출시합니다. 팀 모두가 매우 기쁩니다.'],
    ['zh', '今天我们发布了新的应用程序，整个团队都很高兴。'],
    ['zh-TW', '今天我們發布了新的應用程式，這個團隊都很高興。'],
    ['ar', 'نطلق اليوم تطبيقنا الجديد والفريق كله سعيد جدا بهذا العمل.'],
    ['hi', 'आज हम अपना नया ऐप जारी कर रहे हैं और पूरी टीम बहुत खुश है।'],
    ['ru', 'Сегодня мы выпускаем новое приложение, и вся команда очень рада.'],
  ])('knows %s', async (code, text) => {
    const [first] = await languagesOf(text);
    expect(first).toEqual({ LanguageCode: code, Score: expect.any(Number) });
    expect(first?.Score).toBeGreaterThan(0.6);
  });

  it('tells the languages of any text, the likeliest first, with scores that sum to no more than 1', async () => {
    const asked = await client();
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme' }), async (Text) => {
        const { Languages = [] } = await asked.send(new DetectDominantLanguageCommand({ Text }));
        const scores = Languages.map(({ Score = 0 }) => Score);
        expect(scores.length).toBeGreaterThan(0);
        expect(scores).toEqual(scores.toSorted((one, other) => other - one));
        expect(scores.reduce((sum, score) => sum + score, 0)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('sentiment in the Comprehend stand-in', () => {
  it.each([
    ['POSITIVE', 'en', 'We are thrilled: what a wonderful launch. Thank you all.'],
    ['NEGATIVE', 'en', 'The outage was terrible and we are sorry.'],
    ['NEGATIVE', 'en', 'This is not good.'],
    ['NEUTRAL', 'en', 'The meeting is in room four.'],
    ['MIXED', 'en', 'The food was excellent, the service terrible.'],
    ['POSITIVE', 'de', 'Wir sind stolz auf diesen tollen Erfolg, danke.'],
    ['POSITIVE', 'ja', 'とても嬉しいです'],
    ['NEGATIVE', 'es', 'Fue un error terrible y estoy triste.'],
  ] as const)('is %s in %s: %s', async (sentiment, language, text) => {
    const { Sentiment, SentimentScore = {} } = await sentimentOf(text, language);
    expect(Sentiment).toBe(sentiment);
    const scores = Object.values(SentimentScore).reduce((sum, score) => sum + score, 0);
    expect(scores).toBeCloseTo(1, 6);
  });
});

describe('key phrases in the Comprehend stand-in', () => {
  it('are what a post speaks of', async () => {
    const phrases = await phrasesOf(
      'We are launching our new mobile app today. The whole team worked on a bright red fox logo!',
    );
    expect(phrases.map(({ Text }) => Text)).toMatchInlineSnapshot(`
      [
        "our new mobile app",
        "The whole team",
        "a bright red fox logo",
      ]
    `);
    for (const { Score = 0 } of phrases) expect(Score).toBeGreaterThan(0.9);
  });

  it('count their places in code points, emoji being one', async () => {
    const text = '🎉🎉 Our new office 🚀 has a garden';
    const [office, garden] = await phrasesOf(text);
    expect(office).toMatchObject({ Text: 'Our new office', BeginOffset: 3, EndOffset: 17 });
    expect([...text].slice(garden?.BeginOffset, garden?.EndOffset).join('')).toBe('a garden');
  });

  it('stand where they say, in any text of any language', async () => {
    const asked = await client();
    const languages = fc.constantFrom('en', 'de', 'ja', 'zh-TW', 'ar');
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme' }), languages, async (Text, LanguageCode) => {
        const { KeyPhrases = [] } = await asked.send(new DetectKeyPhrasesCommand({ Text, LanguageCode }));
        for (const phrase of KeyPhrases) {
          expect([...Text].slice(phrase.BeginOffset, phrase.EndOffset).join('')).toBe(phrase.Text);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('limits of the Comprehend stand-in', () => {
  it('are 5 KB for sentiment and 100 KB for the others, in UTF-8', async () => {
    expect(await sentimentOf('é'.repeat(2500))).toMatchObject({ Sentiment: 'NEUTRAL' });
    await expect(sentimentOf(`${'é'.repeat(2500)}a`)).rejects.toMatchObject({
      name: 'TextSizeLimitExceededException',
      message: expect.stringContaining('allowed is 5000 bytes while in this request the text size is 5001 bytes'),
    });
    expect(await phrasesOf('a '.repeat(50_000))).toEqual([]);
    await expect(phrasesOf('a'.repeat(100_001))).rejects.toMatchObject({ name: 'TextSizeLimitExceededException' });
    await expect(languagesOf('a'.repeat(100_001))).rejects.toMatchObject({ name: 'TextSizeLimitExceededException' });
  });

  it('are twelve languages and a text that is not empty', async () => {
    const dutch = new DetectSentimentCommand({ Text: 'Dit is goed nieuws.', LanguageCode: 'en' });
    Object.assign(dutch.input, { LanguageCode: 'nl' }); // as an app does that passes on the language it detected
    await expect((await client()).send(dutch)).rejects.toMatchObject({ name: 'UnsupportedLanguageException' });
    await expect(sentimentOf('')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('leave out what is not served', async () => {
    const batch = new BatchDetectSentimentCommand({ TextList: ['good'], LanguageCode: 'en' });
    await expect((await client()).send(batch)).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });
});
