import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutMarkdownMarks, withoutMrkdwnMarks } from '../../../src/slack/post/formatting-marks.js';

describe('withoutMrkdwnMarks', () => {
  test.each([
    ['*bold*, _it_, ~x~ and `code`', 'bold, it, x and code'],
    ['*_both_* and _*both*_', 'both and both'],
    ['```\nsnake_case *stars*\n```', '\nsnake_case *stars*\n'],
    ['`a_b_c *d*`', 'a_b_c *d*'],
    ['2*3*4, snake_case_name, a ~ b ~ c', '2*3*4, snake_case_name, a ~ b ~ c'],
    ['* one\n* two', '* one\n* two'],
    ['*not\nbold*', '*not\nbold*'],
    ['*<@U1|ana> wins*', '<@U1|ana> wins'],
    ['<https://x.test/_a_/*b*|a *label*>', '<https://x.test/_a_/*b*|a *label*>'],
    ['&gt; quoted\n&gt;&gt; twice', 'quoted\ntwice'],
    ['1 &gt; 0', '1 &gt; 0'],
    ['*&gt; 0*', '&gt; 0'],
    ['** and __ and *', '** and __ and *'],
  ])('turns “%s” into “%s”', (text, words) => {
    expect(withoutMrkdwnMarks(text)).toBe(words);
  });

  test('only ever removes', () => {
    const parts = fc.array(fc.constantFrom('*', '_', '~', '`', '```', 'word', ' ', '\n', '<@U1>', '<'));
    fc.assert(
      fc.property(parts, (pieces) => {
        const text = pieces.join('');
        expect(withoutMrkdwnMarks(text).replace(/[*_~`]/gu, '')).toBe(text.replace(/[*_~`]/gu, ''));
      }),
    );
  });
});

describe('withoutMarkdownMarks', () => {
  test.each([
    ['# Big news\n\n**We** *shipped* _it_', 'Big news\n\nWe shipped it'],
    ['> a [link](https://x.test) and `code`', 'a link and code'],
    ['```ts\nlet a_b_c = 1\n```', '\nlet a_b_c = 1\n'],
    ['~~old~~ __new__ snake_case_name', 'old new snake_case_name'],
  ])('turns “%s” into “%s”', (text, words) => {
    expect(withoutMarkdownMarks(text)).toBe(words);
  });
});
