import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PersonalData } from '../../../../src/core/prompt/post/found-data.js';
import {
  holdsPersonalData,
  withoutNames,
  withoutPersonalData,
} from '../../../../src/core/prompt/post/personal-data.js';
import { anyCharacter } from '../../../any-character.js';

/** What a detector marks, by the words themselves. */
const detected = (text: string, marked: Record<string, PersonalData['kind']>): PersonalData[] =>
  Object.entries(marked).map(([words, kind]) => {
    const begin = text.indexOf(words);
    return { kind, begin, end: begin + words.length };
  });

describe('withoutPersonalData', () => {
  test.each([
    ['at the end of a sentence', 'Send your CV to jobs@acme.test. We answer.', 'Send your CV. We answer.'],
    ['in the middle of one', 'see https://x.test/a and ana@x.test now', 'see a link and an email address now'],
    ['in brackets', 'Ask us (a@acme.test).', 'Ask us.'],
    ['after a colon', 'Menu: www.acme.test/open', 'Menu'],
    ['as the whole sentence', 'We open in May. Visit acme.com/open. Bring friends!', 'We open in May. Bring friends!'],
    ['that is all there is', 'ana@x.test', 'an email address'],
    ['with a plus sign and digits', 'mail to ana.b+news99@mail.x.test, please', 'please'],
    ['of a phone with country code', 'Call +44 20 7946 0958 now', 'Call a phone number now'],
    ['of a phone with brackets', 'Reach me at (415) 555-0134 at noon', 'Reach me at a phone number at noon'],
    ['of a phone with points', 'on 415.555.0134 since May', 'on a phone number since May'],
    ['of a phone with Arabic digits', 'اتصل ٠٥٠ ١٢٣ ٤٥٦٧ الآن', 'اتصل a phone number الآن'],
    ['of a handle', '@ben.k drew it', 'someone drew it'],
    ['of an unfinished address', 'ana@acme said so', 'an email address said so'],
    ['inside Japanese', '詳しくはhttps://x.test/aをご覧ください。', '詳しくは a link をご覧ください。'],
    ['in Slack’s markup', 'ping <@U123ABC> in <#C12|general>, <!here>', 'ping someone in a channel, everyone'],
    ['behind a label', 'see <https://acme.test/x|the docs> first', 'see the docs first'],
    ['behind a label that says it', 'see <mailto:a@b.test|a@b.test> first', 'see an email address first'],
  ])('removes an address %s', (_, text, kept) => {
    expect(withoutPersonalData(text)).toEqual({ text: kept, names: [] });
    expect(withoutPersonalData(text, []).text).toBe(kept);
  });

  test.each([
    'Open house on 2026-11-20, 12.05.2026 and 1/2/27, 10:30',
    'a table: 12 14 9 18 22 135 160 | 1,234,567 | 2025–2026 | 412 panels',
    'Node.js, e.g. version 1.2.3 on a 16:9 screen. It works.De facto, it does.It does',
    'i <3 you, a < b > c',
  ])('leaves dates, numbers and full stops alone: %s', (text) => {
    expect(withoutPersonalData(text)).toEqual({ text, names: [] });
  });

  test.each<[what: string, text: string, kept: string, names: string[]]>([
    ['a given name', 'Kudos to Priya and Ben’s team.', 'Kudos to someone and someone’s team.', ['Priya', 'Ben']],
    [
      'a full name, and its parts later on',
      'Maria Fernandez de la Cruz joins us. Fernandez paints.',
      'someone joins us. someone paints.',
      ['Maria Fernandez de la Cruz', 'Fernandez', 'Maria', 'Cruz'],
    ],
    ['a greeting', 'Hi Oyelaran, the garden is open.', 'Hi someone, the garden is open.', ['Oyelaran']],
    ['no one in a greeting', 'Hi Team, Hello World, Dear all', 'Hi Team, Hello World, Dear all', []],
    ['a title', 'Dr. Müller cut the ribbon.', 'someone cut the ribbon.', ['Dr. Müller', 'Müller']],
    [
      'two words that no dictionary has',
      'Babatunde Oyelaran planted a tree.',
      'someone planted a tree.',
      ['Babatunde Oyelaran', 'Babatunde', 'Oyelaran'],
    ],
    [
      'names that are words too, inside a sentence',
      'Mark Oliveira met Jack. Rose petals fell.',
      'someone met someone. Rose petals fell.',
      ['Mark Oliveira', 'Oliveira'],
    ],
    ['a signature', 'The oven is hot.\n— Kwame', 'The oven is hot.\n— someone', ['Kwame']],
    ['a Japanese name with さん', '田中さんと花屋さんとお客様', 'someone さんと花屋さんとお客様', ['田中']],
    [
      'no place, month, brand or thing',
      'Our new roastery in Porto opens on Monday in New York. Sakura Latte by Stable Image Core',
      'Our new roastery in Porto opens on Monday in New York. Sakura Latte by Stable Image Core',
      [],
    ],
    [
      'no German noun',
      'Neuer Dachgarten mit wilden Blumen und Bienenstöcken. Liebe Kollegen, er ist offen.',
      'Neuer Dachgarten mit wilden Blumen und Bienenstöcken. Liebe Kollegen, er ist offen.',
      [],
    ],
  ])('guesses without a detector: %s', (_, text, kept, names) => {
    expect(withoutPersonalData(text)).toEqual({ text: kept, names });
  });

  test('trusts a detector about names, but not about full names and addresses', () => {
    const text =
      '🎉 Kofi baked for Rose at 12 Mill Lane. Emma is a brand, Peter Novak is not. Mail kofi@x.test today. Kofi!';
    expect(
      withoutPersonalData(text, detected(text, { Kofi: 'name', Rose: 'name', '12 Mill Lane': 'address' })),
    ).toEqual({
      text: '🎉 someone baked for someone. Emma is a brand, someone is not. Mail an email address today. someone!',
      names: ['Peter Novak', 'Peter', 'Novak', 'Kofi'],
    });
  });

  test.each([
    ['Thorsten Schäfer und Gudrun Müller feiern im Garten.', 'someone und someone feiern im Garten.'],
    ['Анна Иванова открыла сад на Красной площади.', 'someone открыла сад на Красной площади.'],
    ['昨日、佐藤花子と鈴木一郎が庭を開きました。', '昨日、 someone と someone が庭を開きました。'],
    ['Siobhan baked, MARIA LOPEZ too. We met Jan Kowalski.', 'someone baked, someone too. We met someone.'],
    ['On Jan 12 and in Jun 2026, in Florence.', 'On Jan 12 and in Jun 2026, in Florence.'],
    ['Since last week, April rain fell.', 'Since last week, April rain fell.'],
    ['Ring 98765 43210 now. In 2024 2025 2026 we grew.', 'Ring a phone number now. In 2024 2025 2026 we grew.'],
    ['yamada＠example.jp です', 'an email address です'],
  ])('of “%s” leaves “%s”', (text, kept) => {
    expect(withoutPersonalData(text).text).toBe(kept);
  });

  test.each([
    'Our San Francisco office opens in May. We open in Santiago, on the Santa Barbara pier.',
    'St. Martin lanterns. Olive Oil tasting, Rich Chocolate cake and a Rose Garden walk, an Art Deco night.',
    'Taro Milk Tea is back. EVA foam soles. Hello Kyoto! The Austin office has a view.',
    'Sat 12 Jan. and am 12. Jun. JAN SALE starts now. 2020 2021 2022 2023, sizes 3000-4000-5000-6000 mm.',
    'Am Sonntag trinkt man Kaffee am See. Der Sankt Martin Umzug beginnt.',
    'Jardín del Río Negro en Puerto Madero con vista.',
    'Le marché de Noël de la Place Bellecour ouvre.',
    'Нижний Новгород встречает Новый Год.',
    '新仕様のキッチン、多様な働き方、唐草模様の壁。京都の清水寺でライトアップ、小川のそばで。',
    '職人さんと農家さんのマルシェ。ご家族様もどうぞ。',
  ])('leaves an ordinary post as it is: %s', (text) => {
    expect(withoutPersonalData(text).text).toBe(text);
  });

  test('takes numbers that follow one another without a word between them', () => {
    const text = 'Call +10 0000 0000-0000 0100/00000000 (212) 555-0134 now';
    expect(withoutPersonalData(text).text).toBe('Call a phone number now');
  });

  const address = fc.oneof(
    fc.emailAddress(),
    fc.webUrl(),
    fc.stringMatching(/^@[a-z][a-z0-9_]{1,12}$/),
    fc.stringMatching(/^\+[1-9][0-9] [0-9]{2,4} [0-9]{3,4}[ -][0-9]{4}$/),
    fc.stringMatching(/^\([2-9][0-9]{2}\) [0-9]{3}-[0-9]{4}$/),
    fc.stringMatching(/^0[1-9][0-9]{2}[ /-][0-9]{5,8}$/),
    fc.stringMatching(/^<@U[A-Z0-9]{6}>$/),
    fc.stringMatching(/^<https:\/\/[a-z]{3,8}\.test\/[a-z]{0,5}\|[a-z]{0,6}>$/),
  );
  const around = fc.oneof(
    fc.constantFrom(' ', ', ', ' (', ') ', ': ', '\n', ' or write to ', ' at ', '. Call ', '、'),
    fc.string({ unit: anyCharacter, maxLength: 12 }),
  );

  test('nothing that looks like an address remains, whatever surrounds it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(around, address), { maxLength: 5 }), around, (parts, after) => {
        const text = `${parts.map(([before, given]) => `${before} ${given}`).join('')} ${after}`;
        const kept = withoutPersonalData(text).text;
        expect(holdsPersonalData(kept)).toBe(false);
        for (const [, given] of parts) if (given.length > 6) expect(kept).not.toContain(given);
      }),
      { numRuns: 500 },
    );
  });

  test('no text of any kind holds an address or a found name afterwards', () => {
    const span = fc.record({
      kind: fc.constant('name' as const),
      begin: fc.nat(40),
      length: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), fc.array(span, { maxLength: 3 }), (text, given) => {
        const found = given.map(({ kind, begin, length }) => ({ kind, begin, end: begin + length }));
        expect(holdsPersonalData(withoutPersonalData(text, found).text)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ['a portrait of Kofi Annan', ['Kofi Annan'], 'a portrait of'],
  ['rose petals for Rose', ['Rose'], 'rose petals for'],
  ['Roses', ['Rose'], 'Roses'],
  ['a bakery, see https://x.test', [], 'a bakery, see'],
  ['a quiet harbor', ['Ana'], 'a quiet harbor'],
])('withoutNames turns “%s” without %j into “%s”', (text, names, kept) => {
  expect(withoutNames(text, names)).toBe(kept);
});
