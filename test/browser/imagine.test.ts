import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { carousel, composer, describeInBrowser, imagine, visitImagine } from './browse.js';

const useThis = (page: Page, number: number) => page.getByRole('button', { name: `Use this one: ${number}` });
const picked = (page: Page) => page.getByRole('article', { name: 'Picked:' });

/** How many images the browser has loaded. */
const loaded = (page: Page) =>
  carousel(page)
    .locator('img')
    .evaluateAll(
      (images) => images.filter((image) => 'naturalWidth' in image && Number(image.naturalWidth) > 0).length,
    );

describeInBrowser('Imagine in the browser', () => {
  test('a command is completed, and its message fills with four images', async () => {
    const { page } = await visitImagine();
    await composer(page).pressSequentially('/im');
    await page.getByRole('option', { name: '/imagine' }).waitFor();
    await composer(page).press('Tab');
    await composer(page).pressSequentially('a red fox in the snow');
    await composer(page).press('Enter');
    await page.getByText(' · batch ').waitFor();
    await expect.poll(() => loaded(page), { timeout: 10_000 }).toBe(4);
    expect(await carousel(page).locator('img').first().getAttribute('alt')).toBe('Image 1: a red fox in the snow');
  });

  test('one click keeps an image as a file of the workspace', async () => {
    const { page } = await visitImagine();
    await imagine(page, 'a lighthouse');
    await useThis(page, 2).click();
    await picked(page).locator('img[src^="/file?id=F"]').waitFor();
    await picked(page).getByRole('button', { name: '1 reply' }).waitFor();
  });

  test("another user's click is answered to that user alone", async () => {
    const { page, sandbox, open } = await visitImagine();
    await imagine(page, 'a bridge');
    const bens = await open();
    await bens.getByLabel('You are').selectOption('Ben Okafor');
    await useThis(bens, 1).click();
    await bens.getByText('Only visible to you').waitFor();
    await bens.getByText('Only @Ana Lima can do that here.').waitFor();
    expect(await page.getByText('Only visible to you').count()).toBe(0);
    expect(sandbox.workspace.messages(sandbox.workspace.channels.marketing.id).at(-1)?.images).toHaveLength(4);
  });

  test('the chevrons show the cards that do not fit', async () => {
    const { page } = await visitImagine();
    await page.setViewportSize({ width: 400, height: 800 });
    await imagine(page, 'a boat');
    await page.getByRole('button', { name: 'Later cards' }).click();
    await page.getByRole('button', { name: 'Earlier cards' }).waitFor();
    const scrolled = () =>
      carousel(page)
        .locator('ul')
        .evaluate((row) => row.scrollLeft);
    await expect.poll(scrolled).toBeGreaterThan(100);
  });

  test('the shortcut on a post proposes a prompt in a form, and the images arrive in the thread', async () => {
    const { page } = await visitImagine();
    const draft = page.getByRole('article', { name: 'Ana Lima: Draft, LinkedIn' });
    await draft.getByRole('button', { name: 'More actions' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Imagine from this post' }).press('Enter');
    const form = page.getByRole('dialog', { name: 'Imagine' });
    const prompt = form.getByLabel('What should be in the image?');
    await form.getByRole('button', { name: "Start over with the post's own text" }).click();
    await expect.poll(() => prompt.inputValue()).toContain('412 panels on an old cannery roof');
    await form.getByLabel('Aspect ratio').selectOption('16:9');
    await prompt.fill('');
    await form.getByRole('button', { name: 'Draw' }).click();
    await form.getByRole('alert').waitFor();
    await prompt.fill('a roastery by the river');
    await form.getByRole('button', { name: 'Draw' }).click();
    await form.waitFor({ state: 'detached' });
    await draft.getByRole('button', { name: '1 reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('16:9').first().waitFor();
    await thread.getByText(' · batch ').waitFor();
    expect(await thread.locator('.carousel img').count()).toBe(4);
  });
});
