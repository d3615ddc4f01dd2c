import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { findChromium } from '../../sandbox/find-chromium.js';
import { buildPage } from '../../sandbox/page/build-page.js';
import { postDrafts } from '../../sandbox/page/post-drafts.js';
import type { Installed } from '../../sandbox/page/read-manifest.js';
import { startPage } from '../../sandbox/page/start-page.js';
import { type SuperviseOptions, superviseApp } from '../../sandbox/page/supervise-app.js';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js';

const executablePath = findChromium();

/** Groups tests that need a browser. Where there is none they are skipped, and it is said what to do. */
export function describeInBrowser(title: string, tests: () => void): void {
  if (!executablePath) console.warn(`Skipped, as no Chromium was found: ${title}. Set CHROMIUM to its path.`);
  describe.skipIf(!executablePath)(title, tests);
}

let browser: Browser;
let folder: string;

/** Builds the page and starts the browser once for all tests of the file. */
export function useBrowser(): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
    await buildPage(folder);
    browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
    });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });
}

export interface Visit {
  page: Page;
  sandbox: Sandbox;
  /** Another window on the same workspace. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

export interface VisitOptions {
  installed: Installed;
  startApp: SuperviseOptions['startApp'];
}

/** Opens the workspace with an app in it, as Ana in #marketing; all of it ends with the test. */
export async function visit({ installed, startApp }: VisitOptions): Promise<Visit> {
  const sandbox = await startSandbox({ bedrock: { imageScale: 0.25 } });
  onTestFinished(() => sandbox.close());
  postDrafts(sandbox.workspace);
  const app = superviseApp({ environment: sandbox.environment, startApp });
  await app.start();
  onTestFinished(async () => {
    await app.stop();
    await sandbox.workspace.waitFor(() => sandbox.workspace.connections() === 0); // Bolt does not wait for its socket
  });
  await sandbox.workspace.waitForApp({ timeoutMs: 15_000 });
  const served = await startPage({ sandbox, app, installed, folder });
  onTestFinished(() => served.close());
  const open: Visit['open'] = async (options) => {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(served.url);
    return page;
  };
  return { page: await open(), sandbox, open };
}
