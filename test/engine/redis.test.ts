import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findRedisProblem, startRedis } from '../../sandbox/start-redis.js';
import { connectRedis, judgeServer, tryRedis } from '../../src/engine/redis.js';
import { createRecordingLog } from '../core/recording-log.js';

const problem = findRedisProblem();

async function connect() {
  const server = await startRedis();
  onTestFinished(() => server.stop());
  const redis = await connectRedis(server.url, createRecordingLog());
  onTestFinished(() => redis.disconnect());
  return redis;
}

describe.skipIf(problem)(`a connection to Redis${problem ? `, skipped: ${problem}` : ''}`, () => {
  test('is made anew when its server has become a replica, and asks again, as its address leads to the new primary', async () => {
    const redis = await connect();
    await redis.replicaof('127.0.0.1', 1);
    const written = redis.set('key', 'value');
    await once(redis, 'ready');
    await redis.replicaof('NO', 'ONE');
    expect(await written).toBe('OK');
  });

  test('that is closed makes the app not ready, however soon the question is given up', async () => {
    const redis = await connect();
    expect(await tryRedis(redis, new AbortController().signal)).toBe(undefined);
    redis.disconnect();
    await once(redis, 'end');
    expect(await tryRedis(redis, AbortSignal.abort())).toBe('redis: the server cannot be reached');
  });
});

const tooOld = (version: string) => [
  `REDIS_URL: the server is Redis ${version}. Use Redis 6.2 or newer, or any Valkey.`,
];

test.each([
  ['Redis 5', 'redis_version:5.0.14', tooOld('5.0.14')],
  ['Redis 6.0', 'redis_version:6.0.16', tooOld('6.0.16')],
  ['Redis 6.2', 'redis_version:6.2.0', ['redis: Redis 6.2.0 answers, and keeps what waits (noeviction)']],
  ['Redis 8', 'redis_version:8.0.1', ['redis: Redis 8.0.1 answers, and keeps what waits (noeviction)']],
  [
    'Valkey',
    'server_name:valkey\r\nredis_version:7.2.4\r\nvalkey_version:8.1.0',
    ['redis: Valkey 8.1.0 answers, and keeps what waits (noeviction)'],
  ],
])('a server is judged by its version: %s', (_name, version, texts) => {
  const info = `# Server\r\n${version}\r\nrole:master\r\nmaxmemory_policy:noeviction\r\ncluster_enabled:0\r\n`;
  expect(judgeServer(info).map(({ text }) => text)).toEqual(texts);
});
