import { describe, expect, test } from 'vitest';
import { chooseKeyPhrases, maxKeyPhrases } from '../../../../src/core/prompt/post/key-phrases.js';
import { withoutUndrawable } from '../../../../src/core/prompt/post/undrawable.js';

const phrases = (...texts: string[]) => texts.map((text, index) => ({ text, score: 0.99 - index / 100 }));

describe('chooseKeyPhrases', () => {
  test.each([
    ['case and article', ['The Red Fox', 'a red fox', 'red fox'], ['the Red Fox']],
    ['the fuller phrase at the surer one’s place', ['the fox', 'a boat', 'the red fox'], ['the red fox', 'a boat']],
    ['one phrase that holds two', ['a fox', 'a boat', 'a fox in a boat', 'rain'], ['a fox in a boat', 'rain']],
    ['whole words only', ['art', 'a party'], ['art', 'a party']],
  ])('knows the same phrase again: %s', (_, texts, chosen) => {
    expect(chooseKeyPhrases(phrases(...texts), 'en')).toEqual(chosen);
  });

  test('strips the articles of the post’s own language', () => {
    expect(chooseKeyPhrases(phrases("L'équipe", 'notre équipe', 'les vélos'), 'fr')).toEqual(["l'équipe", 'les vélos']);
    expect(chooseKeyPhrases(phrases('Unser Fest', 'das Fest'), 'de')).toEqual(['unser Fest']);
  });

  test('leaves out what the analysis doubts', () => {
    expect(chooseKeyPhrases([{ text: 'a ghost', score: 0.49 }], 'en')).toEqual([]);
  });

  test('leaves out phrases with nothing to see', () => {
    expect(
      chooseKeyPhrases(phrases('someone', 'A huge thanks', 'two years', 'everything', 'all the work'), 'en'),
    ).toEqual([]);
  });

  test('takes no more than one image holds', () => {
    const letters = 'abcdefgh'.split('').map((letter) => `${letter}${letter} boat`);
    expect(chooseKeyPhrases(phrases(...letters), 'en')).toEqual(letters.slice(0, maxKeyPhrases));
  });
});

describe('withoutUndrawable', () => {
  test.each([
    ['en', 'our launch on Friday, 12 March 2027', 'our launch'],
    ['en', 'March 3rd', ''],
    ['en', 'the 10:30 call', 'the call'],
    ['en', 'dinner at 7 pm', 'dinner'],
    ['en', '2026-11-20', ''],
    ['en', "tomorrow's picnic", 'picnic'],
    ['en', 'the Q3 results', 'the results'],
    ['en', 'www.x.test/a', ''],
    ['en', 'ana.b@x.test', ''],
    ['en', '@ana', ''],
    ['en', '#launch', 'launch'],
    ['en', '$5m', ''],
    ['en', '3 puppies', '3 puppies'],
    ['en', 'a march through May', 'a march'],
    ['de', 'das Fest am Freitag', 'das Fest'],
    ['de', 'der 3. Mai um 18 Uhr', ''],
    ['es', 'el lunes 3 de mayo', ''],
    ['fr', 'jeudi à 14h30', ''],
    ['ja', '月曜日の会議', '会議'],
    ['zh', '2026年5月1日', ''],
    ['en', '🎉 cake 🎂', 'cake'],
  ])('in %s turns “%s” into “%s”', (language, phrase, kept) => {
    expect(withoutUndrawable(phrase, language)).toBe(kept);
  });
});
