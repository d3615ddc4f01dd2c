import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startApp } from '../../sandbox/start-app.js';
import { findRedisProblem, startRedis } from '../../sandbox/start-redis.js';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { connectionAdvice } from '../../src/core/check-result.js';
import { ConfigurationError } from '../../src/core/errors.js';
import { checkRedis } from '../../src/engine/redis.js';
import { examine } from './doctor.js';
import { useEnvironment } from './environment.js';
import { freePort } from './free-port.js';
import { fox, runApp, startProcessStory } from './story.js';

const problem = findRedisProblem();

/** What the start of an app says of this. */
async function startWith(REDIS_URL: string): Promise<readonly string[]> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  useEnvironment(sandbox.environment);
  try {
    await runApp({ ...sandbox.environment, REDIS_URL });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

interface Setup {
  what: string;
  args?: string[];
  /** Where the app looks for it. */
  urlOf?(port: number): string;
  fixes: string[];
}

const secret = 'a-secret-of-redis';
const withUser = ['--user', 'imagine', 'on', `>${secret}`, '~*', '&*', '+@all'];
const refused = 'REDIS_URL: the server refuses the user or the password. Correct them.';
const noSuchDatabase =
  'REDIS_URL: the server answered with an error. Is it Redis or Valkey, and is the database number right?';

const setups: Setup[] = [
  { what: 'a good server', fixes: [] },
  {
    what: 'a user, a password and a database',
    args: withUser,
    urlOf: (port) => `redis://imagine:${secret}@127.0.0.1:${port}/3`,
    fixes: [],
  },
  {
    what: 'the password of the default user',
    args: ['--requirepass', secret],
    urlOf: (port) => `redis://:${secret}@127.0.0.1:${port}`,
    fixes: [],
  },
  {
    what: 'another maxmemory-policy',
    args: ['--maxmemory-policy', 'allkeys-lru'],
    fixes: [
      'REDIS_URL: the server may drop waiting images (maxmemory-policy allkeys-lru). Set maxmemory-policy to noeviction.',
    ],
  },
  {
    what: 'cluster mode',
    args: ['--cluster-enabled', 'yes'],
    fixes: ['REDIS_URL: the server runs in cluster mode. Use one without it.'],
  },
  {
    what: 'a replica',
    args: ['--replicaof', '127.0.0.1', '1'],
    fixes: ['REDIS_URL: the server is a read-only replica. Use the address of the primary.'],
  },
  {
    what: 'a wrong password',
    args: withUser,
    urlOf: (port) => `redis://imagine:not-${secret}@127.0.0.1:${port}`,
    fixes: [refused],
  },
  { what: 'no password', args: ['--requirepass', secret], fixes: [refused] },
  {
    what: 'a user that does not exist',
    urlOf: (port) => `redis://imagine:${secret}@127.0.0.1:${port}`,
    fixes: [refused],
  },
  {
    what: 'a user that may not run INFO',
    args: [...withUser, '-info'],
    urlOf: (port) => `redis://imagine:${secret}@127.0.0.1:${port}`,
    fixes: ['REDIS_URL: the user may not run INFO. Allow it, with all commands on its keys.'],
  },
  {
    what: 'a database that does not exist',
    urlOf: (port) => `redis://127.0.0.1:${port}/99`,
    fixes: [noSuchDatabase],
  },
];

const doctor = new URL('../../dist/doctor.js', import.meta.url);
const problemOfTls = problem ?? (spawnSync('openssl', ['version']).error && 'openssl is not installed.');

/** A server that takes TLS only, with a certificate that no authority has signed. */
async function startTlsRedis(args: readonly string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'imagine-tls-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const request = ['req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  await promisify(execFile)('openssl', [...request, ...names, '-keyout', keyFile, '-out', certificateFile]);
  const files = ['--tls-cert-file', certificateFile, '--tls-key-file', keyFile, '--tls-ca-cert-file', certificateFile];
  const port = await freePort();
  const redis = await startRedis({
    args: ['--port', '0', '--tls-port', `${port}`, '--tls-auth-clients', 'no', ...files, ...args],
  });
  onTestFinished(() => redis.stop());
  return { address: `127.0.0.1:${port}`, certificateFile };
}

describe.skipIf(problem)(`the check of a Redis server${problem ? `, skipped: ${problem}` : ''}`, () => {
  it.each(setups)('says what to do about $what', async ({ args = [], urlOf, fixes }) => {
    const redis = await startRedis({ args });
    onTestFinished(() => redis.stop());
    const results = await checkRedis(urlOf?.(redis.port) ?? redis.url);
    expect(results.flatMap(({ kind, text }) => (kind === 'fix' ? text : []))).toEqual(fixes);
    expect(JSON.stringify(results)).not.toContain(secret);
  });

  it.each(setups.slice(2, 4))('is made at each start and by the doctor: $what', async ({ args = [], urlOf, fixes }) => {
    const redis = await startRedis({ args });
    onTestFinished(() => redis.stop());
    const url = urlOf?.(redis.port) ?? redis.url;
    const examined = await examine({ settings: { REDIS_URL: url } });
    expect([examined.fixes, examined.status]).toEqual([fixes, fixes.length]);
    expect(examined.output).not.toContain(secret);
    expect(await startWith(url)).toEqual(fixes);
  });
});

it('a start where no Redis is ends with status 1, one plain sentence and no secret', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const REDIS_URL = `redis://imagine:${secret}@127.0.0.1:${await freePort()}`;
  const app = await startApp({ ...sandbox.environment, REDIS_URL });
  expect(await app.exited).toBe(1);
  const lines = app.output().split('\n');
  expect(lines.filter((line) => !line.startsWith('{'))).toEqual([
    'Imagine cannot start:',
    `  REDIS_URL: no connection (ECONNREFUSED). ${connectionAdvice}`,
    '',
  ]);
  expect(app.output()).not.toContain(secret);
});

describe.skipIf(problemOfTls)(`TLS${problemOfTls ? `, skipped: ${problemOfTls}` : ''}`, () => {
  it('carries what the app asks of Redis, with a user, a password and a database, once Node trusts the certificate', async () => {
    const { address, certificateFile } = await startTlsRedis(withUser);
    const settings = {
      REDIS_URL: `rediss://imagine:${secret}@${address}/3`,
      NODE_EXTRA_CA_CERTS: certificateFile,
    };
    const story = await startProcessStory({ settings });
    await story.imagine(fox);
    await story.seeImages();
    const examined = await startApp({ ...story.environment, ...settings }, { program: doctor });
    expect(await examined.exited).toBe(0);
    expect(examined.output()).toMatch(/^ok {4}redis: Redis [\d.]+ answers, and keeps what waits \(noeviction\)$/m);
    const { NODE_EXTRA_CA_CERTS: _, ...trustless } = settings;
    const refused = await startApp({ ...story.environment, ...trustless }, { program: doctor });
    expect(await refused.exited).toBe(1);
    expect(refused.output()).toContain(
      `fix   REDIS_URL: no connection (DEPTH_ZERO_SELF_SIGNED_CERT). ${connectionAdvice}\n`,
    );
    expect(await story.app.stop()).toBe(0);
    for (const { output } of [story.app, examined, refused]) expect(output()).not.toContain(secret);
  });

  it('is needed if the server takes nothing else, and a start without it says that there is no connection', async () => {
    const { address } = await startTlsRedis();
    expect(await startWith(`redis://${address}`)).toEqual([
      expect.stringMatching(/^REDIS_URL: no connection \((?:ECONNRESET|no answer)\)\. /),
    ]);
  });
});
