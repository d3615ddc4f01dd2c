import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksEnglish } from '../../../../src/core/prompt/language/prompt-language.js';
import type { PostFindings } from '../../../../src/core/prompt/post/post-analysis.js';
import { promptFromPost } from '../../../../src/core/prompt/post/post-prompt.js';
import { findingsOf, posts } from './posts.js';

const limit = 10_000;

/** Whether a text is made of whole UTF-16 pairs: encodeURIComponent refuses any other. */
function isWellFormed(text: string): boolean {
  try {
    encodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const findings: fc.Arbitrary<PostFindings> = fc.record({
  language: fc.option(
    fc.record({ code: fc.constantFrom('en', 'de', 'fr', 'ja', 'zh-TW', 'pl', 'xx', 'ar', 'hi'), score: fc.double() }),
    { nil: undefined },
  ),
  sentiment: fc.option(
    fc.record({ positive: fc.double(), negative: fc.double(), neutral: fc.double(), mixed: fc.double() }),
    { nil: undefined },
  ),
  keyPhrases: fc.array(fc.record({ text: fc.string({ unit: 'grapheme' }), score: fc.double({ min: 0, max: 1 }) })),
});

describe('promptFromPost', () => {
  test.each(posts)('makes a prompt of $name', ({ prompt, ...post }) => {
    expect(promptFromPost(post.post, findingsOf(post), limit).prompt).toBe(prompt);
  });

  test('ranks phrases by score, whatever their order', () => {
    const keyPhrases = [
      { text: 'a lamp', score: 0.7 },
      { text: 'a ghost', score: 0.3 },
      { text: 'a boat', score: 0.9 },
    ];
    expect(promptFromPost('', { language: undefined, sentiment: undefined, keyPhrases }, limit)).toEqual({
      prompt: 'A single scene showing a boat and a lamp.',
      mood: undefined,
    });
  });

  test('says which mood it found, also where the prompt carries none', () => {
    const post = { post: 'x', keyPhrases: ['a boat'] };
    expect(promptFromPost('x', findingsOf({ ...post, sentiment: 'neutral' }), limit)).toMatchObject({
      mood: 'neutral',
      prompt: 'A single scene showing a boat.',
    });
    expect(promptFromPost('x', findingsOf({ ...post, sentiment: 'mixed' }), limit).mood).toBe('mixed');
  });

  test('takes an unsure feeling for none', () => {
    const sentiment = { positive: 0.45, negative: 0.1, neutral: 0.4, mixed: 0.05 };
    const found = { language: undefined, sentiment, keyPhrases: [{ text: 'a boat', score: 0.9 }] };
    expect(promptFromPost('', found, limit)).toMatchObject({
      mood: undefined,
      prompt: 'A single scene showing a boat.',
    });
  });

  test('gives up the weakest phrases first, then the mood, then falls back on the post’s own words', () => {
    const post = {
      post: 'A boat, a lamp and the sea.',
      sentiment: 'positive' as const,
      keyPhrases: ['a boat', 'a lamp', 'the sea'],
    };
    const at = (promptLimit: number) => promptFromPost(post.post, findingsOf(post), promptLimit);
    expect(at(95).prompt).toBe(
      'A single scene showing a boat, a lamp and the sea. The mood is joyful, with bright, warm light.',
    );
    expect(at(94).prompt).toBe(
      'A single scene showing a boat and a lamp. The mood is joyful, with bright, warm light.',
    );
    expect(at(75).prompt).toBe('A single scene showing a boat. The mood is joyful, with bright, warm light.');
    expect(at(74).prompt).toBe('A single scene showing a boat.');
    expect(at(29)).toEqual({ prompt: 'A boat, a lamp and the sea.', mood: 'positive' });
  });

  test('falls back on the post’s own words where no phrase can be drawn, and adds the mood to them', () => {
    expect(
      promptFromPost('We won', findingsOf({ post: '', sentiment: 'positive', keyPhrases: ['10%'] }), limit),
    ).toEqual({
      prompt: 'We won. The mood is joyful, with bright, warm light.',
      mood: 'positive',
    });
  });

  test('is empty for a post without words', () => {
    expect(promptFromPost('', findingsOf({ post: '', sentiment: 'positive', keyPhrases: [] }), limit).prompt).toBe('');
  });

  test.each(posts.filter(({ language }) => language !== undefined))(
    'keeps $name in its language, which the language check notices',
    ({ prompt, language }) => {
      expect(looksEnglish(prompt)).toEqual({ english: false, language });
    },
  );

  test.each(posts.filter(({ language }) => language === undefined))('makes English of $name', ({ prompt }) => {
    expect(looksEnglish(prompt)).toEqual({ english: true });
  });

  test('never passes the limit, never throws and never cuts a character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        findings,
        fc.integer({ min: 0, max: 400 }),
        (text, found, most) => {
          const { prompt } = promptFromPost(text, found, most);
          expect(prompt.length).toBeLessThanOrEqual(most);
          expect(isWellFormed(prompt)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('does not throw for broken text either', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.nat(100), (text, phrase, most) => {
        const found = { language: undefined, sentiment: undefined, keyPhrases: [{ text: phrase, score: 0.9 }] };
        expect(promptFromPost(text, found, most).prompt.length).toBeLessThanOrEqual(most);
      }),
    );
  });
});
