import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectKeyPhrases, detectLanguages } from '../../../../sandbox/comprehend/detect.js';
import { looksEnglish } from '../../../../src/core/prompt/language/prompt-language.js';
import { holdsPersonalData } from '../../../../src/core/prompt/post/personal-data.js';
import {
  cleanPost,
  type Mood,
  type PostAnalysis,
  promptFromPost as promptFromClean,
  promptFromOwnWords,
} from '../../../../src/core/prompt/post/post-prompt.js';
import { countWords, maxPromptWords } from '../../../../src/core/prompt/prompt-words.js';
import { anyCharacter } from '../../../any-character.js';
import { posts } from './example-posts.js';

const limit = 10_000;
const promptFromPost = (text: string, analyzed: PostAnalysis, max: number) =>
  promptFromClean(cleanPost(text, analyzed), max);

/** Most of the sentiment on one mood; the surest phrase first. */
function analysisOf(mood: Mood | undefined, ...phrases: string[]): PostAnalysis {
  const rest = { positive: 0.03, negative: 0.03, neutral: 0.03, mixed: 0.03 };
  return {
    sentiment: mood && { ...rest, [mood]: 0.9 },
    keyPhrases: phrases.map((text, index) => ({ text, score: 0.99 - index / 100 })),
  };
}

const halfCharacter = /\p{Surrogate}/u;

const anyText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: anyCharacter }));
const score = fc.double({ min: 0, max: 1 });
const analysis: fc.Arbitrary<PostAnalysis> = fc.record({
  sentiment: fc.record({ positive: score, negative: score, neutral: score, mixed: score }),
  keyPhrases: fc.array(fc.record({ text: anyText, score })),
});

/** What an analysis finds in a post: by the rules of the stand-in for Comprehend, which is no better at it. */
function analyze(text: string): PostAnalysis {
  const language = detectLanguages(text)[0]?.LanguageCode;
  const keyPhrases = language === 'en' ? detectKeyPhrases(text.slice(0, 2_040), language) : [];
  return { language, keyPhrases: keyPhrases.map(({ Text, Score }) => ({ text: Text, score: Score })) };
}

