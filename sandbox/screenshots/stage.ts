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

/** What an image shows: all messages, the last alone or with its open menu, the dialog, or the whole page. */
export type View = 'messages' | 'last message' | 'menu' | 'dialog' | 'page';

export type Stage = Awaited<ReturnType<typeof openStage>>;

const manifest = new URL('../../manifest.yml', import.meta.url);

/** The sandbox with its page in a browser, as Ana sees it. */
export async function openStage(executablePath: string, settings: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
  await buildPage(folder);
  const installed = readManifest(await readFile(manifest, 'utf8'));
  const sandbox = await startSandbox({ openai: true, workspace: { scopes: installed.scopes } });
  const { workspace, bedrock } = sandbox;
  const app = superviseApp({ environment: { ...sandbox.environment, ...settings }, startApp });
  const served = await startPage({ sandbox, app, installed, folder });
  await app.start();
  await workspace.waitForApp({ timeoutMs: 30_000 });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(30_000);
  const { ana, ben } = workspace.people;
  const dialog = page.getByRole('dialog');
  const messages = page.locator('.messages .message');
  const last = messages.last();

  async function say(text: string): Promise<void> {
    await page.getByRole('combobox', { name: 'Message' }).fill(text);
    await page.keyboard.press('Enter');
  }
  const openChannel = (): string => new URL(page.url()).hash.split('/')[1] ?? '';
  /** Goes to a conversation in which nothing has been said yet. */
  async function visit(channel: string): Promise<void> {
    await page.goto(`${served.url}#${ana.id}/${channel}`);
    await messages.first().waitFor({ state: 'detached' });
  }
  const press = (name: string) => last.getByRole('button', { name }).click();
  /** Then a menu has room below its button, and hides no image. */
  const moveUp = () => page.evaluate("document.querySelector('.messages > div').style.margin = '0'");
  const isDone = () => last.getByRole('button', { name: 'More options' }).waitFor();

  /** Once the answer is there: until then, the last message is the one before. */
  async function answered(ask: () => Promise<unknown>): Promise<void> {
    const count = await messages.count();
    await ask();
    await messages.nth(count).waitFor();
  }
  async function imagine(prompt: string): Promise<void> {
    await answered(() => say(`/imagine ${prompt}`));
    await isDone();
  }

  return {
    workspace,
    bedrock,
    page,
    messages,
    last,
    dialog,
    /** The first field of a form. */
    prompt: dialog.getByLabel('What should be in the image?'),
    visit,

    /** The same with a new conversation. */
    async enter(name: string, kind: ChannelKind = 'public', hasApp = true) {
      const members = [...workspace.everyone().map(({ id }) => id), ...(hasApp ? [workspace.app.botUserId] : [])];
      const { id } = workspace.addChannel({ name, kind, members });
      await visit(id);
    },

    say,
    press,
    /** The last message has all of its images. */
    isDone,
    imagine,
    /** A colleague asks for images in the same conversation. */
    askAsBen: (text: string) => answered(() => workspace.command({ user: ben.id, channel: openChannel(), text })),
    /** Asks for images, and chooses the second. */
    async pickTwo(prompt: string) {
      await imagine(prompt);
      await press('2: use image 2');
      await page.locator('.messages img[src^="/file?id=F"]').waitFor();
    },
    async openMenu() {
      await moveUp();
      await press('More options');
      await page.getByRole('menuitem', { name: 'Details' }).waitFor();
    },
    async openImageMenu() {
      await moveUp();
      await press('More…');
      await page.getByRole('option', { name: 'Other images' }).waitFor();
    },
    /** Posts as a colleague, and opens the form for the post. */
    async openPostForm(text: string) {
      workspace.post({ channel: openChannel(), user: ben.id, text });
      await last.getByRole('button', { name: 'More actions' }).press('Enter');
      await page.getByRole('menuitem', { name: 'Imagine from this post' }).press('Enter');
    },
    async choose(label: string) {
      await press('More options');
      await page.getByRole('menuitem', { name: label }).click();
    },

    /** Where on the page it is. Undefined for the whole page. */
    async clip(view: View) {
      if (view === 'page') return undefined;
      const parts = {
        messages: [messages.first(), last],
        'last message': [last],
        menu: [last, page.locator('.popup')],
        dialog: [dialog],
      }[view];
      const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).filter((box) => box !== null);
      const x = Math.min(...boxes.map((box) => box.x));
      const y = Math.min(...boxes.map((box) => box.y));
      const right = Math.max(...boxes.map((box) => box.x + box.width));
      const shadow = view === 'menu' ? 12 : 0; // a menu without its own would look cut off
      const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + shadow;
      return { x, y, width: right - x, height: bottom - y };
    },

    /** Nothing is pointed at, no button has the focus unless it is in an open menu, and every image is there. */
    async settle() {
      await page.mouse.move(0, 0);
      await page.evaluate("document.activeElement?.matches('button:not(.popup *)') && document.activeElement.blur()");
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
