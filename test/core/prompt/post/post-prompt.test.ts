import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksEnglish } from '../../../../src/core/prompt/language/prompt-language.js';
import {
  type Mood,
  type PostAnalysis,
  promptFromOwnWords,
  promptFromPost,
} from '../../../../src/core/prompt/post/post-prompt.js';
import { anyCharacter } from '../../../any-character.js';

const limit = 10_000;

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

describe('promptFromPost', () => {
  test.each([
    ['positive', 'a boat', 'A single scene showing a boat. The mood is joyful, with bright, warm light.'],
    ['negative', 'a boat', 'A single scene showing a boat. The mood is somber, with soft, muted colors.'],
    ['mixed', 'a boat', 'A single scene showing a boat. The mood is bittersweet, with light and shadow side by side.'],
    ['neutral', 'a boat', 'A single scene showing a boat.'],
    [undefined, 'a boat', 'A single scene showing a boat.'],
    ['positive', '10%', 'We won. The mood is joyful, with bright, warm light.'], // no phrase can be drawn
  ] as const)('a %s post about %s', (mood, phrase, prompt) => {
    expect(promptFromPost('We won', analysisOf(mood, phrase), limit)).toEqual({ prompt, mood });
    expect(looksEnglish(prompt)).toEqual({ english: true });
  });

  test('an unsure mood is none', () => {
    const sentiment = { positive: 0.45, negative: 0.1, neutral: 0.4, mixed: 0.05 };
    const { mood } = promptFromPost('', { sentiment, keyPhrases: [{ text: 'a boat', score: 0.9 }] }, limit);
    expect(mood).toBeUndefined();
  });

  test.each([
    [95, 'A single scene showing a boat, a lamp and the sea. The mood is joyful, with bright, warm light.'],
    [94, 'A single scene showing a boat and a lamp. The mood is joyful, with bright, warm light.'],
    [75, 'A single scene showing a boat. The mood is joyful, with bright, warm light.'],
    [74, 'A single scene showing a boat.'],
    [29, 'A boat, a lamp and the sea.'],
    [5, 'A'],
  ])('within %i characters the weakest phrases give way first, then the mood, then the scene', (max, prompt) => {
    const read = analysisOf('positive', 'a boat', 'a lamp', 'the sea');
    expect(promptFromPost('A boat, a lamp and the sea.', read, max)).toEqual({ prompt, mood: 'positive' });
  });

  test('a post that was not read is its own words, and one without words is empty', () => {
    expect(promptFromPost('ship it https://x.test', { keyPhrases: [] }, limit).prompt).toBe('ship it');
    expect(promptFromPost('', analysisOf('positive'), limit).prompt).toBe('');
  });

  test('never passes the limit, never throws and never cuts a character in two', () => {
    fc.assert(
      fc.property(anyText, analysis, fc.nat(400), (post, found, max) => {
        const { prompt } = promptFromPost(post, found, max);
        expect(prompt.length).toBeLessThanOrEqual(max);
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
