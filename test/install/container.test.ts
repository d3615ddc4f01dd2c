import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { execForm, lastValue, readDockerfile, type Stage } from '../deploy/dockerfile.js';
import { freePort } from '../stories/free-port.js';
import { isFinished } from '../stories/story.js';

/*
 * Runs the steps of the Dockerfile without a container engine: each stage is a folder. `npm run test:install`; it installs the
 * production dependencies from the registry, which takes too long for the gate.
 */

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('../..', import.meta.url));
const stages = readDockerfile(join(checkout, 'Dockerfile'));
/** As in a container: none of this checkout's programs, and nothing of this process's settings. */
const others = process.env.PATH?.split(':').filter((each) => !each.includes('node_modules')) ?? [];
const PATH = [dirname(process.execPath), ...others].join(':');
/** Of this machine, in Docker's words. */
const architecture = process.arch === 'x64' ? 'amd64' : process.arch;

let top: string;
let image: string;

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'imagine-image-'));
  await chmod(top, 0o755);
  for (const [number, stage] of stages.entries()) {
    image = join(top, stage.name || String(number));
    await mkdir(image);
    await buildStage(stage, image);
  }
  await run('chmod', ['-R', 'a-w', image]);
}, 300_000);

afterAll(async () => {
  await run('chmod', ['-R', 'u+w', top]);
  await rm(top, { recursive: true });
});

async function buildStage(
  { name: stage, instructions }: Stage,
  folder: string,
  TARGETARCH: string = architecture,
): Promise<void> {
  for (const { name, value } of instructions) {
    if (name === 'COPY') await copy(value.split(' '), folder);
    if (name !== 'RUN') continue;
    // The checkout has the development dependencies; the shell of this machine does the rest.
    const isDevelopment = stage === 'build' && value.startsWith('npm ci ');
    if (isDevelopment) await symlink(join(checkout, 'node_modules'), join(folder, 'node_modules'));
    else await run('sh', ['-c', value], { cwd: folder, env: { PATH, HOME: folder, TARGETARCH } });
  }
}

async function copy(words: string[], folder: string): Promise<void> {
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
  const target = join(folder, words.pop() ?? '.');
  for (const path of words) {
    const source = from ? join(top, path.replace(/^\/app/, from)) : join(checkout, path);
    const isFolder = (await stat(source)).isDirectory();
    await cp(source, isFolder ? target : join(target, basename(source)), { recursive: true, verbatimSymlinks: true });
  }
}

/** The user of the image may not write; root could, so a root that runs this becomes someone else. */
const user = process.getuid?.() === 0 && process.execPath.startsWith('/usr/') ? { uid: 65_534, gid: 65_534 } : {};

function start(words: string[], environment: Record<string, string>) {
  const [command = '', ...rest] = words;
  const child = spawn(command === 'node' ? process.execPath : command, rest, {
    cwd: image,
    env: { PATH, NODE_ENV: 'production', ...environment },
    ...user,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = once(child, 'close').then(() => child.exitCode);
  return { child, exited, output: () => output };
}

test('the image has what runs, and nothing to build or test it with', async () => {
  expect((await readdir(image)).sort()).toEqual(['dist', 'health-check.mjs', 'node_modules', 'package.json']);
  const packages = await readdir(join(image, 'node_modules'));
  expect(packages).toContain('sharp');
  for (const name of ['typescript', 'vitest', 'react', 'playwright-core']) expect(packages).not.toContain(name);
  expect(await readdir(join(image, 'dist'))).toContain('doctor.js');
});

test('an image gets the native packages of its own platform only, on whatever machine it is built', async () => {
  const other = architecture === 'amd64' ? 'arm64' : 'amd64';
  const folder = join(top, other);
  await mkdir(folder);
  for (const stage of stages.filter(({ name }) => name === 'packages')) await buildStage(stage, folder, other);
  for (const [platform, path] of Object.entries({ [architecture]: image, [other]: folder })) {
    const installed = await readdir(join(path, 'node_modules'), { recursive: true });
    const native = installed
      .map((each) => basename(each))
      .filter((name) => /-(linux|linuxmusl|darwin|win32)-\w+$/.test(name));
    const cpu = platform === 'amd64' ? 'x64' : platform;
    expect(new Set(native)).toEqual(
      new Set([`msgpackr-extract-linux-${cpu}`, `sharp-libvips-linux-${cpu}`, `sharp-linux-${cpu}`]),
    );
  }
}, 120_000);

test('it draws with a read-only disk, answers its health check, and stops at SIGTERM with status 0', async () => {
  const { workspace, environment, close } = await startSandbox({ bedrock: { imageScale: 0.1 } });
  try {
    const settings = { ...environment, HEALTH_PORT: String(await freePort()), HEALTH_HOST: '127.0.0.1' };
    const check = () => start(execForm(lastValue(stages, 'HEALTHCHECK')), settings).exited;
    expect(await check()).toBe(1); // nothing answers yet
    const { child, exited, output } = start(execForm(lastValue(stages, 'CMD')), settings);
    const ended = exited.then((status) => `ended with ${status}: ${output()}`);
    const connected = workspace.waitForApp({ timeoutMs: 60_000 }).then(() => 'connected');
    expect(await Promise.race([connected, ended])).toBe('connected');
    expect(await check()).toBe(0);
    const channel = workspace.channels.marketing.id;
    await workspace.command({ user: workspace.people.ana.id, channel, text: 'a red fox in the snow' });
    await workspace.waitFor(() => workspace.messages(channel).find(isFinished), { timeoutMs: 30_000 });
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(output()).toContain('"msg":"stopped"');
  } finally {
    await close();
  }
}, 180_000);

test('without settings it says what is missing, and stops', async () => {
  const { exited, output } = start(execForm(lastValue(stages, 'CMD')), {});
  expect(await exited).toBe(1);
  expect(output()).toMatch(/^Imagine cannot start:\n {2}SLACK_BOT_TOKEN: /m);
});
