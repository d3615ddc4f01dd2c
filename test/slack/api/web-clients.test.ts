import { createServer } from 'node:http';
import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Listening, listen, readBody, sendJson } from '../../../sandbox/http.js';
import {
  createBoltLogger,
  createWebClients,
  type WebClients,
  waitOutRateLimit,
  withBlockErrors,
} from '../../../src/slack/api/web-clients.js';
import { createRecordingLog } from '../../core/recording-log.js';

interface Answer {
  status?: number;
  retryAfter?: string;
  body?: object;
}

let server: Listening;
let clients: WebClients;
/** What the next calls get; an empty list is success. */
let answers: Answer[];
let calls: string[];

beforeEach(async () => {
  answers = [];
  calls = [];
  server = await listen(
    createServer(async (request, response) => {
      calls.push(`${request.url} ${await readBody(request)}`);
      const { status = 200, retryAfter, body = { ok: true } } = answers.shift() ?? {};
      sendJson(response, status, body, retryAfter ? { 'retry-after': retryAfter } : {});
    }),
  );
  const connection = { botToken: 'xoxb-sandbox', apiUrl: `http://127.0.0.1:${server.port}/api/` };
  clients = createWebClients(connection, createBoltLogger(createRecordingLog()));
});
afterEach(() => server.close());

const post = () => clients.once.chat.postMessage({ channel: 'C0ROOM', text: 'a red fox' });
const limited = (retryAfter: string): Answer => ({ status: 429, retryAfter });

describe('waitOutRateLimit', () => {
  test('makes a rate-limited call again', async () => {
    answers = [limited('0'), limited('0'), { body: { ok: true, ts: '1763632800.000100' } }];
    expect(await waitOutRateLimit(post)).toMatchObject({ ts: '1763632800.000100' });
    expect(calls).toHaveLength(3);
  });

  test('gives up after the third time', async () => {
    answers = [limited('0'), limited('0'), limited('0')];
    await expect(waitOutRateLimit(post)).rejects.toThrow(webApi.WebAPIRateLimitedError);
    expect(calls).toHaveLength(3);
  });

  test('does not wait longer than a person would', async () => {
    answers = [limited('31')];
    await expect(waitOutRateLimit(post)).rejects.toMatchObject({ retryAfter: 31 });
    expect(calls).toHaveLength(1);
  });

  test.each<[what: string, answer: Answer]>([
    ['refused', { body: { ok: false, error: 'channel_not_found' } }],
    ['lost in Slack', { status: 500, body: {} }],
  ])('makes a call that was %s once only', async (_what, answer) => {
    answers = [answer];
    await expect(waitOutRateLimit(post)).rejects.toThrow();
    expect(calls).toHaveLength(1);
  });
});

describe('withBlockErrors', () => {
  test('turns a refusal of blocks into one of our own, with the places and the cause', async () => {
    answers = [{ body: { ok: false, error: 'invalid_blocks', errors: ['failed [json-pointer:/blocks/1/image_url]'] } }];
    await expect(withBlockErrors(post())).rejects.toMatchObject({
      name: 'BlocksRefusedError',
      pointers: ['/blocks/1/image_url'],
      cause: expect.any(webApi.WebAPIPlatformError),
    });
  });

  test('leaves everything else as it came', async () => {
    answers = [{ body: { ok: false, error: 'channel_not_found' } }, { body: { ok: true, ts: '1763632800.000100' } }];
    await expect(withBlockErrors(post())).rejects.toThrow(webApi.WebAPIPlatformError);
    expect(await withBlockErrors(post())).toMatchObject({ ts: '1763632800.000100' });
  });
});

describe('a call that may be made twice', () => {
  const update = (text: string) => clients.retrying.chat.update({ channel: 'C0ROOM', ts: '1763632800.000100', text });

  test('is made again after a failure of Slack', async () => {
    answers = [{ status: 500, body: {} }];
    await update('a red fox');
    expect(calls).toHaveLength(2);
  });

  test('waits out its own rate limit', async () => {
    answers = [limited('0'), limited('0')];
    await update('a red fox');
    expect(calls).toHaveLength(3);
  });

  test('fails where that is longer than a person would wait, and keeps no other call waiting', async () => {
    answers = [limited('31')];
    const first = expect(update('a red fox')).rejects.toMatchObject({ retryAfter: 31 });
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    await update('a blue fox');
    await first;
    expect(calls).toHaveLength(2);
  });
});

test.each([
  ["apiCall('chat.postMessage') start", "apiCall('chat.postMessage') start"],
  ['http request body: {"text":"a red fox"}', 'http request body: …'],
  ['Received a message on the WebSocket: {"payload":{"text":"a red\nfox"}}', 'Received a message on the WebSocket: …'],
  ['ack() call begins (body: I know no red fox)', 'ack() call begins (body: …'],
  ['Unable to parse (will ignore): SyntaxError: red', 'Unable to parse (will ignore): …'],
])('of the debug line %j the log has %j', (line, kept) => {
  const log = createRecordingLog();
  createBoltLogger(log).debug(line);
  expect(log.lines).toEqual([{ severity: 'debug', event: 'slack', fields: { message: kept } }]);
});

test('warnings of Slack’s libraries are kept whole', () => {
  const log = createRecordingLog();
  createBoltLogger(log).warn('http request failed', new Error('{"code":"ECONNRESET"}'));
  expect(log.lines).toEqual([
    { severity: 'warn', event: 'slack', fields: { message: 'http request failed Error: {"code":"ECONNRESET"}' } },
  ]);
});
