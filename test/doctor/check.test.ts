import { afterEach, describe, expect, it, vi } from 'vitest';
import { fix, note, ok } from '../../src/core/check-result.js';
import { ConfigurationError } from '../../src/core/errors.js';
import { type Check, runCheck } from '../../src/doctor/check.js';

const failing = (error: unknown): Check => ({ subject: 'bucket', run: () => Promise.reject(error) });
const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
const token = new TypeError('xoxb-0000-1111-notReal is odd');

afterEach(() => void vi.restoreAllMocks());

describe('a check', () => {
  it('returns what it found', async () => {
    const found = [ok('bucket: is there')];
    expect(await runCheck({ subject: 'bucket', run: async () => found })).toEqual(found);
  });

  it.each([
    ['every problem of settings', new ConfigurationError(['A: set it.', 'B: set it.']), ['A: set it.', 'B: set it.']],
    [
      'no connection, by the code of its cause',
      Object.assign(new Error('a request error', { cause: refused }), { code: 'slack_webapi_request_error' }),
      [expect.stringMatching(/^bucket: no connection \(ECONNREFUSED\)\. Is the address/)],
    ],
    [
      'credentials that did not arrive',
      Object.assign(new Error('no'), { name: 'MissingAuthenticationTokenException' }),
      [expect.stringMatching(/^credentials: AWS does not know them\./)],
    ],
    [
      'a signature that is cut',
      Object.assign(new Error('no'), { name: 'IncompleteSignature' }),
      [expect.stringMatching(/^credentials: AWS refuses their signature\./)],
    ],
    [
      'any other failure by its first cause, without secrets',
      new Error('wrapped', { cause: token }),
      ['bucket: this could not be checked (TypeError: [removed] is odd).'],
    ],
  ])('reports %s', async (_what, error, texts) => {
    expect(await runCheck(failing(error))).toEqual(texts.map(fix));
  });

  it('can say itself what it means that nothing answers', async () => {
    const whenUnreachable = (reason: string) => [note(`model: not asked (${reason})`)];
    const check = { ...failing(refused), whenUnreachable };
    expect(await runCheck(check)).toEqual([note('model: not asked (ECONNREFUSED)')]);
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    expect(await runCheck(check)).toEqual([note('model: not asked (no answer within 10 seconds)')]);
  });

  it.each([
    [undefined, 10],
    [121, 121],
  ])('with the limit %s gives up after %i seconds, though the call goes on', async (limitSeconds, seconds) => {
    const controller = new AbortController();
    const newDeadline = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(controller.signal);
    const check = { subject: 'bucket', ...(limitSeconds && { limitSeconds }), run: () => new Promise<never>(() => {}) };
    const found = runCheck(check);
    controller.abort();
    expect(await found).toEqual([fix(expect.stringMatching(`^bucket: no answer within ${seconds} seconds\\. `))]);
    expect(newDeadline.mock.calls).toEqual([[seconds * 1000]]);
  });
});
