import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { beforeAll, describe, expect } from 'vitest';
import { findChromium } from '../../sandbox/find-chromium.js';
import { buildPage } from '../../sandbox/page/build-page.js';
import type { Installed } from '../../sandbox/page/read-manifest.js';
import { startPage } from '../../sandbox/page/serve-page.js';
import { type SuperviseOptions, superviseApp } from '../../sandbox/page/supervise-app.js';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js';

const executablePath = findChromium();
let folder: string;
let page: Page;

/** Groups tests that share one build and one page: each new page costs Chromium seconds. Without Chromium they are skipped. */
export function describeInBrowser(title: string, tests: () => void): void {
  if (!executablePath) console.warn(`Skipped, as no Chromium was found: ${title}. Set CHROMIUM to its path.`);
  describe.skipIf(!executablePath)(title, () => {
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
      await buildPage(folder);
      const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
      const browser = await chromium.launch({ ...(executablePath && { executablePath }), args });
      page = await browser.newPage();
      page.setDefaultTimeout(20_000); // starting the app takes that long on a busy machine
      return async () => {
        await browser.close();
        await rm(folder, { recursive: true });
      };
    });
    tests();
  });
}

/** Starts an app for all tests of a group. Each of them visits the workspace as Ana, in a new channel. */
export function installApp(installed: Installed, startApp: SuperviseOptions['startApp']) {
  let sandbox: Sandbox;
  let url: string;
  beforeAll(async () => {
    sandbox = await startSandbox({
      bedrock: { imageScale: 0.1, sameImage: true },
      workspace: { scopes: installed.scopes },
    });
    const { workspace } = sandbox;
    const app = superviseApp({ environment: sandbox.environment, startApp });
    await app.start();
    await workspace.waitForApp({ timeoutMs: 30_000 });
    const served = await startPage({ sandbox, app, installed, folder });
    url = served.url;
    return async () => {
      await served.close();
      await app.stop();
      await workspace.waitFor(() => workspace.connections() === 0); // Bolt does not wait for its socket
      await sandbox.close();
    };
  });
  let visits = 0;
  return async () => {
    const { workspace } = sandbox;
    const { ana } = workspace.people;
    visits += 1;
    const name = `room-${visits}`;
    const members = [...workspace.everyone().map(({ id }) => id), workspace.app.botUserId];
    const { id: channel } = workspace.addChannel({ name, kind: 'public', members });
    if (workspace.openView(ana.id)) await workspace.closeView(ana.id); // the test before this one failed
    await page.goto(`${url}#${ana.id}/${channel}`); // the first loads the page, the others only what is shown in it
    const composer = page.getByRole('combobox', { name: `Message #${name},` });
    const sheet = page.getByRole('img', { name: /^4 images, numbered 1 to 4: / });
    const pickButton = (number: number) => page.getByRole('button', { name: `${number}: use image ${number}` });
    const more = page.getByRole('button', { name: 'More options' });
    const you = page.getByLabel('You are');
    const say = async (text: string) => {
      await composer.fill(text);
      await composer.press('Enter');
    };
    const imagine = async (prompt: string) => {
      await say(`/imagine ${prompt}`);
      await more.waitFor();
    };
    const openTab = async (label: string) => {
      const tab = page.getByRole('tab', { name: label });
      if (!(await tab.isVisible())) await page.getByRole('button', { name: 'Behind the scenes' }).click();
      await tab.click();
    };
    /** Chooses from the menu of a finished batch. */
    const choose = async (label: string) => {
      await more.click();
      await page.getByRole('menuitem', { name: label }).click();
    };
    /** Chooses a shortcut on a post of Ben's with the keyboard, and returns the modal that opens. */
    const openModal = async (text: string, shortcut: string, title = shortcut) => {
      workspace.post({ channel, user: workspace.people.ben.id, text });
      const post = page.getByRole('article', { name: `Ben Okafor: ${text}` });
      await post.getByRole('button', { name: 'More actions' }).press('Enter');
      await page.getByRole('menuitem', { name: shortcut }).press('Enter');
      const modal = page.getByRole('dialog', { name: title });
      await modal.waitFor();
      return modal;
    };
    /** Goes on as Ben, once everything that he sees there is shown: a post that comes last is. */
    const seeAsBen = async () => {
      const { ben } = workspace.people;
      await you.selectOption(ben.id);
      await expect.poll(() => you.inputValue()).toBe(ben.id);
      workspace.post({ channel, user: ben.id, text: 'Good morning' });
      await page.getByRole('article', { name: `${ben.realName}: Good morning` }).waitFor();
    };
    const seen = { page, channel, composer, sheet, more, you };
    return { ...sandbox, ...seen, say, imagine, openTab, pickButton, choose, openModal, seeAsBen };
  };
}
