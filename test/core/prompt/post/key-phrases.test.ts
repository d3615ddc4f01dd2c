import { describe, expect, test } from 'vitest';
import { chooseKeyPhrases, maxKeyPhrases, withoutUndrawable } from '../../../../src/core/prompt/post/key-phrases.js';

/** The surest first, as an analysis finds them. */
const phrases = (...texts: string[]) => texts.map((text, index) => ({ text, score: 0.99 - index / 100 }));

describe('chooseKeyPhrases', () => {
  test.each([
    ['case and article', ['The Red Fox', 'a red fox', 'red fox'], ['the Red Fox']],
    ['the fuller phrase at the surer one’s position', ['the fox', 'a boat', 'the red fox'], ['the red fox', 'a boat']],
    ['one phrase that contains two', ['a fox', 'a boat', 'a fox in a boat', 'rain'], ['a fox in a boat', 'rain']],
    ['whole words only', ['art', 'a party'], ['art', 'a party']],
    ['repeats', ['The launch party', 'Our launch party', 'the party', 'the year'], ['the launch party']],
  ])('recognizes the same phrase: %s', (_, texts, chosen) => {
    expect(chooseKeyPhrases(phrases(...texts))).toEqual(chosen);
  });

  test.each<[post: string, texts: string, chosen: string]>([
    [
      'a launch',
      'Big day | our new electric bike | https://ride.test | Huge thanks | the whole team | two years | work',
      'our new electric bike | the whole team',
    ],
    [
      'a hiring post',
      'a senior data engineer | Lisbon | your CV | jobs@acme.test | 12 March | #hiring',
      'a senior data engineer | Lisbon',
    ],
    ['an outage', '10:42 | 11:15 UTC | the checkout page | 3% | orders | a storm', 'a storm'],
    ['office life', 'Draft | the newsletter | LinkedIn | Open house | our Q3 roadmap | a red kite', 'a red kite'],
    ['a view and a sea view', 'a view | a sea view | 80 km | the morning | a few images', 'a sea view'],
    ['a thank-you', 'someone | midnight | A huge thanks | a star', 'a star'],
    ['an event', 'Friday | 6pm | the roof terrace | RSVP | @lee', 'the roof terrace'],
    ['numbers with and without things', '2,500 customers | 3 puppies | 40% | 10,000', '2,500 customers | 3 puppies'],
  ])('takes from %s what an image can show', (_, texts, chosen) => {
    expect(chooseKeyPhrases(phrases(...texts.split(' | ')))).toEqual(chosen.split(' | '));
  });

  test('ranks phrases by score, and leaves out what the analysis doubts', () => {
    const scored = [
      { text: 'a lamp', score: 0.7 },
      { text: 'a ghost', score: 0.49 },
      { text: 'a boat', score: 0.9 },
    ];
    expect(chooseKeyPhrases(scored)).toEqual(['a boat', 'a lamp']);
  });

  test('takes no more than one image holds', () => {
    const boats = [...'abcdefgh'].map((letter) => `${letter}${letter} boat`);
    expect(chooseKeyPhrases(phrases(...boats))).toEqual(boats.slice(0, maxKeyPhrases));
  });
});

test.each([
  ['our launch on Friday, 12 March 2027', 'our launch'],
  ['the 3rd of May', ''],
  ['the 10:30 call', 'the call'],
  ['dinner at 7 pm', 'dinner'],
  ['dinner at 7.30 p.m.', 'dinner'],
  ['2026-11-20', ''],
  ["tomorrow's picnic", 'picnic'],
  ['the Q3 results', 'the results'],
  ['www.x.test/a', ''],
  ['ana.b@x.test', ''],
  ['@ana', ''],
  ['#launch', 'launch'],
  ['a “red” fox', 'a red fox'],
  ['3 puppies', '3 puppies'],
  ['a march through May', 'a march'],
  ['🎉 cake 🎂', 'cake'],
])('withoutUndrawable turns “%s” into “%s”', (phrase, kept) => {
  expect(withoutUndrawable(phrase)).toBe(kept);
});
