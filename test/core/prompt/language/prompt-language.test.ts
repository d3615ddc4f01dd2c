import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksEnglish } from '../../../../src/core/prompt/language/prompt-language.js';
import { anyCharacter } from '../../../any-character.js';
import { borrowingPrompts, englishPrompts, foreignPrompts, sharedNounPrompts, split } from './example-prompts.js';

const foreign: Record<string, string> = {
  es: `el gato negro | un zorro rojo en la nieve | un perro con sombrero | una ciudad futurista de noche |
    montaña nevada al amanecer`,
  de: 'ein roter Fuchs im Schnee | eine Stadt bei Nacht | Sonnenuntergang über den Bergen | ein Fuchs liest die Zeitung',
  fr: 'un chat noir dans la neige | montagne au coucher du soleil | une ville futuriste la nuit',
  it: 'una volpe rossa nella neve | tramonto sulla spiaggia',
  pt: 'uma raposa vermelha na neve | um cachorro com chapéu | cidade futurista à noite',
  nl: 'een rode vos in de sneeuw | een stad bij nacht',
  pl: 'czerwony lis na śniegu | lis w śniegu',
  cs: 'červená liška ve sněhu',
  tr: 'sahilde bir köpek | karda kırmızı tilki',
  fi: 'punainen kettu lumessa | lohikäärme lentää linnan yllä',
  sv: 'en röd räv i snön',
  vi: 'con cáo đỏ trong tuyết',
  ro: 'o vulpe roșie în zăpadă',
  hu: 'egy vörös róka a hóban',
  ja: '赤い狐 | 雪の中のキツネ | アニメ風の猫 | のの红的',
  zh: '雪地里的红狐狸 | 雪地里 红狐 | 红的 | 的红 | 的的',
  ko: '빨간 여우',
  ar: 'الثعلب الأحمر',
  he: 'שועל אדום',
  el: 'κόκκινη αλεπού',
  th: 'สุนัขจิ้งจอกแดง',
};

/** Certainly foreign, but shared by relatives or by a whole script: no language is named. */
const unnamed = `en hund på stranden | красная лиса | рыжая лиса на снегу | червона лисиця |
  लाल लोमड़ी | 红狐狸 | 的 | Ж的Ж`;

/** Foreign, but in no word that the lists know: the price of the small lists. */
const missed =
  'gato negro | chat noir | roter Fuchs | Segelboot im Sturm | en hest hopper | manifesto per un festival jazz';

describe('looksEnglish', () => {
  test.each([...englishPrompts, ...borrowingPrompts])('takes “%s” for English', (prompt) => {
    expect(looksEnglish(prompt)).toEqual({ english: true });
  });

  test.each(
    [foreign, sharedNounPrompts]
      .flatMap((prompts) => Object.entries(prompts))
      .flatMap(([language, prompts]) => split(prompts).map((prompt) => ({ language, prompt }))),
  )('takes “$prompt” for $language', ({ language, prompt }) => {
    expect(looksEnglish(prompt)).toEqual({ english: false, language });
  });

  test.each(split(unnamed))('takes “%s” for not English, and names no language', (prompt) => {
    expect(looksEnglish(prompt)).toEqual({ english: false });
  });

  test.each(foreignPrompts)('notices that “%s” is not English', (prompt) => {
    expect(looksEnglish(prompt).english).toBe(false);
  });

  test.each(split(missed))('does not notice “%s”', (prompt) => {
    expect(looksEnglish(prompt)).toEqual({ english: true });
  });

  test.each([
    ['A sign above the bakery that says la vie est belle, in warm morning light', true],
    ['Una señora mayor vende flores en el mercado, con luz cálida, photorealistic', false],
  ])('judges “%s” by most of its words', (prompt, english) => {
    expect(looksEnglish(prompt).english).toBe(english);
  });

  test('answers for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), (text) => {
        expect(looksEnglish(text).english).toBeTypeOf('boolean');
      }),
    );
  });
});
