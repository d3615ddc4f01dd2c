import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { type Story, startProcessStory } from './story.js';

const run = promisify(execFile);

async function openFile(path: string, flags: string | number) {
  const file = await open(path, flags);
  onTestFinished(() => file.close().catch(() => undefined));
  return file;
}

async function drawBatch(story: Story): Promise<void> {
  await story.workspace.waitForApp({ timeoutMs: 30_000 });
  await story.imagine('a red fox');
  await story.seeImages();
}

it('the app draws while the disk under its log is full', async () => {
  const { fd: stdout } = await openFile('/dev/full', 'w');
  const story = await startProcessStory({}, { stdout });
  await drawBatch(story);
  expect(await story.app.stop()).toBe(0);
  expect(story.app.output()).not.toContain('ENOSPC');
});

it('a line that cannot be written is dropped, and those after it are written when they can be', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'imagine-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'log');
  await run('mkfifo', [path]);
  const read = () => openFile(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const reader = await read();
  const { fd: stdout } = await openFile(path, constants.O_WRONLY);
  const story = await startProcessStory({}, { stdout });
  await story.workspace.waitForApp({ timeoutMs: 30_000 });
  await reader.close();
  await drawBatch(story);
  const nextReader = await read();
  expect(await story.app.stop()).toBe(0);
  const { buffer, bytesRead } = await nextReader.read(Buffer.alloc(65_536));
  const lines = buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(expect.arrayContaining(['stopping', 'stopped']));
});
