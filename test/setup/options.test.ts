import { expect, it } from 'vitest';
import { readGiven, readOptions } from '../../src/setup/options.js';

it.each(['http://example.com', 'https://', 'https://:80', 'https://a%zz', 'https://example.com/?a=1'])(
  'refuses the public address %s',
  (url) => {
    const words = ['--mode', 'http', '--url', url];
    expect(() => readOptions(words)).toThrow('--url: set a full address that begins with https://.');
  },
);

it('refuses to read tokens from a keyboard that also answers questions', () => {
  expect(() => readOptions(['--tokens-stdin'])).toThrow(/--tokens-stdin: add --yes/);
});

it('names each setting on standard input that is misspelled or wrong, and none of the others', () => {
  const text = 'SLACK_APP_TOKN=xapp-1\nIMAGE_INPUTT=on\nSLACK_COMMAND=draw\nAWS_SESSION_TOKEN=x\nSLACK_BOT_TOKEN=\n';
  expect(() => readGiven(text, {})).toThrow(
    expect.objectContaining({
      problems: [
        'SLACK_APP_TOKN: there is no such setting. Check its spelling.',
        'IMAGE_INPUTT: there is no such setting. Check its spelling.',
        expect.stringMatching(/^SLACK_COMMAND: set a command/),
      ],
    }),
  );
  expect(readGiven('SLACK_BOT_TOKEN=xoxb-1\nLOG_LEVEL=debug\n', {})).toEqual({
    SLACK_BOT_TOKEN: 'xoxb-1',
    LOG_LEVEL: 'debug',
  });
});
