import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../src/core/errors.js';
import type { LogFields } from '../../src/core/log.js';
import { createLog } from '../../src/observability/log.js';

/** What one call writes: the line as text, and read. */
function write(event: string, fields?: LogFields): { text: string; line: Record<string, unknown> } {
  const lines: string[] = [];
  createLog('debug', { write: (line) => void lines.push(line) }).warn(event, fields);
  return { text: lines.join(''), line: JSON.parse(lines.join('')) };
}

const signedUrl = 'https://b.s3.test/T0WORK/1.png?X-Amz-Date=20261120T100000Z&X-Amz-Signature=notreal';
const responseUrl = 'https://hooks.slack.com/commands/T0WORK/1234/notreal';

test('a line holds its time, its level, what happened and the fields', () => {
  expect(write('image stored', { batch: '7f3a2c', image: 1, seeds: [42, 43] }).line).toEqual({
    level: 40,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    msg: 'image stored',
    batch: '7f3a2c',
    image: 1,
    seeds: [42, 43],
  });
});

test('nested objects stay structured, and lose their secrets', () => {
  const request = { url: responseUrl, token: 'notreal', tries: [{ at: 1, text: `Bearer xoxb-0000-notreal` }] };
  const circular: LogFields = { request };
  circular.self = circular;
  expect(write('slack', { circular, data: new Map([['url', responseUrl]]) }).line).toMatchObject({
    circular: {
      request: {
        url: 'https://hooks.slack.com/commands/[removed]',
        token: '[removed]',
        tries: [{ at: 1, text: 'Bearer [removed]' }],
      },
      self: '[circular]',
    },
    data: "Map(1) { 'url' => 'https://hooks.slack.com/commands/[removed]' }",
  });
});

test('a line below the level is not written', () => {
  const lines: string[] = [];
  const log = createLog('warn', { write: (line) => void lines.push(line) });
  log.info('quiet');
  log.error('loud');
  expect(lines).toEqual([expect.stringContaining('"msg":"loud"')]);
});

describe('no secret reaches a line', () => {
  test.each<[where: string, event: string, fields: LogFields]>([
    ['the event', `posting to ${responseUrl} failed`, {}],
    ['a field', 'slack', { message: `Bearer xoxb-0000-notreal for ${signedUrl}` }],
    ['an object', 'slack', { request: { url: responseUrl, headers: { authorization: 'xoxb-0000-notreal' } } }],
    ['an object that was thrown', 'failed', { error: { reason: signedUrl } }],
    ['a text that was thrown', 'failed', { error: signedUrl }],
    ['an error', 'failed', { error: new Error(`fetching ${signedUrl} failed`) }],
    [
      'the cause of a cause',
      'failed',
      { error: new Error('one', { cause: new Error('two', { cause: new Error(`${responseUrl} xapp-1-notreal`) }) }) },
    ],
    ['the address of Redis', 'failed', { error: new Error('redis://imagine:notreal@redis.test is away') }],
    ['what a vendor hung on an error', 'failed', { error: Object.assign(new Error('no'), { config: responseUrl }) }],
  ])('in %s', (_where, event, fields) => {
    expect(write(event, fields).text).not.toContain('notreal');
  });
});

describe('an error', () => {
  test('keeps name, message, code, stack and cause', () => {
    const cause = Object.assign(new TypeError('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const { line } = write('failed', { error: new RangeError('too far', { cause }) });
    expect(line.error).toEqual({
      name: 'RangeError',
      message: 'too far',
      stack: expect.stringMatching(/^RangeError: too far\n\s+at .*log\.test\.ts/),
      cause: {
        name: 'TypeError',
        message: 'connect ECONNREFUSED',
        code: 'ECONNREFUSED',
        stack: expect.stringContaining('TypeError: connect ECONNREFUSED'),
      },
    });
  });

  test('of settings has no stack, since the code is not at fault', () => {
    const { line } = write('cannot start', { error: new ConfigurationError(['S3_BUCKET: set it.']) });
    expect(line.error).toEqual({ name: 'ConfigurationError', message: 'S3_BUCKET: set it.' });
  });

  test('whose cause leads back to itself is written once', () => {
    const error = new Error('outer');
    error.cause = new Error('inner', { cause: error });
    const { line } = write('failed', { error });
    expect(line.error).toMatchObject({ message: 'outer', cause: { message: 'inner', cause: '[circular]' } });
  });
});
