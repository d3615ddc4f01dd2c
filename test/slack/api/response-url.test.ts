import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerPrivately, postToResponseUrl } from '../../../src/slack/api/response-url.js';
import { BlocksRefusedError, ResponseUrlError } from '../../../src/slack/api/slack-errors.js';
import { type Answer, type AnsweringServer, startAnsweringServer } from '../../models/answering-server.js';

const secretPath = '/commands/T0WORK/1234/notreal';
const answer = { text: 'a red fox', response_type: 'in_channel', replace_original: true } as const;

let server: AnsweringServer;
let url: string;

beforeEach(async () => {
  server = await startAnsweringServer();
  url = `${server.url}${secretPath}`;
});
afterEach(() => server.close());

const answering =
  (status: number, body: string): Answer =>
  (response) =>
    response.writeHead(status).end(body);

/** What Slack answers next. */
const answerWith = (status: number, body: string) => server.answers.push(answering(status, body));

async function errorOf(call: Promise<void>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('Slack took it.');
}

test('an answer goes out as JSON', async () => {
  answerWith(200, 'ok');
  await postToResponseUrl(url, { ...answer, text: 'a 🦊' });
  expect(server.received).toEqual([
    {
      path: secretPath,
      headers: expect.objectContaining({ 'content-type': 'application/json; charset=utf-8' }),
      body: { text: 'a 🦊', response_type: 'in_channel', replace_original: true },
    },
  ]);
});

test('a private answer replaces nothing', async () => {
  answerWith(200, 'ok');
  await answerPrivately(url, { text: 'not yours' });
  expect(server.received[0]?.body).toEqual({ text: 'not yours', response_type: 'ephemeral', replace_original: false });
});

test.each([
  ['the text ok', 'ok'],
  ['an empty body', ''],
  ['JSON', '{"ok":true}'],
])('%s is a success', async (_what, body) => {
  answerWith(200, body);
  await expect(postToResponseUrl(url, answer)).resolves.toBeUndefined();
});

describe('a refusal', () => {
  const refused = (code: string) => new ResponseUrlError(`Slack answered ${code} at the response_url.`, true);
  const unclear = new ResponseUrlError('Slack answered 500 at the response_url.', false);
  test.each<[status: number, body: string, error: Error]>([
    [200, '{"ok":false,"error":"expired_url"}', refused('200 expired_url')],
    [200, '{"ok":false,"error":"expired_url","errors":"none"}', refused('200 expired_url')],
    [404, '<html>gone</html>', refused('404')],
    [404, 'used_url', refused('404 used_url')],
    [404, '{"ok":false,"error":"used_url"}', refused('404 used_url')],
    [500, '<html>Oh no</html>', unclear],
    [400, 'invalid_blocks', new BlocksRefusedError([])],
    [200, '{"ok":false,"error":"invalid_blocks"}', new BlocksRefusedError([])],
    [400, '{"ok":false,"error":"invalid_blocks_format"}', new BlocksRefusedError([])],
  ])('%i %s is told as such', async (status, body, expected) => {
    answerWith(status, body);
    const error = await errorOf(postToResponseUrl(url, answer));
    expect(error).toEqual(expected);
    expect(error).toBeInstanceOf(expected.constructor);
  });

  test('is tried once: the address has five uses', async () => {
    answerWith(500, '');
    await errorOf(postToResponseUrl(url, answer));
    expect(server.received).toHaveLength(1);
  });
});

describe('no error carries the address', () => {
  const breakingOff: Answer = (response) =>
    response.writeHead(200, { 'content-length': '100' }).write('o', () => response.destroy());

  test.each<[what: string, answer: Answer | undefined]>([
    ['a refusal', answering(404, 'used_url')],
    ['a refusal of blocks', answering(400, 'invalid_blocks')],
    ['an error page with the address in it', answering(500, `${secretPath} is broken`)],
    ['a refusal as JSON', answering(200, JSON.stringify({ ok: false, error: 'expired_url' }))],
    ['a broken connection', (response) => response.destroy()],
    ['an answer that breaks off', breakingOff],
    ['no server', undefined],
  ])('after %s', async (_what, answers) => {
    if (answers) server.answers.push(answers);
    else await server.close();
    const error = await errorOf(postToResponseUrl(url, answer));
    expect(error).toMatchObject({ name: expect.stringMatching(/^(ResponseUrl|BlocksRefused)Error$/) });
    expect(inspect(error, { depth: 10 })).not.toContain('notreal');
  });
});
