import { describe, expect, test } from 'vitest';
import { readBlocksRefusal, valueAt } from '../../../src/slack/api/slack-errors.js';

describe('readBlocksRefusal', () => {
  const refused = { ok: false, error: 'invalid_blocks' };

  test.each<[what: string, answer: unknown, pointers: string[]]>([
    ['without places', refused, []],
    [
      'of an image that could not be downloaded',
      { ...refused, errors: ['downloading image failed [json-pointer:/blocks/1/image_url]'] },
      ['/blocks/1/image_url'],
    ],
    [
      'in the metadata of the answer',
      {
        ...refused,
        response_metadata: { messages: ['[ERROR] invalid slack file [json-pointer:/blocks/1/slack_file]'] },
      },
      ['/blocks/1/slack_file'],
    ],
    [
      'of several places, each once',
      {
        ...refused,
        errors: ['failed [json-pointer:/blocks/1/image_url] [json-pointer:/blocks/2/image_url]'],
        response_metadata: { messages: ['[ERROR] failed [json-pointer:/blocks/1/image_url]', 'no place'] },
      },
      ['/blocks/1/image_url', '/blocks/2/image_url'],
    ],
    ['with fields left empty', { ...refused, errors: null, response_metadata: { messages: null } }, []],
    ['with fields of another shape', { ...refused, errors: [{}], response_metadata: 'none' }, []],
    ['of the form of the blocks', { ok: false, error: 'invalid_blocks_format' }, []],
    ['of too many blocks', { ok: false, error: 'msg_blocks_too_long' }, []],
  ])('reads a refusal %s', (_what, answer, pointers) => {
    expect(readBlocksRefusal(answer)).toMatchObject({ name: 'BlocksRefusedError', pointers });
  });

  test.each<[what: string, answer: unknown]>([
    ['another refusal', { ok: false, error: 'channel_not_found' }],
    ['a success', { ok: true, ts: '1763632800.000100' }],
    ['no answer at all', undefined],
    ['a text', 'invalid_blocks'],
  ])('reads none in %s', (_what, answer) => {
    expect(readBlocksRefusal(answer)).toBeUndefined();
  });

  test.each([
    ['downloading image failed [json-pointer:/blocks/1/image_url]', true],
    ['invalid slack file [json-pointer:/blocks/1/slack_file]', false],
  ])('tells by “%s” whether a download failed: %s', (sentence, isDownloadFailure) => {
    expect(readBlocksRefusal({ ...refused, errors: [sentence] })).toMatchObject({ isDownloadFailure });
  });

  test('keeps what it was read from as its cause', () => {
    const cause = new Error('An API error occurred: invalid_blocks');
    expect(readBlocksRefusal(refused, cause)?.cause).toBe(cause);
  });
});

describe('valueAt', () => {
  const message = { blocks: [{ type: 'divider' }, { image_url: 'https://x.test/1', 'a/b': 1, 'm~n': 2, '': 3 }] };

  test.each<[pointer: string, value: unknown]>([
    ['', message],
    ['/blocks/0/type', 'divider'],
    ['/blocks/1/image_url', 'https://x.test/1'],
    ['/blocks/1/a~1b', 1],
    ['/blocks/1/m~0n', 2],
    ['/blocks/1/', 3],
    ['/blocks/2', undefined],
    ['/blocks/length', undefined],
    ['/blocks/1/image_url/0/1', undefined],
    ['/constructor', undefined],
    ['/nothing/at/all', undefined],
  ])('finds at “%s” %o', (pointer, value) => {
    expect(valueAt(message, pointer)).toBe(value);
  });
});
