import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPage } from './page/build-page.js';
import { postDrafts } from './page/post-drafts.js';
import { readManifest } from './page/read-manifest.js';
import { startPage } from './page/serve-page.js';
import { superviseApp } from './page/supervise-app.js';
import { startApp } from './start-app.js';
import { startSandbox } from './start-sandbox.js';

/*
 * `npm run sandbox`: the stand-ins, the app connected to them, and a page that shows the workspace in a browser.
 */

const usage = `npm run sandbox -- [--port 4000] [--open]

  --port  the port of the page; defaults to 4000, 0 takes any free one
  --open  opens the page in the browser`;

const manifest = new URL('../manifest.yml', import.meta.url);
const folder = fileURLToPath(new URL('../dist-sandbox/page', import.meta.url));

/** About as slow as a real model. Half the width and height, because hundreds of images stay in memory. */
const bedrock = { latencyMs: 2500, imageScale: 0.5 };

async function open(port: number, opens: boolean): Promise<void> {
  await buildPage(folder);
  const installed = readManifest(await readFile(manifest, 'utf8'));
  const sandbox = await startSandbox({ bedrock, openai: true, workspace: { scopes: installed.scopes } });
  const app = superviseApp({ environment: { ...sandbox.environment, IMAGE_INPUT: 'on' }, startApp });
  postDrafts(sandbox.workspace);
  const stopped = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  try {
    const page = await startPage({ sandbox, app, installed, folder, port });
    await app.start();
    console.log(`Imagine's sandbox is at ${page.url}\nNothing leaves this machine. Press Ctrl+C to stop it.`);
    if (opens) openBrowser(page.url);
    await stopped;
    await page.close();
  } finally {
    await app.stop();
    await sandbox.close();
  }
}

const openers: Readonly<Record<string, string>> = { darwin: 'open', win32: 'explorer' };

function openBrowser(url: string): void {
  spawn(openers[process.platform] ?? 'xdg-open', [url], { stdio: 'ignore', detached: true })
    .on('error', () => console.log('No browser could be opened; open the address yourself.'))
    .unref();
}

function readOptions(): { port: number; opens: boolean } | 'help' {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '4000' }, open: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) throw new Error(`${values.port} is not a port.\n\n${usage}`);
  return { port, opens: values.open ?? false };
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'That port is in use, perhaps by another sandbox. Choose another one: npm run sandbox -- --port 4001';
  }
  return error.message;
}

try {
  const options = readOptions();
  if (options === 'help') console.log(usage);
  else await open(options.port, options.opens);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
