import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeEntities, escapeText, readPostText, toPlainWords } from '../../../src/slack/api/mrkdwn.js';
import { anyCharacter } from '../../any-character.js';

/** Text made of what the functions look at, which plain random strings would hardly ever contain. */
const piece = fc.constantFrom(
  ...['<', '>', '@', '#', '!', '|', '&amp;', '&lt;', ':', 'tada', '^', 'U1', ' ', '\n', 'https:', '*', '_', '~', '`'],
);
const markup = fc.array(fc.oneof(piece, fc.string({ unit: anyCharacter }))).map((parts) => parts.join(''));

test('escaped text has nothing that Slack would act on, and can be decoded', () => {
  expect(escapeText('<@U1> Q&A &lt; *bold*')).toBe('&lt;@U1&gt; Q&amp;A &amp;lt; *bold*');
  fc.assert(
    fc.property(markup, (text) => {
      expect(escapeText(text)).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
      expect(decodeEntities(escapeText(text))).toBe(text);
    }),
  );
});

describe('toPlainWords', () => {
  test.each([
    ['thanks <@U123>', 'thanks someone'],
    ['thanks <@U1|ana>', 'thanks ana'],
    ['ask <@W0ABC|@lee> now', 'ask lee now'],
    ['see <#C1|general>', 'see general'],
    ['see <#C1> and <#G2|>', 'see a channel and a channel'],
    ['<!here> <!channel|@channel> <!everyone>', 'everyone everyone everyone'],
    ['<!subteam^S1|@design> and <!subteam^S2>', 'design and a team'],
    ['due <!date^1392734382^{date_short}|18 Feb 2014>', 'due 18 Feb 2014'],
    ['due <!date^1392734382^{date_short}^https://x.test|18 Feb>', 'due 18 Feb'],
    ['due <!unknown>', 'due'],
    ['<https://x.test/a|our page>', 'our page'],
    ['<https://x.test/?a=1&amp;b=2>', 'https://x.test/?a=1&b=2'],
    ['<mailto:ana@x.test|ana@x.test> or <mailto:lee@x.test>', 'ana@x.test or lee@x.test'],
    ['<tel:+123|+1 23>', '+1 23'],
    ['Q&amp;A, 1 &lt; 2 &gt; 0', 'Q&A, 1 < 2 > 0'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['&lt;@U123&gt;', '<@U123>'],
    ['i <3 you > me', 'i <3 you > me'],
    ['a :dog: at 10:30:45', 'a :dog: at 10:30:45'],
    ['  two\t words \n\n\n\n here ', 'two words\n\nhere'],
    ['2*3*4 and snake_case', '2*3*4 and snake_case'],
    ['', ''],
  ])('turns “%s” into “%s”', (text, words) => {
    expect(toPlainWords(text)).toBe(words);
  });

  test('leaves text without markup as it is, white space aside', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[<>&]/u.test(text));
    fc.assert(
      fc.property(plain, (text) => {
        expect(toPlainWords(text).split(/\s+/u).join(' ')).toBe(text.trim().split(/\s+/u).join(' '));
      }),
    );
  });
});

describe('readPostText', () => {
  test.each([
    ['*Big* news <@U2|ana>: we _shipped_ :rocket:', 'Big news ana: we shipped'],
    ['Build &lt;main&gt; passed', 'Build <main> passed'],
    ['*bold*, _it_, ~x~ and `code`', 'bold, it, x and code'],
    ['*_both_* and _*both*_ and ~_both_~', 'both and both and both'],
    ['```\nsnake_case\n```', 'snake_case'],
    ['2*3*4, snake_case_name, a ~ b ~ c', '2*3*4, snake_case_name, a ~ b ~ c'],
    ['* one\n* two', '* one\n* two'],
    ['*not\nbold*', '*not\nbold*'],
    ['*<@U1|ana> wins*', 'ana wins'],
    ['&gt; quoted\n&gt;&gt; twice', 'quoted\ntwice'],
    ['1 &gt; 0', '1 > 0'],
    ['** and __ and *', '** and __ and *'],
    ['hi :tada::tada: :+1::skin-tone-3: done:party_blob:', 'hi done'],
    ['at 10:30:45, ratio 4:3:2', 'at 10:30:45, ratio 4:3:2'],
    ['std::vector::size a:b:c', 'std::vector::size a:b:c'],
    ['note: the plan: go', 'note: the plan: go'],
    [':tada: :rocket:', ':tada: :rocket:'],
    ["This content can't be displayed.", ''], // Slack's own words for a message of blocks alone
  ])('turns “%s” into “%s”', (text, words) => {
    expect(readPostText(text)).toBe(words);
  });

  test('reads no more than 5,000 characters of a long post', () => {
    const words = readPostText('A fox sleeps. '.repeat(2_800));
    expect(words).toMatch(/^A fox sleeps\. A fox/);
    expect(words.length).toBeGreaterThan(4_980);
    expect(words.length).toBeLessThanOrEqual(5_000);
  });

  test('only ever removes marks', () => {
    const parts = fc.array(fc.constantFrom('*', '_', '~', '`', '```', 'word', ' ', '\n'));
    fc.assert(
      fc.property(parts, (pieces) => {
        const letters = (text: string) => text.replace(/[*_~`\s]/gu, '');
        expect(letters(readPostText(pieces.join('')))).toBe(letters(pieces.join('')));
      }),
    );
  });
});
