import { describe, expect, test } from 'vitest';
import { guessCommand, readSubcommand, subcommands } from '../../../../src/core/prompt/command/subcommands.js';

describe('a subcommand', () => {
  test.each(subcommands)('is read from %s in any case', (name) => {
    expect([readSubcommand(name), readSubcommand(name.toUpperCase())]).toEqual([name, name]);
  });

  test.each(['--help', '-h', '--h', '—help', '-help', '/help', '?', '--HELP', 'a red fox --help', '--help --ar 16:9'])(
    'help is read from %j',
    (text) => {
      expect(readSubcommand(text)).toBe('help');
    },
  );

  test.each(['a sign that says “--help”', 'help me —help', 'h', '--helpful', 'a red fox', ''])(
    'is not read from %j',
    (text) => {
      expect(readSubcommand(text)).toBeUndefined();
    },
  );
});

test.each([
  ['hlep', 'help'],
  ['hepl', 'help'],
  ['helpp', 'help'],
  ['Halp', 'help'],
  ['help!', 'help'],
  ['help me', 'help'],
  ['please help', 'help'],
  ['"help"', 'help'],
  ['histroy', 'history'],
  ['hitsory', 'history'],
  ['histry', 'history'],
  ['HISTROY', 'history'],
  ['my history', 'history'],
  ['show history', 'history'],
  ['show me my history', 'history'],
  ['--history', 'history'],
  ['models please', 'models'],
  ['modles', 'models'],
  ['modles please', 'models'],
  ['model', 'models'],
  ['list models', 'models'],
  ['show me all the models, please', 'models'],
  ['setings', 'settings'],
  ['settigns', 'settings'],
  ['setting', 'settings'],
  ['my settings', 'settings'],
  ['open settings', 'settings'],
  ['usgae', 'usage'],
  ['ussage', 'usage'],
  ['my usage today', 'usage'],
  ['shwo', 'show'],
  ['show me', 'show'],
  ['shwo 7f3a2c', 'show 7f3a2c'],
])('%j may have been meant as %s', (text, meant) => {
  expect(guessCommand(text)).toBe(meant);
});

test.each([
  ...['shop', 'snow', 'shoe', 'show jumping', 'shower', 'shot', 'stow', 'how', 'shows on ice', 'Shaw'],
  ...[
    'helm',
    'helmet',
    'kelp',
    'yelp',
    'hemp',
    'heap',
    'helping hands',
    'help wanted sign',
    'help the fox',
    'Help on the way',
  ],
  ...[
    'model airplane',
    'model train',
    'models on a catwalk',
    'fashion model',
    'a model',
    'modern',
    'motel',
    'medals',
    'modal',
  ],
  ...['setting sun', 'sunset', 'a table setting', 'settlers', 'seedlings', 'settings of gears', 'kittens', 'Sittings'],
  ...['sage', 'usage of stone tools', 'sausage', 'user', 'image', 'stage', 'Osage'],
  ...['story', 'history museum', 'history of rome', 'historic', 'historian', 'prehistory', 'hickory', 'victory'],
  ...['the show', 'the help', 'the history', 'the story', 'show horses on a beach', 'show me the way', 'show ferret'],
  ...[
    'Modena',
    'Moana',
    'Totoro',
    'Naruto',
    'Yoda',
    'Shiva',
    'Sonic',
    'Hulk',
    'Hogwarts',
    'Shrek',
    'Helsinki',
    'Hilfe',
  ],
  ...[
    'models 1950',
    'help 🦊',
    'snow 7f3a2c',
    'shop abc123',
    'fox',
    'a',
    'please',
    '赤い狐',
    '助けて',
    '',
    'my cat please',
  ],
  'models '.repeat(10),
])('%j is a prompt', (text) => {
  expect(guessCommand(text)).toBeUndefined();
});
