import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { findChromium } from './find-chromium.js';
import { buildPage } from './page/build-page.js';
import { postDrafts } from './page/post-drafts.js';
import { readManifest } from './page/read-manifest.js';
import { startPage } from './page/start-page.js';
import { superviseApp } from './page/supervise-app.js';
import { startApp } from './start-app.js';
import { startSandbox } from './start-sandbox.js';

/*
 * `npm run screenshots`: takes the pictures in docs/ from the running sandbox, so that they show what there is.
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
  postDrafts(sandbox.workspace);
  const served = await startPage({ sandbox, app, installed, folder });
  try {
    await app.start();
    await sandbox.workspace.waitForApp({ timeoutMs: 20_000 });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 1.5 });
    await page.goto(served.url);
    await playCommand(page);
    const [shortcut] = installed.shortcuts.filter(({ type }) => type === 'message');
    if (shortcut) await playShortcut(page, shortcut.name);
    else console.log('No picture of the modal: the app has no message shortcut.');
  } finally {
    await served.close();
    await app.stop();
    await sandbox.close();
    await rm(folder, { recursive: true });
  }
}

/** `/imagine`, its four pictures, and the one that is kept. */
async function playCommand(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Message #marketing' }).fill(`/imagine ${prompt}`);
  await page.keyboard.press('Enter');
  await page.getByText(' · batch ').waitFor();
  await page.locator('.carousel img').nth(3).waitFor();
  await take('carousel', page.locator('.message').last());
  await page.getByRole('button', { name: 'Use this one: 1' }).click();
  await page.locator('.message img[src^="/file"]').first().waitFor();
  await take('picked', page.locator('.message').last());
}

/** The shortcut on a draft post, and the form that it opens. */
async function playShortcut(page: Page, name: string): Promise<void> {
  const draft = page.locator('.message').first();
  await draft.hover();
  await draft.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name }).click();
  const modal = page.getByRole('dialog');
  await modal.getByRole('textbox').first().waitFor();
  await take('modal', modal);
}

async function take(name: string, part: Locator): Promise<void> {
  const page = part.page();
  await page.mouse.move(0, 0); // nothing is hovered
  await page.waitForFunction('[...document.images].every((image) => image.complete)');
  await part.screenshot({ path: join(docs, `${name}.jpg`), type: 'jpeg', quality: 82 });
  console.log(`${docs}/${name}.jpg`);
}

const executablePath = findChromium();
if (executablePath) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  await takeAll(browser).finally(() => browser.close());
} else {
  console.error('Chromium is needed to take pictures: set CHROMIUM to its path.');
  process.exitCode = 1;
}
