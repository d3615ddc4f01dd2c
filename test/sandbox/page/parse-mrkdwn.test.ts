import { expect, test } from 'vitest';
import { parseMrkdwn } from '../../../sandbox/page/browser/blocks/parse-mrkdwn.js';

test('text without marks is one piece, its three entities read', () => {
  expect(parseMrkdwn('2*3*4 &lt; snake_case_name &amp;nbsp;')).toEqual([
    { kind: 'text', text: '2*3*4 < snake_case_name &nbsp;' },
  ]);
});

test('marks count at the edges of words and stand inside each other', () => {
  expect(parseMrkdwn('*bold _both_*, ~gone~.')).toEqual([
    {
      kind: 'bold',
      children: [
        { kind: 'text', text: 'bold ' },
        { kind: 'italic', children: [{ kind: 'text', text: 'both' }] },
      ],
    },
    { kind: 'text', text: ', ' },
    { kind: 'strike', children: [{ kind: 'text', text: 'gone' }] },
    { kind: 'text', text: '.' },
  ]);
});

test('nothing inside code is a mark', () => {
  expect(parseMrkdwn('`*a*` ```\n<@U1> :fox:\n```')).toEqual([
    { kind: 'code', text: '*a*' },
    { kind: 'text', text: ' ' },
    { kind: 'preformatted', text: '<@U1> :fox:' },
  ]);
});

test('references name people, channels, pages and everybody', () => {
  expect(parseMrkdwn('<@U1> <#C1|marketing> <https://example.com/?a=1&amp;b=2|here> <!channel> :fox_face:')).toEqual([
    { kind: 'user', id: 'U1', label: '' },
    { kind: 'text', text: ' ' },
    { kind: 'channel', id: 'C1', label: 'marketing' },
    { kind: 'text', text: ' ' },
    { kind: 'link', url: 'https://example.com/?a=1&b=2', label: 'here' },
    { kind: 'text', text: ' ' },
    { kind: 'broadcast', name: 'channel' },
    { kind: 'text', text: ' ' },
    { kind: 'emoji', name: 'fox_face' },
  ]);
});

test('lines that begin with a greater-than sign are one quote', () => {
  expect(parseMrkdwn('before\n&gt; one\n&gt;two\nafter')).toEqual([
    { kind: 'text', text: 'before\n' },
    { kind: 'quote', children: [{ kind: 'text', text: 'one\ntwo' }] },
    { kind: 'text', text: 'after' },
  ]);
});
