import { describe, expect, it } from 'vitest';
import { type Check, createReport, createRunCheck, fix, note, ok } from '../../src/core/check-result.js';
import { ConfigurationError } from '../../src/core/errors.js';

const never = () => new AbortController().signal;

function run(look: Check['look']) {
  return createRunCheck(never)({ subject: 'bucket', look });
}

function failWith(error: unknown) {
  return run(() => Promise.reject(error));
}

describe('a check', () => {
  it('judges itself what it means that nothing answers', async () => {
    const check = (look: Check['look']): Check => ({
      subject: 'model',
      look,
      whenUnreachable: (reason) => [note(`model: not asked (${reason})`)],
    });
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const isRefused = createRunCheck(never)(check(() => Promise.reject(refused)));
    expect(await isRefused).toEqual([note('model: not asked (ECONNREFUSED)')]);
    const isLate = createRunCheck(() => AbortSignal.abort())(check(() => Promise.reject(new Error('aborted'))));
    expect(await isLate).toEqual([note('model: not asked (no answer within 10 seconds)')]);
  });

  it('answers what it found', async () => {
    expect(await run(async () => [ok('bucket: is there')])).toEqual([ok('bucket: is there')]);
  });

  it.each([
    [undefined, 10],
    [121, 121],
  ])('with the limit %s gives up after %i seconds, though the look goes on', async (limitSeconds, seconds) => {
    const limits: number[] = [];
    const controller = new AbortController();
    const found = createRunCheck((given) => {
      limits.push(given);
      return controller.signal;
    })({ subject: 'bucket', ...(limitSeconds && { limitSeconds }), look: () => new Promise(() => undefined) });
    controller.abort();
    expect(await found).toEqual([fix(expect.stringMatching(`^bucket: no answer within ${seconds} seconds\\. `))]);
    expect(limits).toEqual([seconds]);
  });

  it('names every problem of settings', async () => {
    expect(await failWith(new ConfigurationError(['A: set it.', 'B: set it.']))).toEqual([
      fix('A: set it.'),
      fix('B: set it.'),
    ]);
  });

  it('tells that there is no connection by the code of its cause', async () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const wrapped = Object.assign(new Error('a request error', { cause }), { code: 'slack_webapi_request_error' });
    expect(await failWith(wrapped)).toEqual([
      fix(expect.stringMatching(/^bucket: no connection \(ECONNREFUSED\)\. Is the address/)),
    ]);
  });

  it('tells any other failure by its first cause, without secrets', async () => {
    const cause = new TypeError('xoxb-0000-1111-notReal is odd');
    expect(await failWith(new Error('wrapped', { cause }))).toEqual([
      fix('bucket: this could not be checked (TypeError: [removed] is odd).'),
    ]);
    expect(await failWith('thrown text')).toEqual([fix('bucket: this could not be checked (thrown text).')]);
  });
});

describe('the report', () => {
  function reportOf(...findings: Parameters<ReturnType<typeof createReport>['tell']>[0][]) {
    const lines: string[] = [];
    const report = createReport((line) => lines.push(line));
    for (const some of findings) report.tell(some);
    return { status: report.conclude(), lines };
  }

  it('is well with remarks alone', () => {
    expect(reportOf([ok('settings: well')], [note('links: short-lived')])).toEqual({
      status: 0,
      lines: ['ok    settings: well', 'note  links: short-lived', '', 'Nothing to mend.'],
    });
  });

  it('tells a problem once that several checks met', () => {
    const expired = fix('credentials: they have expired.');
    expect(reportOf([expired], [expired])).toEqual({
      status: 1,
      lines: ['fix   credentials: they have expired.', '', 'One thing to mend.'],
    });
  });

  it('counts what is to mend', () => {
    expect(reportOf([fix('one'), fix('other')]).lines.at(-1)).toBe('2 things to mend.');
  });
});
