import { once } from 'node:events';
import { Redis, ReplyError } from 'ioredis';
import { type CheckResult, fix, networkCodeOf, noConnection, ok } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import type { Log } from '../core/log.js';

/** What BullMQ recommends at least. Every Valkey is newer. */
const minVersion = { major: 6, minor: 2 };
const connectMilliseconds = 10_000;
/** A server that says nothing for so long is away. BullMQ's longest commands block for ten seconds. */
const silenceMilliseconds = 30_000;

/**
 * Connected. Commands wait while the server is away, as workers want it: https://docs.bullmq.io/guide/connections
 * @throws ConfigurationError for what the operator has to change
 */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  const problems = (await checkRedis(url)).flatMap(({ kind, text }) => (kind === 'fix' ? text : []));
  if (problems.length > 0) throw new ConfigurationError(problems);
  let isAway = false;
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    connectTimeout: connectMilliseconds,
    socketTimeout: silenceMilliseconds,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
    // After a failover, the address leads to the new primary. 2: the command is sent again, there.
    reconnectOnError: ({ message }) => (message.includes('READONLY') ? 2 : false),
  });
  redis.on('error', (error) => {
    if (!isAway) log.error('redis does not answer; images wait', { error });
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) log.info('redis answers again');
    isAway = false;
  });
  await new Promise((resolve) => redis.once('ready', resolve)); // an error meanwhile is not the end
  return redis;
}

/** For `/readyz`: a sentence if the server does not answer. */
export async function tryRedis(redis: Redis, signal: AbortSignal): Promise<string | undefined> {
  if (redis.status !== 'ready') return 'redis: the server cannot be reached';
  const tooLate = once(signal, 'abort').then(() => 'redis: the server does not answer');
  return Promise.race([redis.ping().then(() => undefined), tooLate]);
}

/** Whether queues are safe on this server. By INFO alone, since managed servers refuse CONFIG. */
export async function checkRedis(url: string): Promise<CheckResult[]> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectMilliseconds,
    commandTimeout: connectMilliseconds,
    retryStrategy: () => null,
    enableReadyCheck: false, // it would print that INFO failed
  });
  let failure: unknown;
  redis.on('error', (error) => {
    failure = error; // says more than the rejection, that the connection is closed
  });
  try {
    await redis.connect();
    const info = await redis.info();
    if (failure) throw failure; // of the database number, which connect() does not reject for
    return judgeServer(info);
  } catch (error) {
    return [fix(explain(failure ?? error))];
  } finally {
    redis.disconnect();
  }
}

/** @param info the server's answer to INFO: https://redis.io/docs/latest/commands/info/ */
export function judgeServer(info: string): CheckResult[] {
  const of = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const version = of('redis_version');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isTooOld = major < minVersion.major || (major === minVersion.major && minor < minVersion.minor);
  const policy = of('maxmemory_policy');
  const problems = [
    isTooOld && `REDIS_URL: the server is Redis ${version}. Use Redis 6.2 or newer, or any Valkey.`,
    policy !== 'noeviction' &&
      `REDIS_URL: the server may drop waiting images (maxmemory-policy ${policy}). Set maxmemory-policy to noeviction.`,
    of('role') === 'slave' && 'REDIS_URL: the server is a read-only replica. Use the address of the primary.',
    of('cluster_enabled') === '1' && 'REDIS_URL: the server runs in cluster mode. Use one without it.',
  ].flatMap((problem) => (problem ? fix(problem) : []));
  const name = of('valkey_version') ? `Valkey ${of('valkey_version')}` : `Redis ${version}`;
  return problems.length > 0 ? problems : [ok(`redis: ${name} answers, and keeps what waits (noeviction)`)];
}

function explain(error: unknown): string {
  const code = networkCodeOf(error);
  if (code) return noConnection('REDIS_URL', code);
  const text = error instanceof Error ? error.message : '';
  if (/^(WRONGPASS|NOAUTH|ERR AUTH|ERR invalid password)/.test(text)) {
    return 'REDIS_URL: the server refuses the user or the password. Correct them.';
  }
  if (text.startsWith('NOPERM'))
    return 'REDIS_URL: the user may not run INFO. Allow it, with all commands on its keys.';
  return error instanceof ReplyError
    ? 'REDIS_URL: the server answered with an error. Is it Redis or Valkey, and is the database number right?'
    : noConnection('REDIS_URL', 'no answer');
}
