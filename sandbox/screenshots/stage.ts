import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { buildPage } from '../page/build-page.js';
import { readManifest } from '../page/read-manifest.js';
import { startPage } from '../page/serve-page.js';
import { superviseApp } from '../page/supervise-app.js';
import { startApp } from '../start-app.js';
import { startSandbox } from '../start-sandbox.js';
import type { ChannelKind } from '../workspace/model.js';

export type Stage = Awaited<ReturnType<typeof openStage>>;

const manifest = new URL('../../manifest.yml', import.meta.url);

/** The sandbox with its page in a browser, as Ana sees it. */
export async function openStage(executablePath: string, settings: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
  await buildPage(folder);
  const sandbox = await startSandbox({ openai: true });
  const { workspace, bedrock } = sandbox;
  const app = superviseApp({ environment: { ...sandbox.environment, ...settings }, startApp });
  const installed = readManifest(await readFile(manifest, 'utf8'));
  const served = await startPage({ sandbox, app, installed, folder });
  await app.start();
  await workspace.waitForApp({ timeoutMs: 30_000 });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(30_000);
  const { ana } = workspace.people;
  const messages = page.locator('.messages .message');
  const last = messages.last();

  async function say(text: string): Promise<void> {
    await page.getByRole('combobox', { name: 'Message' }).fill(text);
    await page.keyboard.press('Enter');
  }
  const press = (name: string) => last.getByRole('button', { name }).click();
  const isDone = () => last.getByRole('button', { name: 'More options' }).waitFor();

  return {
    workspace,
    bedrock,
    page,
    last,
    dialog: page.getByRole('dialog'),

    /** A conversation in which nothing has been said yet. */
    async enter(name: string, kind: ChannelKind = 'public', hasApp = true) {
      const members = [...workspace.everyone().map(({ id }) => id), ...(hasApp ? [workspace.app.botUserId] : [])];
      const { id } = workspace.addChannel({ name, kind, members });
      await page.goto(`${served.url}#${ana.id}/${id}`);
      return id;
    },

    say,
    press,
    /** The last message has all of its images. */
    isDone,
    async imagine(prompt: string) {
      await say(`/imagine ${prompt}`);
      await isDone();
    },
    /** Asks for images, and chooses the second. */
    async pickTwo(prompt: string) {
      await say(`/imagine ${prompt}`);
      await isDone();
      await press('2: use image 2');
      await page.locator('.messages img[src^="/file?id=F"]').waitFor();
    },
    openImageMenu: () => press('More…'),
    /** Posts as a colleague, and opens the form for the post. */
    async openPostForm(text: string) {
      const [, id = ''] = new URL(page.url()).hash.split('/');
      workspace.post({ channel: id, user: workspace.people.ben.id, text });
      await last.getByRole('button', { name: 'More actions' }).press('Enter');
      await page.getByRole('menuitem', { name: 'Imagine from this post' }).press('Enter');
    },
    async choose(label: string) {
      await press('More options');
      await page.getByRole('menuitem', { name: label }).click();
    },

    /** Where the messages or the dialog are; undefined for the whole page. */
    async clip(what: 'messages' | 'dialog' | 'page') {
      if (what === 'page') return undefined;
      const from = await (what === 'dialog' ? page.getByRole('dialog') : messages.first()).boundingBox();
      const to = what === 'dialog' ? from : await last.boundingBox();
      return from && to ? { ...from, height: to.y + to.height - from.y } : undefined;
    },

    /** Nothing is pointed at, and every image is there. */
    async settle() {
      await page.mouse.move(0, 0);
      await page.waitForFunction('[...document.images].every((image) => image.complete)');
    },

    async close() {
      await browser.close();
      await served.close();
      await app.stop();
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}
