import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { type RunningApp, startApp } from '../../sandbox/start-app.js';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js';
import { isFinished } from './story.js';

const run = promisify(execFile);

async function openFile(path: string, flags: string | number) {
  const file = await open(path, flags);
  onTestFinished(() => file.close().catch(() => undefined));
  return file;
}

async function startWritingTo(stdout: number): Promise<Sandbox & { app: RunningApp }> {
  const sandbox = await startSandbox({ bedrock: { imageScale: 0.1, sameImage: true } });
  onTestFinished(() => sandbox.close());
  const app = await startApp(sandbox.environment, { stdout });
  onTestFinished(async () => void (await app.stop('SIGKILL')));
  await sandbox.workspace.waitForApp({ timeoutMs: 45_000 });
  return { ...sandbox, app };
}

async function drawBatch({ workspace }: Sandbox): Promise<void> {
  const channel = workspace.channels.marketing.id;
  const before = workspace.messages(channel).filter(isFinished).length;
  const command = { user: workspace.people.ana.id, channel, text: `a red fox ${before}` };
  expect(await workspace.command(command)).toMatchObject({ acknowledged: true });
  await workspace.waitFor(() => workspace.messages(channel).filter(isFinished).length > before, { timeoutMs: 15_000 });
}

it('the app draws while the disk under its log is full', async () => {
  const { app, ...sandbox } = await startWritingTo((await openFile('/dev/full', 'w')).fd);
  await drawBatch(sandbox);
  expect(await app.stop()).toBe(0);
  expect(app.output()).not.toContain('ENOSPC');
});

it('a line that cannot be written is dropped, and those after it are written when they can be', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'imagine-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'log');
  await run('mkfifo', [path]);
  const read = () => openFile(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const reader = await read();
  const { app, ...sandbox } = await startWritingTo((await openFile(path, constants.O_WRONLY)).fd);
  await reader.close();
  await drawBatch(sandbox);
  const nextReader = await read();
  expect(await app.stop()).toBe(0);
  const { buffer, bytesRead } = await nextReader.read(Buffer.alloc(65_536));
  const lines = buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(expect.arrayContaining(['stopping', 'stopped']));
});
