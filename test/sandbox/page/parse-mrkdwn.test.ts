import { expect, test } from 'vitest';
import { type Piece, parseMrkdwn } from '../../../sandbox/page/browser/blocks/parse-mrkdwn.js';

test.each<[name: string, text: string, pieces: Piece[]]>([
  ['plain text with three entities', '2*3*4 &lt; snake_case &amp;nbsp;', ['2*3*4 < snake_case &nbsp;']],
  [
    'nested marks',
    '*bold _both_*, ~gone~.',
    [
      { tag: 'strong', content: ['bold ', { tag: 'em', content: ['both'] }] },
      ', ',
      { tag: 's', content: ['gone'] },
      '.',
    ],
  ],
  [
    'code, which has no marks inside',
    '`*a*` ```\n<@U1> :fox:\n```',
    [{ tag: 'code', content: '*a*' }, ' ', { tag: 'pre', content: '<@U1> :fox:' }],
  ],
  [
    'mentions, links and dates',
    '<@U1> <#C1|marketing> <https://a.example/?b=1&amp;c=2|here> <!channel> <!date^0^{date}|today>',
    [
      { mention: 'U1', label: '' },
      ' ',
      { mention: 'C1', label: 'marketing' },
      ' ',
      { link: 'https://a.example/?b=1&c=2', label: 'here' },
      ' ',
      { mention: 'channel', label: '' },
      ' ',
      'today',
    ],
  ],
  [
    'a quote of two lines',
    'before\n&gt; one\n&gt;two\nafter',
    ['before\n', { tag: 'blockquote', content: ['one\ntwo'] }, 'after'],
  ],
])('parses %s', (_, text, pieces) => {
  expect(parseMrkdwn(text)).toEqual(pieces);
});
