import { expect, test } from 'vitest';
import { type Piece, parseMrkdwn } from '../../../sandbox/page/browser/blocks/parse-mrkdwn.js';

test.each<[name: string, text: string, pieces: Piece[]]>([
  ['plain text with three entities', '2*3*4 &lt; snake_case &amp;nbsp;', ['2*3*4 < snake_case &nbsp;']],
  [
    'bold text and code, which is never bold',
    '*bold `a`*. `*b*`',
    [{ strong: ['bold ', { code: 'a' }] }, '. ', { code: '*b*' }],
  ],
  ['mentions', '<@U1> <#C1|marketing>', [{ mention: 'U1', label: '' }, ' ', { mention: 'C1', label: 'marketing' }]],
  [
    'links and dates',
    '<https://a.example/?b=1&amp;c=2|here> <!date^0^{date}|today>',
    [{ link: 'https://a.example/?b=1&c=2', label: 'here' }, ' ', 'today'],
  ],
])('parses %s', (_, text, pieces) => {
  expect(parseMrkdwn(text)).toEqual(pieces);
});
