import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './find-chromium.js';
import { buildPage } from './page/build-page.js';
import { readManifest } from './page/read-manifest.js';
import { startPage } from './page/serve-page.js';
import { superviseApp } from './page/supervise-app.js';
import { startApp } from './start-app.js';
import { startSandbox } from './start-sandbox.js';

/*
 * `npm run screenshots`: takes the README's image, `/imagine` and its contact sheet, from the running sandbox.
 */

const path = 'docs/sheet.jpg';
const command = '/imagine a red fox in the snow, soft morning light';

async function takeSheet(executablePath: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
  await buildPage(folder);
  const sandbox = await startSandbox();
  const app = superviseApp({ environment: sandbox.environment, startApp });
  const installed = readManifest(await readFile(new URL('../manifest.yml', import.meta.url), 'utf8'));
  const served = await startPage({ sandbox, app, installed, folder });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  try {
    await app.start();
    await sandbox.workspace.waitForApp({ timeoutMs: 20_000 });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 1.5 });
    await page.goto(served.url);
    await page.getByRole('combobox', { name: 'Message #marketing' }).fill(command);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'More options' }).waitFor();
    await page.mouse.move(0, 0); // hover over nothing
    await page.locator('.message img').last().evaluate('(image) => image.decode()');
    await page.locator('.message').last().screenshot({ path, type: 'jpeg', quality: 82 });
    console.log(path);
  } finally {
    await browser.close();
    await served.close();
    await app.stop();
    await sandbox.close();
    await rm(folder, { recursive: true });
  }
}

const executablePath = findChromium();
if (executablePath) {
  await takeSheet(executablePath);
} else {
  console.error('Chromium is needed to take screenshots: set CHROMIUM to its path.');
  process.exitCode = 1;
}
