import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser, say } from './browse.js';
import { visitSmallApp } from './small-app.js';

/** Opens the modal of the shortcut on Ben's draft, with the keyboard. */
async function openModal(page: Page) {
  const draft = page.getByRole('article', { name: 'Ben Okafor: Draft for Thursday' });
  await draft.getByRole('button', { name: 'More actions' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Ask about this post' }).press('Enter');
  const modal = page.getByRole('dialog', { name: 'Ask about this post' });
  await modal.waitFor();
  return modal;
}

describeInBrowser('Block Kit in the browser', () => {
  test('Escape closes a modal and gives the focus back', async () => {
    const { page, sandbox } = await visitSmallApp();
    const modal = await openModal(page);
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'detached' });
    expect(sandbox.workspace.openView(sandbox.workspace.people.ana.id)).toBeUndefined();
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('More actions');
  });

  test('a modal shows what is wrong with its fields until it can be submitted', async () => {
    const { page, submissions } = await visitSmallApp();
    const modal = await openModal(page);
    const prompt = modal.getByLabel('prompt');
    const send = modal.getByRole('button', { name: 'Send' });
    expect(await prompt.evaluate((field) => field.matches(':focus'))).toBe(true);
    await modal.getByLabel('style').selectOption('drawing');
    await modal.getByLabel('wild').check();
    await send.click();
    await modal.getByRole('alert').getByText('Please complete this required field.').waitFor();
    await prompt.fill('short');
    await send.click();
    await modal.getByRole('alert').getByText('Say a little more.').waitFor();
    expect(await prompt.inputValue()).toBe('short');
    expect(await prompt.getAttribute('aria-invalid')).toBe('true');
    await prompt.fill('a fox in the snow');
    await send.click();
    await modal.waitFor({ state: 'detached' });
    expect(submissions).toMatchObject([
      {
        prompt: { value: { value: 'a fox in the snow' } },
        style: { value: { selected_option: { value: 'drawing' } } },
        mood: { value: { selected_option: { value: 'wild' } } },
      },
    ]);
  });

  test('a button with a confirmation dialog acts only once it is confirmed', async () => {
    const { page, clicks } = await visitSmallApp();
    await say(page, '/small');
    const dialog = page.getByRole('dialog', { name: 'Are you sure?' });
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(clicks).toEqual([]);
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => clicks).toEqual(['delete_all']);
  });

  test('text shows markup, names and emoji, and an overflow menu works with the arrow keys', async () => {
    const { page, clicks } = await visitSmallApp();
    await say(page, '/small');
    await page.getByText('Bold words for @Ben Okafor 🦊').waitFor();
    await page.getByRole('button', { name: 'More options' }).press('Enter');
    await page.getByRole('menuitem', { name: 'archive' }).press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => clicks).toEqual(['more']);
  });

  test('only the user of an unanswered command is told operation_timeout', async () => {
    const { page, sandbox } = await visitSmallApp();
    sandbox.workspace.settings.acknowledgementMs = 200;
    await say(page, '/small silence');
    await page.getByText('/small failed with the error “operation_timeout”').waitFor();
    await page.getByLabel('You are').selectOption('Ben Okafor');
    await page.getByLabel('Message #marketing').waitFor();
    expect(await page.getByText('operation_timeout').count()).toBe(0);
  });

  test('a reply appears in its thread and is counted under its message', async () => {
    const { page } = await visitSmallApp();
    const draft = page.getByRole('article', { name: 'Chika Sato:' });
    await draft.getByRole('button', { name: 'Reply in thread' }).press('Enter');
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByLabel('Reply', { exact: true }).fill('すてき');
    await page.keyboard.press('Enter');
    await thread.getByRole('article', { name: 'Ana Lima: すてき' }).waitFor();
    await draft.getByRole('button', { name: '1 reply' }).first().waitFor();
  });
});
