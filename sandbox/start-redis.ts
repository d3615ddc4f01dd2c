import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RedisOptions {
  /** Defaults to a free one. That of a server that was stopped brings it back, empty. */
  port?: number;
  /** Further arguments, such as `--requirepass secret`. The last of two that contradict each other counts. */
  args?: readonly string[];
}

export interface RunningRedis {
  /** Without a user or a password. */
  url: string;
  port: number;
  process: ChildProcess;
  /** Ends it and removes its folder. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const notInstalled =
  'redis-server is not installed: on Debian and Ubuntu, install it with "apt-get install redis-server".';

/** A sentence if there is no `redis-server` to start. */
export function findRedisProblem(): string | undefined {
  return spawnSync('redis-server', ['--version']).error && notInstalled;
}

const portAttempts = 5;

/** A real Redis on the loopback address that keeps nothing on disk. Resolves once it takes connections. */
export async function startRedis({ port, args = [] }: RedisOptions = {}): Promise<RunningRedis> {
  const problem = findRedisProblem();
  if (problem) throw new Error(problem);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(port ?? anyPort(), args);
    } catch (error) {
      const isPortTaken = error instanceof Error && error.message.includes('Address already in use');
      if (port !== undefined || !isPortTaken || attempt === portAttempts) throw error;
    }
  }
}

/** Below those that systems give to outgoing connections, so that no other program takes it while the server is away. */
const anyPort = (): number => randomInt(16_384, 32_768);

async function startOn(port: number, args: readonly string[]): Promise<RunningRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'imagine-redis-'));
  const listen = ['--bind', '127.0.0.1', '--port', `${port}`];
  const nothingKept = ['--dir', folder, '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', [...listen, ...nothingKept, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(server, 'close').finally(() => rm(folder, { recursive: true, force: true }));
  let output = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('Ready to accept connections')) resolve();
      });
    }
  });
  const failed = ended.then(() => Promise.reject(new Error(`redis-server did not start:\n${output}`)));
  failed.catch(() => undefined); // from here on it ends because it is told to
  await Promise.race([ready, failed]);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    process: server,
    async stop(signal = 'SIGTERM') {
      server.kill(signal);
      await ended;
    },
  };
}
