import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { carousel, describeInBrowser, imagine, say, visitImagine } from './browse.js';

async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  await page.getByRole('tab', { name }).click();
}

describeInBrowser('behind the scenes in the browser', () => {
  test('a planned fault hits one image, and only its card says so', async () => {
    const { page } = await visitImagine();
    await openTab(page, 'Faults');
    await page.getByRole('button', { name: 'Image filtered' }).click();
    await page.getByText('1 to come').waitFor();
    await imagine(page, 'a garden');
    expect(await carousel(page).getByText('content filter blocked this image').count()).toBe(1);
    expect(await carousel(page).locator('img').count()).toBe(3);
    await page.getByText('1 to come').waitFor({ state: 'detached' });
  });

  test('a workspace that refuses carousels shows a stack of images', async () => {
    const { page } = await visitImagine();
    await openTab(page, 'Faults');
    await page.getByLabel('Slack refuses carousels').click();
    await imagine(page, 'a harbor');
    await page.getByRole('button', { name: 'Use image 4' }).waitFor();
    expect([await carousel(page).count(), await page.locator('.block.image img').count()]).toEqual([0, 4]);
  });

  test('links can be made short-lived, and images with dead links are shown as broken', async () => {
    const { page, sandbox } = await visitImagine();
    const { workspace, s3, bucket } = sandbox;
    await openTab(page, 'Faults');
    await page.getByLabel('Links expire after a minute').click();
    await page.getByText('App starting').waitFor();
    await page.getByText('App connected').waitFor();
    await imagine(page, 'a valley');
    const link = workspace.messages(workspace.channels.marketing.id).at(-1)?.images[0]?.url ?? '';
    expect(Number(new URL(link).searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(60);
    for (const { key } of s3.objects(bucket)) s3.deleteObject(bucket, key);
    await page.getByLabel('Slack forgets its copies of images').click();
    await carousel(page).getByRole('img', { name: 'broken image: Image 4: a valley' }).waitFor();
  });

  test('calls on the wire and objects in the bucket can be inspected', async () => {
    const { page } = await visitImagine();
    await imagine(page, 'a river');
    await openTab(page, 'Wire');
    await page.getByText('InvokeModel').first().click();
    await page.locator('.wire pre').getByText('a river').first().waitFor();
    await page.getByRole('tab', { name: 'Bucket' }).click();
    await page.getByText('/batch.json').click();
    await page.locator('.bucket pre').getByText('"prompt": "a river"').waitFor();
  });

  test('while the app is down, its user reads what Slack says; it can be started again', async () => {
    const { page } = await visitImagine();
    await openTab(page, 'App');
    await page.getByRole('button', { name: 'Crash' }).click();
    await page.getByText('App stopped').waitFor();
    await say(page, '/imagine a fox');
    await page.getByText('/imagine failed with the error “dispatch_failed”').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('App connected').waitFor();
    await imagine(page, 'a fox');
  });
});
