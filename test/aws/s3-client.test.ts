import { EventEmitter, once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { listen } from '../../sandbox/http.js';
import { createS3Client } from '../../src/aws/s3-client.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Answers only when it is told to, and no more than that. */
async function startHoldingServer() {
  const held: ServerResponse[] = [];
  const arrived = new EventEmitter();
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      held.push(response);
      arrived.emit('request');
    });
  });
  const { port, close } = await listen(server);
  onTestFinished(close);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async holding(count: number) {
      while (held.length < count) await once(arrived, 'request');
    },
    answerAll() {
      for (const response of held.splice(0)) response.writeHead(200, { etag: '"1"' }).end();
    },
  };
}

async function startClient() {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  const { endpoint, ...server } = await startHoldingServer();
  const client = createS3Client({ region: 'us-east-1', endpoint, forcePathStyle: true });
  onTestFinished(() => client.destroy());
  const put = (Key: number) => client.send(new PutObjectCommand({ Bucket: 'images', Key: String(Key), Body: 'x' }));
  return { ...server, put };
}

test('a request that waits for a free socket has all of its time once it is sent', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { put, holding, answerAll } = await startClient();
  const all = Promise.all(Array.from({ length: 60 }, (_, key) => put(key)));
  all.catch(() => undefined); // told below
  await holding(50);
  await vi.advanceTimersByTimeAsync(19_000);
  answerAll();
  await Promise.race([all, holding(10)]);
  await vi.advanceTimersByTimeAsync(19_000);
  answerAll();
  await expect(all).resolves.toHaveLength(60);
});

test('a request that is sent and not answered ends after 20 seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { put, holding } = await startClient();
  const ended = expect(put(1)).rejects.toMatchObject({ name: 'TimeoutError' });
  await holding(1);
  await vi.advanceTimersByTimeAsync(20_000);
  await ended;
});
