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
    'links, and the fallback of a date that it cannot write',
    '<https://a.example/?b=1&amp;c=2|here> <!date^0^{date_ages}|long ago> <!date^soon^{time}|later>',
    [{ link: 'https://a.example/?b=1&c=2', label: 'here' }, ' ', 'long ago', ' ', 'later'],
  ],
])('parses %s', (_, text, pieces) => {
  expect(parseMrkdwn(text)).toEqual(pieces);
});
