import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../src/observability/log.js';

/** Shaped like the real ones, and plainly none of them. */
const secrets: [what: string, text: string, safe: string][] = [
  ['a bot token', 'xoxb-0000-1111-notReal is bad', '[removed] is bad'],
  ['a user token', 'token=xoxp-0000-1111-notReal&ts=1', 'token=[removed]&ts=1'],
  ['an app-level token', '"xapp-1-A000-1111-notreal"', '"[removed]"'],
  ['a refresh token', 'xoxe-1-notReal.', '[removed].'],
  ['a token that rotates', 'xoxe.xoxb-1-notReal', '[removed]'],
  ['the verification token of a payload', '{"token":"notReal","team":{}}', '{"token":"[removed]","team":{}}'],
  ['a workflow token', 'xwfp-0000-notReal', '[removed]'],
  ...[
    ["a command's response_url", 'https://hooks.slack.com/commands/'],
    ["a button's response_url", 'https://hooks.slack.com/actions/'],
    ["a shortcut's response_url", 'https://hooks.slack.com/app-actions/'],
    ["a shortcut's response_url of the other form", 'https://hooks.slack.com/app/'],
    ["a government workspace's response_url", 'https://hooks.slack-gov.com/commands/'],
    ['an incoming webhook', 'https://hooks.slack.com/services/'],
    ["a workflow's webhook", 'https://hooks.slack.com/triggers/'],
  ].map(([what = '', url]): [string, string, string] => [
    what,
    `POST "${url}T0WORK/1234/not-Real_" failed`,
    `POST "${url}[removed]" failed`,
  ]),
  [
    "a stand-in's response_url",
    'http://127.0.0.1:4000/response/notReal, again',
    'http://127.0.0.1:4000/response/[removed], again',
  ],
  [
    'a presigned link',
    'https://b.s3.test/1.png?X-Amz-Credential=AKIANOTREALNOTREAL%2F20261120&X-Amz-Date=20261120T100000Z&X-Amz-Security-Token=Not%2FReal&X-Amz-Signature=00ff&x-id=GetObject',
    'https://b.s3.test/1.png?X-Amz-Credential=[removed]&X-Amz-Date=20261120T100000Z&X-Amz-Security-Token=[removed]&X-Amz-Signature=[removed]&x-id=GetObject',
  ],
  [
    'a presigned link as Slack writes it back',
    'https://b.s3.test/1.png?x-id=GetObject&amp;X-Amz-Signature=00ff',
    'https://b.s3.test/1.png?x-id=GetObject&amp;X-Amz-Signature=[removed]',
  ],
  [
    'a socket ticket',
    'wss://wss-primary.slack.test/link/?ticket=not-real&app_id=1',
    'wss://wss-primary.slack.test/link/?ticket=[removed]&app_id=1',
  ],
  ['an authorization header', 'authorization: Bearer not.real_not.real+/==', 'authorization: Bearer [removed]'],
  ['an AWS access key id', 'AKIANOTREALNOTREAL is not valid', '[removed] is not valid'],
  ['a temporary AWS access key id', '(ASIANOTREALNOTREAL)', '([removed])'],
  [
    'the user and password of a Redis URL',
    'cannot reach rediss://imagine:not-Real@redis.test:6379/2',
    'cannot reach rediss://[removed]@redis.test:6379/2',
  ],
  ['a Redis password with an @', 'redis://:not@Real@redis.test', 'redis://[removed]@redis.test'],
  ['an OpenAI key', 'Incorrect API key: sk-proj-notReal_notReal.', 'Incorrect API key: [removed].'],
];

const harmless: string[] = [
  '    at file:///app/dist/slack/listen.js:24:13',
  '    at run (/usr/src/app/dist/core/run-batch.js:40:9)',
  '    at file:///srv/services/imagine/dist/main.js:1:1',
  'https://docs.slack.dev/reference/methods/chat.update',
  'The bearer token included in the request is invalid',
  'a task-specific desk-lamp, a fox-app and foxes',
  'connect ECONNREFUSED 127.0.0.1:443',
  'redis://127.0.0.1:6379/2 for ana@fox.test',
  'T0WORK/C0ROOM/01JCZZZZZZZZZZZZZZZZ7F3A2C/batch.json',
];

describe('redact', () => {
  test.each(secrets)('removes %s', (_what, text, safe) => {
    expect(redact(text)).toBe(safe);
  });

  test('removes every secret of a text', () => {
    const all = secrets.map(([, text]) => text).join('\n');
    expect(redact(all)).toBe(secrets.map(([, , safe]) => safe).join('\n'));
    expect(redact(all)).not.toMatch(/not\W?real|00ff/i);
  });

  test.each(harmless)('leaves “%s”', (text) => {
    expect(redact(text)).toBe(text);
  });

  test('leaves every text without secrets', () => {
    const anything = fc
      .string({ unit: 'grapheme-ascii' })
      .filter((text) => !/xox|xapp|xwfp|bearer|sk-|akia|asia|=|:\/\//i.test(text));
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, fc.constantFrom(...harmless))), (parts) => {
        expect(redact(parts.join(' '))).toBe(parts.join(' '));
      }),
    );
  });

  test('finds nothing to remove in what it answers', () => {
    for (const [, text] of secrets) expect(redact(redact(text))).toBe(redact(text));
  });
});
