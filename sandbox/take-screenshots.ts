import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { findChromium } from './find-chromium.js';
import { buildPage } from './page/build-page.js';
import { readManifest } from './page/read-manifest.js';
import { startPage } from './page/serve-page.js';
import { superviseApp } from './page/supervise-app.js';
import { startApp } from './start-app.js';
import { startSandbox } from './start-sandbox.js';

/*
 * `npm run screenshots`: takes the README's image from the running sandbox.
 */

const manifest = new URL('../manifest.yml', import.meta.url);
const docs = 'docs';
const prompt = 'a red fox in the snow, soft morning light';

async function takeAll(browser: Browser): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
  await buildPage(folder);
  await mkdir(docs, { recursive: true });
  const sandbox = await startSandbox();
  const app = superviseApp({ environment: sandbox.environment, startApp });
  const installed = readManifest(await readFile(manifest, 'utf8'));
  const served = await startPage({ sandbox, app, installed, folder });
  try {
    await app.start();
    await sandbox.workspace.waitForApp({ timeoutMs: 20_000 });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 1.5 });
    await page.goto(served.url);
    await takeCarousel(page);
  } finally {
    await served.close();
    await app.stop();
    await sandbox.close();
    await rm(folder, { recursive: true });
  }
}

/** `/imagine` and its four images. */
async function takeCarousel(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Message #marketing' }).fill(`/imagine ${prompt}`);
  await page.keyboard.press('Enter');
  await page.getByText(' · batch ').waitFor();
  await page.locator('.carousel img').nth(3).waitFor();
  await take('carousel', page.locator('.message').last());
}

async function take(name: string, part: Locator): Promise<void> {
  const page = part.page();
  await page.mouse.move(0, 0); // hover over nothing
  await page.waitForFunction('[...document.images].every((image) => image.complete)');
  await part.screenshot({ path: join(docs, `${name}.jpg`), type: 'jpeg', quality: 82 });
  console.log(`${docs}/${name}.jpg`);
}

const executablePath = findChromium();
if (executablePath) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  await takeAll(browser).finally(() => browser.close());
} else {
  console.error('Chromium is needed to take screenshots: set CHROMIUM to its path.');
  process.exitCode = 1;
}
