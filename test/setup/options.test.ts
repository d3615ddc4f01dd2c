import { expect, it } from 'vitest';
import { readOptions } from '../../src/setup/options.js';

it.each(['http://example.com', 'https://', 'https://:80', 'https://a%zz', 'https://example.com/?a=1'])(
  'refuses the public address %s',
  (url) => {
    const words = ['--mode', 'http', '--url', url];
    expect(() => readOptions(words)).toThrow('--url: set a full address that begins with https://.');
  },
);
