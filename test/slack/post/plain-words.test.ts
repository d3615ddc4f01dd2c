import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPlainWords } from '../../../src/slack/post/plain-words.js';

const cases: [string, string][] = [
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
  ['hi :tada:', 'hi party popper'],
  ['done:tada:', 'done party popper'],
  [':tada::tada: :tada:', 'party popper'],
  [':rocket::tada:', 'rocket party popper'],
  [':+1::skin-tone-3:', 'thumbs up'],
  [':wave::skin-tone-2: hello', 'waving hand hello'],
  [':party_blob: :flag-fr:', 'party blob flag fr'],
  ['done:wave::skin-tone-3:', 'done waving hand'],
  ['done:party_blob:', 'done:party_blob:'],
  ['at 10:30:45, ratio 4:3:2', 'at 10:30:45, ratio 4:3:2'],
  ['std::vector::size a:b:c', 'std::vector::size a:b:c'],
  ['note: the plan: go', 'note: the plan: go'],
  [':100: percent', 'hundred points percent'],
  ['<https://x.test/:a:b|read :book: this>', 'read open book this'],
  ['  two\t words \n\n\n\n here ', 'two words\n\nhere'],
  ['2*3*4 and snake_case', '2*3*4 and snake_case'],
  ['', ''],
];

describe('toPlainWords', () => {
  test.each(cases)('turns “%s” into “%s”', (text, words) => {
    expect(toPlainWords(text)).toBe(words);
  });

  test('never throws', () => {
    const markup = fc.constantFrom(
      '<',
      '>',
      '@',
      '#',
      '!',
      '|',
      '&amp;',
      '&lt;',
      ':',
      'tada',
      '^',
      'U1',
      ' ',
      '\n',
      'https:',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(markup, fc.string({ unit: 'binary' }))), (parts) => {
        expect(toPlainWords(parts.join(''))).toBeTypeOf('string');
      }),
    );
  });

  test('leaves text without markup as it is, white space aside', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[<>&:]/u.test(text));
    fc.assert(
      fc.property(plain, (text) => {
        expect(toPlainWords(text).split(/\s+/u).join(' ')).toBe(text.trim().split(/\s+/u).join(' '));
      }),
    );
  });

  test('leaves no mention behind', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[UW][A-Z0-9]{2,10}$/), (text, user) => {
        expect(toPlainWords(`${text} <@${user}>`)).not.toContain(`<@${user}>`);
      }),
    );
  });
});
