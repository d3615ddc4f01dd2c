import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findRedisProblem, startRedis } from '../../sandbox/start-redis.js';
import { connectRedis, tryRedis } from '../../src/engine/redis.js';
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
  test('is made anew when its server has become a replica, as its address leads to the new primary', async () => {
    const redis = await connect();
    await redis.replicaof('127.0.0.1', 1);
    const again = once(redis, 'ready');
    await expect(redis.set('key', 'value')).rejects.toThrow('READONLY');
    await again;
  });

  test('that is closed makes the app not ready, however soon the question is given up', async () => {
    const redis = await connect();
    expect(await tryRedis(redis, new AbortController().signal)).toBe(undefined);
    redis.disconnect();
    await once(redis, 'end');
    expect(await tryRedis(redis, AbortSignal.abort())).toBe('redis: the server cannot be reached');
  });
});
