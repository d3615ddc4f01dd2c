import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { findRedisProblem, type RedisOptions, type RunningRedis, startRedis } from '../../sandbox/start-redis.js';

const problem = findRedisProblem();
const started: RunningRedis[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((redis) => redis.stop()));
});

async function start(options?: RedisOptions): Promise<RunningRedis> {
  const redis = await startRedis(options);
  started.push(redis);
  return redis;
}

async function ask<Answer>({ url }: RunningRedis, question: (redis: Redis) => Promise<Answer>, password?: string) {
  const redis = new Redis(url, { lazyConnect: true, ...(password && { password }), retryStrategy: () => null });
  redis.on('error', () => undefined); // the rejection says it
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

describe.skipIf(problem)(`a Redis that is started${problem ? ` (skipped: ${problem})` : ''}`, () => {
  it('answers, comes back empty on the same port, and is gone once it is stopped', async () => {
    const first = await start();
    expect(await ask(first, (redis) => redis.set('color', 'red'))).toBe('OK');
    await first.stop('SIGKILL');
    const second = await start({ port: first.port });
    expect(second.url).toBe(first.url);
    expect(await ask(second, (redis) => redis.get('color'))).toBeNull();
    await second.stop();
    await expect(ask(second, (redis) => redis.ping())).rejects.toThrow();
  });

  it('takes further arguments', async () => {
    const redis = await start({ args: ['--requirepass', 'secret', '--maxmemory-policy', 'allkeys-lru'] });
    await expect(ask(redis, (client) => client.ping())).rejects.toThrow();
    const policy = await ask(redis, (client) => client.config('GET', 'maxmemory-policy'), 'secret');
    expect(policy).toEqual(['maxmemory-policy', 'allkeys-lru']);
  });

  it('says what is wrong if it does not start', async () => {
    const { port } = await start();
    await expect(startRedis({ port })).rejects.toThrow('Address already in use');
  });
});

it('a Redis that is not installed is named, with the way to install it', async () => {
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  try {
    await expect(startRedis()).rejects.toThrow('redis-server is not installed');
  } finally {
    process.env.PATH = PATH;
  }
});
