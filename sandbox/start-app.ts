import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface AppOptions {
  /** Defaults to the app as it is built. */
  program?: URL;
  /** A module that is loaded before the app; `process` then has a channel to it. */
  preload?: URL;
  /** An open file that takes its standard output; `output()` then has its standard error only. */
  stdout?: number;
}

export interface RunningApp {
  process: ChildProcess;
  /** What it has written to its log so far, errors included. */
  output(): string;
  /** Resolves to its exit status, null if a signal ended it. */
  exited: Promise<number | null>;
  /** Ends it as an operator would; resolves to its exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * The app as operators run it: a process of its own, told everything by its environment. It works in an empty folder, so
 * that a `.env` of real settings cannot mix with these.
 */
export async function startApp(
  environment: Record<string, string>,
  { program = new URL('../dist/main.js', import.meta.url), preload, stdout }: AppOptions = {},
): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'imagine-app-'));
  const app = spawn(process.execPath, [...(preload ? ['--import', preload.href] : []), fileURLToPath(program)], {
    cwd: folder,
    env: { PATH: process.env.PATH, MALLOC_ARENA_MAX: '2', ...environment }, // as `npm start` does
    stdio: ['ignore', stdout ?? 'pipe', 'pipe', preload ? 'ipc' : 'ignore'],
  });
  const exited = once(app, 'close').then(async () => {
    await rm(folder, { recursive: true, force: true });
    return app.exitCode;
  });
  let output = '';
  for (const stream of [app.stdout, app.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return {
    process: app,
    output: () => output,
    exited,
    stop(signal = 'SIGTERM') {
      app.kill(signal);
      return exited;
    },
  };
}
