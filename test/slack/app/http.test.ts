import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { createHttpServer, type HttpLimits, type HttpServer } from '../../../src/slack/app/http.js';
import { createRecordingLog } from '../../core/recording-log.js';
import { freePort } from '../../stories/free-port.js';
import { openConnection, statusOf } from '../../stories/raw-http.js';

const hour = 3_600_000;
const unlimited: HttpLimits = {
  connections: 100,
  idleMilliseconds: hour,
  headersMilliseconds: hour,
  requestMilliseconds: hour,
};
let server: HttpServer | undefined;
afterEach(() => server?.close());

async function start(limits: Partial<HttpLimits>) {
  const port = await freePort();
  const log = createRecordingLog();
  server = createHttpServer(
    async (request, response) => {
      if (request.url === '/broken') throw new Error('a fault of ours');
      await once(request.resume(), 'end');
      response.end('ok');
    },
    log,
    { ...unlimited, ...limits },
  );
  await server.listen(port);
  return { port, lines: log.lines };
}

it.each<[what: string, limits: Partial<HttpLimits>, words: string]>([
  ['says nothing', { idleMilliseconds: 100 }, ''],
  ['says nothing, by the limit of headers', { headersMilliseconds: 100 }, ''],
  ['never ends its headers', { headersMilliseconds: 100 }, 'GET / HTTP/1.1\r\nhost: a\r\n'],
  [
    'never ends its body',
    { headersMilliseconds: 100, requestMilliseconds: 200 },
    'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nhalf',
  ],
])('a connection is closed that %s', async (_what, limits, words) => {
  const { port } = await start(limits);
  const socket = await openConnection(port);
  socket.resume().write(words);
  await once(socket, 'close');
});

it('a connection above the limit is closed, and the others stay', async () => {
  const { port } = await start({ connections: 2 });
  const [first] = [await openConnection(port), await openConnection(port)];
  await once((await openConnection(port)).resume(), 'close');
  first.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  expect(String(await once(first, 'data'))).toContain('200 OK');
});

it('a fault while answering is a 500 and one line of the log', async () => {
  const { port, lines } = await start({});
  expect(await statusOf(port, 'GET /broken HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')).toBe(500);
  expect(lines.map(({ event }) => event)).toEqual(['http request failed']);
});

it('a port that is taken is an error at once', async () => {
  const { port } = await start({});
  const second = createHttpServer(async () => undefined, createRecordingLog());
  await expect(second.listen(port)).rejects.toThrow('EADDRINUSE');
});
