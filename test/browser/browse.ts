import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { findChromium } from '../../sandbox/find-chromium.js';
import { buildPage } from '../../sandbox/page/build-page.js';
import { postDrafts } from '../../sandbox/page/post-drafts.js';
import { type Installed, readManifest } from '../../sandbox/page/read-manifest.js';
import { startPage } from '../../sandbox/page/serve-page.js';
import { type SuperviseOptions, superviseApp } from '../../sandbox/page/supervise-app.js';
import { startApp } from '../../sandbox/start-app.js';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js';

const executablePath = findChromium();
let browser: Browser;
let folder: string;

/** Groups tests that share one build of the page and one browser. Without Chromium they are skipped. */
export function describeInBrowser(title: string, tests: () => void): void {
  if (!executablePath) console.warn(`Skipped, as no Chromium was found: ${title}. Set CHROMIUM to its path.`);
  describe.skipIf(!executablePath)(title, () => {
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
      await buildPage(folder);
      browser = await chromium.launch({
        ...(executablePath && { executablePath }),
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
      });
    });
    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    });
    tests();
  });
}

export interface Visit {
  page: Page;
  sandbox: Sandbox;
  /** Opens another window on the same workspace. */
  open(): Promise<Page>;
}

/** Opens the workspace with an app in it, as Ana in #marketing. Everything ends with the test. */
export async function visit(installed: Installed, start: SuperviseOptions['startApp']): Promise<Visit> {
  const sandbox = await startSandbox({ bedrock: { imageScale: 0.25 } });
  onTestFinished(() => sandbox.close());
  postDrafts(sandbox.workspace);
  const app = superviseApp({ environment: sandbox.environment, startApp: start });
  await app.start();
  onTestFinished(async () => {
    await app.stop();
    await sandbox.workspace.waitFor(() => sandbox.workspace.connections() === 0); // Bolt does not wait for its socket
  });
  await sandbox.workspace.waitForApp({ timeoutMs: 30_000 });
  const served = await startPage({ sandbox, app, installed, folder });
  onTestFinished(() => served.close());
  const open: Visit['open'] = async () => {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(20_000); // starting the app takes that long on a busy machine
    await page.goto(served.url);
    return page;
  };
  return { page: await open(), sandbox, open };
}

/** Opens the workspace with Imagine in it, installed by its manifest. */
export async function visitImagine(): Promise<Visit> {
  return visit(readManifest(await readFile('manifest.yml', 'utf8')), startApp);
}

export const composer = (page: Page): Locator => page.getByRole('combobox', { name: 'Message #marketing' });

export const carousel = (page: Page): Locator => page.getByRole('region', { name: 'Carousel of 4 cards' });

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Types the command and waits for the images. */
export async function imagine(page: Page, prompt: string): Promise<void> {
  await say(page, `/imagine ${prompt}`);
  await page.getByText(' · batch ').waitFor();
}
