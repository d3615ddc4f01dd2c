import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { startOverHttp, startWatched, startWith } from './over-http.js';
import { openConnection, statusOf } from './raw-http.js';
import { isFinished, startProcessStory, textOf } from './story.js';

const targets = ['//', '///', '//%', '/\\', 'http://[', 'http://a:99999999/', '//a:b', '/%ff', '*', '/healthz%00'];

it.each([
  ['Socket Mode', startWatched],
  ['HTTP mode', startOverHttp],
])('in %s no address, method or malformed request ends the app or fills its log', async (_mode, start) => {
  const { story, port, url } = await start();
  for (const target of targets) {
    for (const method of ['GET', 'POST']) {
      const request = `${method} ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`;
      expect([target, await statusOf(port, request)]).toEqual([target, 404]);
    }
  }
  for (const request of ['GET\r\n\r\n', 'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n', '\0\0\0\0\r\n\r\n']) {
    await statusOf(port, request);
  }
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(story.log()).not.toMatch(/unhandled|99999999/);
});

it('HEALTH_HOST is the only address that answers', async () => {
  const { port, url } = await startWatched({ HEALTH_HOST: '127.0.0.1' });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  await expect(openConnection(port, '127.0.0.2')).rejects.toThrow('ECONNREFUSED');
});

it('a signed body that is not an object, or only half of one, does not end the app', async () => {
  const { story, send, url } = await startOverHttp();
  const payloads = ['null', ' null\n', '1', '"text"', '[]', '{}', '{"type":"block_actions"}'];
  const answers = await Promise.all(payloads.map((payload) => send({ payload })));
  const statuses = answers.map(({ status }, index) => [payloads[index], status]);
  expect(statuses).toEqual(payloads.map((payload) => [payload, expect.toBeOneOf([400, 404, 500])]));
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  await story.app.stop();
});

const megabyte = 1024 * 1024;
const form = 'content-type: application/x-www-form-urlencoded\r\n';
const post = (headers: string) => `POST /slack/events HTTP/1.1\r\nhost: a\r\n${form}${headers}\r\n`;
const ofLength = (length: number) => post(`content-length: ${length}\r\n`);

async function residentMegabytes(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`, { headers: { connection: 'close' } })).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(metrics)?.[1]) / megabyte;
}

/** Resolves once the app has taken all of it, or has hung up. */
async function sendAll(socket: Socket, head: string, body: Buffer): Promise<void> {
  socket.write(head);
  const sent = new Promise((resolve) => socket.write(body, resolve));
  await Promise.race([sent, once(socket, 'close')]);
}

it('unsigned requests that never end cost little memory, and commands are answered meanwhile', async () => {
  const { story, url, port } = await startWith(startProcessStory);
  for (const [what, count, head, body] of floods) {
    const before = await residentMegabytes(url);
    const sockets = await Promise.all(Array.from({ length: count }, () => openConnection(port)));
    await Promise.all(sockets.map((socket) => sendAll(socket, head, body)));
    expect((await residentMegabytes(url)) - before, what).toBeLessThan(120);
    await story.imagine(`a red fox before ${what}`);
    await story.see('its images', (seen) => isFinished(seen) && textOf(seen).includes(what));
    for (const socket of sockets) socket.destroy();
  }
  expect(await story.app.stop()).toBe(0);
});

const floods: readonly [what: string, count: number, head: string, body: Buffer][] = [
  ['100 of 3.9 MB', 100, ofLength(4_000_000), Buffer.alloc(3_900_000, 'a')],
  ['200 that are almost as long as a body may be', 200, ofLength(megabyte), Buffer.alloc(megabyte - 100, 'a')],
  [
    '50 in chunks of one byte',
    50,
    post('transfer-encoding: chunked\r\n'),
    Buffer.from('1\r\na\r\n'.repeat(megabyte / 2)),
  ],
];
