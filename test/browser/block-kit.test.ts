import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser, useBrowser, visit } from './browse.js';
import { createSmallApp, smallAppInstalled } from './small-app.js';

async function openSmall() {
  const { heard, startApp } = createSmallApp();
  return { heard, ...(await visit({ installed: smallAppInstalled, startApp })) };
}

const composer = (page: Page) => page.getByRole('combobox', { name: 'Message #marketing' });

async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Opens the menu of Ben's draft and chooses its first entry, with the keyboard. */
async function askAboutDraft(page: Page): Promise<void> {
  const draft = page.getByRole('article', { name: 'Ben Okafor: Draft for Thursday' });
  await draft.getByRole('button', { name: 'More actions' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Ask about this post' }).press('Enter');
}

describeInBrowser('Block Kit in the browser', () => {
  useBrowser();

  test('a shortcut opens a modal, whose fields say what is wrong with them until it can be sent', async () => {
    const { page, heard } = await openSmall();
    await askAboutDraft(page);
    const modal = page.getByRole('dialog', { name: 'Ask about this post' });
    const prompt = modal.getByLabel('Prompt');
    const send = modal.getByRole('button', { name: 'Send' });
    await prompt.waitFor();
    expect(await prompt.evaluate((field) => field.matches(':focus'))).toBe(true);
    await send.click();
    await modal.getByRole('alert').getByText('Please complete this required field.').waitFor();
    await prompt.fill('short');
    await send.click();
    await modal.getByRole('alert').getByText('Say a little more.').waitFor();
    expect(await prompt.inputValue()).toBe('short');
    expect(await prompt.getAttribute('aria-invalid')).toBe('true');
    await prompt.fill('a fox in the snow');
    await modal.getByLabel('Style').selectOption('drawing');
    await send.click();
    await modal.waitFor({ state: 'detached' });
    expect(heard.submitted).toMatchObject([
      {
        prompt: { value: { value: 'a fox in the snow' } },
        style: { value: { selected_option: { value: 'drawing' } } },
      },
    ]);
  });

  test('Escape closes a modal and gives the focus back', async () => {
    const { page, sandbox } = await openSmall();
    await askAboutDraft(page);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(sandbox.workspace.openView(sandbox.workspace.people.ana.id)).toBeUndefined();
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('More actions');
  });

  test('a dangerous button acts only once it is confirmed', async () => {
    const { page, heard } = await openSmall();
    await say(page, '/small');
    await page.getByRole('button', { name: 'Delete' }).click();
    const question = page.getByRole('dialog', { name: 'Delete everything?' });
    await question.getByRole('button', { name: 'Keep' }).click();
    await question.waitFor({ state: 'detached' });
    expect(heard.clicks).toEqual([]);
    await page.getByRole('button', { name: 'Delete' }).click();
    await question.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => heard.clicks).toEqual(['delete_all']);
  });

  test('an overflow menu is walked with the arrow keys', async () => {
    const { page, heard } = await openSmall();
    await say(page, '/small');
    await page.getByRole('button', { name: 'More options' }).press('Enter');
    await page.getByRole('menuitem', { name: 'archive' }).press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => heard.clicks).toEqual(['more']);
  });

  test('markup becomes bold words, names and emoji', async () => {
    const { page } = await openSmall();
    await say(page, '/small');
    await page.getByText('Bold words for @Ben Okafor 🦊').waitFor();
  });

  test('a command without an answer ends in operation_timeout, for this person only', async () => {
    const { page, sandbox } = await openSmall();
    sandbox.workspace.settings.acknowledgementMs = 200;
    await say(page, '/small silence');
    await page.getByText('/small failed with the error “operation_timeout”').waitFor();
    await page.getByLabel('You are').selectOption('Ben Okafor');
    await page.getByLabel('Message #marketing').waitFor();
    expect(await page.getByText('operation_timeout').count()).toBe(0);
  });

  test('a reply stands in the thread and is counted under its message', async () => {
    const { page } = await openSmall();
    const draft = page.getByRole('article', { name: 'Chika Sato:' });
    await draft.getByRole('button', { name: 'Reply in thread' }).press('Enter');
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByLabel('Reply', { exact: true }).fill('すてき');
    await page.keyboard.press('Enter');
    await thread.getByRole('article', { name: 'Ana Lima: すてき' }).waitFor();
    await draft.getByRole('button', { name: '1 reply' }).first().waitFor();
  });

  test('older messages wait behind a button', async () => {
    const { page, sandbox } = await openSmall();
    const { people, channels } = sandbox.workspace;
    for (let number = 1; number <= 60; number += 1) {
      sandbox.workspace.post({ user: people.ben.id, channel: channels.marketing.id, text: `number ${number}` });
    }
    await page.getByText('number 60').waitFor();
    expect(await page.getByText('number 30', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show older messages' }).click();
    await page.getByText('number 30', { exact: true }).waitFor();
  });
});