describe('promptFromPost', () => {
  test.each(posts)('of a post ($what)', ({ text, prompt, firstSentence, language }) => {
    expect(promptFromPost(text, analyze(text), limit)).toMatchObject({ prompt });
    const unread = promptFromPost(text, { keyPhrases: [] }, limit);
    expect(unread).toMatchObject({ prompt: firstSentence ?? prompt });
    expect(looksEnglish(prompt).english).toBe(language === undefined);
    for (const given of [prompt, unread.prompt]) {
      expect(countWords(given)).toBeLessThanOrEqual(maxPromptWords);
      expect(given).not.toMatch(/draft|linkedin|open house|rsvp|https?:|@/i);
    }
  });

  test.each([
    ['positive', 'a boat', 'A boat. The mood is joyful, with bright, warm light.'],
    ['negative', 'a boat', 'A boat. The mood is somber, with soft, muted colors.'],
    ['mixed', 'a boat', 'A boat. The mood is bittersweet, with light and shadow side by side.'],
    ['neutral', 'a boat', 'A boat.'],
    [undefined, 'a boat', 'A boat.'],
  ] as const)('a %s post about %s', (mood, phrase, prompt) => {
    expect(promptFromPost('We won', analysisOf(mood, phrase), limit)).toEqual({ prompt, mood, from: 'key_phrases' });
    expect(looksEnglish(prompt)).toEqual({ english: true });
  });

  test('a post of which no phrase can be drawn is its first sentence', () => {
    expect(promptFromPost('We won', analysisOf('positive', '10%'), limit)).toEqual({
      prompt: 'We won. The mood is joyful, with bright, warm light.',
      mood: 'positive',
      from: 'first_sentence',
    });
  });

  test.each([
    ['Please call +1 415 555 0142 for a tour. Bees live in our courtyard now.', 'Bees live in our courtyard now.'],
    ['Come to our LinkedIn page soon. Bees live in our courtyard now.', 'Bees live in our courtyard now.'],
    ['We planted a number of cherry trees. More will come.', 'We planted a number of cherry trees.'],
    ['Our brewery pours draft beer by the sea. Come and taste.', 'Our brewery pours draft beer by the sea.'],
  ])('the first sentence of “%s” is one that can be drawn: “%s”', (text, prompt) => {
    expect(promptFromPost(text, { keyPhrases: [] }, limit).prompt).toBe(prompt);
  });

  test.each(['an annual open house', 'a LinkedIn page', 'the newsletter team', 'annual revenue'])(
    '“%s” is nothing to draw',
    (phrase) => {
      expect(promptFromPost('We won', analysisOf(undefined, phrase, 'a boat'), limit).prompt).toBe('A boat.');
    },
  );

  test('an unsure mood is none', () => {
    const sentiment = { positive: 0.45, negative: 0.1, neutral: 0.4, mixed: 0.05 };
    const { mood } = promptFromPost('', { sentiment, keyPhrases: [{ text: 'a boat', score: 0.9 }] }, limit);
    expect(mood).toBeUndefined();
  });

  test.each([
    [70, 'A boat, a lamp and a cup. The mood is joyful, with bright, warm light.'],
    [69, 'A boat and a lamp. The mood is joyful, with bright, warm light.'],
    [62, 'A boat. The mood is joyful, with bright, warm light.'],
    [51, 'A boat.'],
    [5, 'We'],
  ])('within %i characters the weakest phrases give way first, then the mood, then the scene', (max, prompt) => {
    const read = analysisOf('positive', 'a boat', 'a lamp', 'a cup');
    expect(promptFromPost('We won a boat, a lamp and a cup.', read, max)).toMatchObject({ prompt });
  });

  test('a post without words is empty', () => {
    expect(promptFromPost(':tada: 🎉', { keyPhrases: [] }, limit)).toEqual({ prompt: '', from: 'nothing' });
    expect(promptFromPost('', analysisOf('positive'), limit)).toMatchObject({ prompt: '', from: 'nothing' });
  });

  test('no name, address or link reaches the prompt, from the text or from a phrase', () => {
    const text = 'Ana Silva (ana@x.test) paints the harbor with Kofi. See https://x.test/a';
    const [begin, end] = [text.indexOf('Kofi'), text.indexOf('Kofi') + 4];
    const found = analysisOf(undefined, 'Ana Silva', 'ana@x.test', 'Kofi’s boat', 'https://x.test/a', 'the harbor');
    const detected = [
      { kind: 'name' as const, begin: 0, end: 9 },
      { kind: 'name' as const, begin, end },
    ];
    for (const personalData of [undefined, detected]) {
      for (const keyPhrases of [found.keyPhrases, []]) {
        const { prompt } = promptFromPost(text, { keyPhrases, personalData }, limit);
        expect(prompt).not.toMatch(/Ana|Silva|@|https|x\.test/);
        if (personalData) expect(prompt).not.toContain('Kofi');
      }
    }
  });

  test('never passes the limit, never throws and never cuts a character in two', () => {
    fc.assert(
      fc.property(anyText, analysis, fc.nat(400), (post, found, max) => {
        const { prompt } = promptFromPost(post, found, max);
        expect(prompt.length).toBeLessThanOrEqual(max);
        expect(countWords(prompt)).toBeLessThanOrEqual(maxPromptWords);
        expect(holdsPersonalData(prompt)).toBe(false);
        const isWhole = [post, ...found.keyPhrases.map(({ text }) => text)].every((part) => !halfCharacter.test(part));
        if (isWhole) expect(prompt).not.toMatch(halfCharacter);
      }),
    );
  });
});

const graphemes = (text: string) => Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);

describe('promptFromOwnWords', () => {
  test.each([
    ['a red fox', 9, 'a red fox'],
    ['a red fox', 8, 'a red'],
    ['A fox sleeps. It snows. The moon is up.', 24, 'A fox sleeps. It snows.'],
    ['Hi! A very long sentence follows without an end in sight', 30, 'Hi! A very long sentence'],
    ['One.\n\nTwo   three.', 100, 'One. Two three.'],
    ['see https://x.test/a and ana@x.test now', 100, 'see and now'],
    ['unbreakableword', 5, 'unbre'],
    ['👩‍👩‍👧👩‍👩‍👧', 10, '👩‍👩‍👧'],
    ['👩‍👩‍👧', 3, ''],
    ['私は猫です。犬もいます。', 8, '私は猫です。'],
    ['', 10, ''],
    ['words', 0, ''],
  ])('makes “%s” fit in %i as “%s”', (text, max, prompt) => {
    expect(promptFromOwnWords(text, max)).toBe(prompt);
  });

  test('is a beginning of the post that fits and ends with a whole character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(200), (text, max) => {
        const prompt = promptFromOwnWords(text, max);
        expect(prompt.length).toBeLessThanOrEqual(max);
        const whole = graphemes(promptFromOwnWords(text, Number.MAX_SAFE_INTEGER));
        expect(whole.slice(0, graphemes(prompt).length).join('')).toBe(prompt);
      }),
    );
  });
});
