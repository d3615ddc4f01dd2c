import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { isFinished } from './story.js';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('../..', import.meta.url));
const lockSchema = z.object({ packages: z.record(z.string(), z.looseObject({})) });

/** Copies these, and links to these packages. */
async function copyCheckout(paths: readonly string[], packages: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'imagine-checkout-'));
  onTestFinished(async () => {
    await run('chmod', ['-R', 'u+w', folder]);
    await rm(folder, { recursive: true });
  });
  await run('cp', ['-a', '--parents', 'package.json', ...paths, folder], { cwd: checkout });
  for (const path of packages) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await symlink(join(checkout, path), join(folder, path));
  }
  return folder;
}

/** What `npm ci --omit=dev` installs. */
async function productionPackages(): Promise<string[]> {
  const lock = lockSchema.parse(JSON.parse(await readFile(join(checkout, 'package-lock.json'), 'utf8')));
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    const isNested = path.lastIndexOf('node_modules/') > 0;
    return path === '' || isNested || 'dev' in entry || 'devOptional' in entry ? [] : [path];
  });
}

/** Root may write to what is read-only, so what could have been written is looked at as well. */
async function timesOf(folder: string): Promise<string[]> {
  const built = await readdir(join(folder, 'dist'), { recursive: true });
  const paths = ['.', ...(await readdir(folder)), ...built.map((path) => join('dist', path))];
  return Promise.all(paths.map(async (path) => `${path} ${(await stat(join(folder, path))).mtimeMs}`));
}

/** The programs of this checkout's own development dependencies must not be found, but the Node of this run. */
const others = process.env.PATH?.split(':').filter((each) => !each.includes('node_modules')) ?? [];
const path = [dirname(process.execPath), ...others].join(':');

function npmStart(folder: string, environment: Record<string, string> = {}) {
  const npm = spawn('npm', ['start', '--no-update-notifier'], {
    cwd: folder,
    env: { PATH: path, HOME: '/dev/null', ...environment },
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = once(npm, 'close').then(() => npm.exitCode);
  onTestFinished(async () => {
    npm.kill();
    await exited;
  });
  return { npm, exited, output: () => output };
}

it('npm start on a read-only disk runs what was built, without development dependencies', async () => {
  const folder = await copyCheckout(['dist'], await productionPackages());
  await run('chmod', ['-R', 'a-w', folder]);
  const before = await timesOf(folder);
  const { workspace, environment, close } = await startSandbox({ bedrock: { imageScale: 0.1 } });
  onTestFinished(close);
  const { npm, exited, output } = npmStart(folder, environment);
  const ended = exited.then((status) => `ended with ${status}: ${output()}`);
  const connected = workspace.waitForApp({ timeoutMs: 30_000 }).then(() => 'connected');
  expect(await Promise.race([connected, ended])).toBe('connected');
  const channel = workspace.channels.marketing.id;
  await workspace.command({ user: workspace.people.ana.id, channel, text: 'a red fox in the snow' });
  await workspace.waitFor(() => workspace.messages(channel).find(isFinished), { timeoutMs: 15_000 });
  npm.kill(); // a shell between npm and the app would keep the signal
  expect(await exited).toBe(0);
  expect(output()).toContain('"msg":"stopped"');
  expect(await timesOf(folder)).toEqual(before);
}, 120_000);

it('npm start builds if nothing was built, and not again', async () => {
  const folder = await copyCheckout(['src/main.ts', 'tsconfig.json', 'tsconfig.build.json'], ['node_modules']);
  const program = join(folder, 'src', 'main.ts');
  for (const text of ['first', 'second']) {
    await writeFile(program, `console.log('the ${text} program', process.version);\n`);
    const { exited, output } = npmStart(folder);
    expect(await exited).toBe(0);
    expect(output()).toContain(`the first program ${process.version}\n`);
  }
}, 120_000);

it('a start that fails for its settings is also one JSON line at error level, which alarms count', async () => {
  const folder = await copyCheckout(['dist'], await productionPackages());
  const { exited, output } = npmStart(folder, { SLACK_BOT_TOKEN: 'xoxp-not-a-bot' });
  expect(await exited).toBe(1);
  const lines = output().trimEnd().split('\n');
  const [line, ...more] = lines
    .filter((each) => each.startsWith('{'))
    .map((each) => z.unknown().parse(JSON.parse(each)));
  expect(more).toEqual([]);
  expect(line).toMatchObject({
    level: 50,
    msg: 'cannot start',
    error: { name: 'ConfigurationError', message: expect.stringContaining('S3_BUCKET: set the name') },
  });
  expect(lines).toContain('Imagine cannot start:');
  expect(output()).not.toContain('not-a-bot');
}, 60_000);
