import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webApi } from '@slack/bolt';
import { expect, onTestFinished, test } from 'vitest';
import { RequestError } from '../../../src/core/errors.js';
import { createDownloadFile } from '../../../src/slack/api/files.js';
import { createRecordingLog } from '../../core/recording-log.js';

const botToken = 'xoxb-secret-of-the-workspace';
const tenMegabytes = 10_485_760;

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Setup {
  /** Answers the download. */
  answer?: RequestListener;
  info?: Record<string, unknown>;
  maxMilliseconds?: number;
}

/** Slack with one file. */
async function start({ answer, info, maxMilliseconds }: Setup) {
  const url = await listen((request, response) => {
    if (!request.url?.startsWith('/api/')) return answer?.(request, response);
    const file = { id: 'F1', size: 3, url_private_download: `${url}/files-pri/T1-F1/download/fox.png`, ...info };
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, file }));
  });
  const apiUrl = `${url}/api/`;
  const log = createRecordingLog();
  const retrying = new webApi.WebClient(botToken, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
  const download = createDownloadFile({ botToken, apiUrl }, { clients: { retrying }, log }, maxMilliseconds);
  const outcome = () =>
    download('F1').catch((error: unknown) => (error instanceof RequestError ? error.problem.kind : error));
  return { outcome, log };
}

test('a file is downloaded with the bot token', async () => {
  let authorization: string | undefined;
  const { outcome } = await start({
    answer(request, response) {
      authorization = request.headers.authorization;
      response.end('fox');
    },
  });
  expect(String(await outcome())).toBe('fox');
  expect(authorization).toBe(`Bearer ${botToken}`);
});

test.each([
  ['another service', (url: string) => `${url}/files-pri/T1-F1/fox.png`],
  ['a host that begins like one of Slack', () => 'https://files.slack.com.example.com/fox.png'],
  ['a host of Slack without TLS', () => 'http://files.slack.com/fox.png'],
  ['a user name like a host of Slack', (url: string) => url.replace('//', '//files.slack.com@')],
])('the token is not sent to %s', async (_what, addressOf) => {
  const asked: unknown[] = [];
  const elsewhere = await listen((request, response) => {
    asked.push(request.headers);
    response.end('fox');
  });
  const { outcome } = await start({ info: { url_private_download: addressOf(elsewhere) } });
  expect(await outcome()).toBe('file_not_visible');
  expect(asked).toEqual([]);
});

test('a redirect is not followed', async () => {
  const asked: unknown[] = [];
  const elsewhere = await listen((request, response) => {
    asked.push(request.headers);
    response.end('fox');
  });
  const { outcome } = await start({
    answer: (_, response) => void response.writeHead(302, { location: elsewhere }).end(),
  });
  expect(await outcome()).toBe('file_not_visible');
  expect(asked).toEqual([]);
});

test('a file that is larger than it was said to be is not read to its end', async () => {
  let sent = 0;
  let isEnded = false;
  const { outcome } = await start({
    answer(_, response) {
      const part = Buffer.alloc(1_000_000);
      const send = () => {
        while (!isEnded && sent < 10 * tenMegabytes) {
          sent += part.length;
          if (!response.write(part)) return void response.once('drain', send);
        }
        response.end();
      };
      response.on('close', () => {
        isEnded = true;
      });
      send();
    },
  });
  expect(await outcome()).toBe('input_too_large');
  expect(sent).toBeLessThan(4 * tenMegabytes);
});

test.each([
  [tenMegabytes, 'fox'],
  [tenMegabytes + 1, 'input_too_large'],
])('a file of %i bytes, as Slack tells, is %s', async (size, expected) => {
  const { outcome } = await start({ info: { size }, answer: (_, response) => void response.end('fox') });
  expect(String(await outcome())).toBe(expected);
});

test.each<[string, Setup, string]>([
  ['is gone', { answer: (_, response) => void response.writeHead(404).end() }, 'file_not_visible'],
  ['meets a fault', { answer: (_, response) => void response.writeHead(503).end() }, 'file_not_loaded'],
  ['is limited', { answer: (_, response) => void response.writeHead(429).end() }, 'file_not_loaded'],
  ['never comes', { answer: () => undefined, maxMilliseconds: 100 }, 'file_not_loaded'],
  [
    'stops in the middle',
    { answer: (_, response) => void response.writeHead(200).write('fo'), maxMilliseconds: 200 },
    'file_not_loaded',
  ],
  [
    'breaks off',
    { answer: (request, response) => void response.write('fo', () => request.socket.destroy()) },
    'file_not_loaded',
  ],
  ['has no address', { info: { url_private_download: undefined } }, 'file_not_visible'],
])('a download that %s is told as a problem, and no log line has the token', async (_what, setup, problem) => {
  const { outcome, log } = await start(setup);
  expect(await outcome()).toBe(problem);
  expect(log.lines).toHaveLength(1);
  expect(JSON.stringify(log.lines, Object.getOwnPropertyNames(Error.prototype))).not.toContain('xoxb');
});
