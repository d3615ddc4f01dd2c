import { expect, test } from 'vitest';
import { describeInBrowser, useBrowser } from './browse.js';
import { carousel, composer, imagine, openProduct } from './product.js';

describeInBrowser('behind the scenes in the browser', () => {
  useBrowser();

  test('an image that is made to fail is told in its card, and only that one', async () => {
    const { page } = await openProduct();
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await page.getByRole('tab', { name: 'Trouble' }).click();
    await page.getByRole('button', { name: 'Image filtered' }).click();
    await page.getByText('1 to come').waitFor();
    await imagine(page, 'a garden');
    expect(await carousel(page).getByText('content filter blocked this image').count()).toBe(1);
    expect(await carousel(page).locator('img').count()).toBe(3);
    await page.getByText('1 to come').waitFor({ state: 'detached' });
  });

  test('a workspace that refuses carousels shows a stack of images', async () => {
    const { page } = await openProduct();
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await page.getByRole('tab', { name: 'Trouble' }).click();
    await page.getByLabel('Slack refuses carousels').click();
    await imagine(page, 'a harbour');
    await page.getByRole('button', { name: 'Use image 4' }).waitFor();
    expect([await carousel(page).count(), await page.locator('.block.image img').count()]).toEqual([0, 4]);
  });

  test('links can be made short-lived, and images whose links are dead are shown as broken', async () => {
    const { page, sandbox } = await openProduct();
    const { workspace, s3, bucket } = sandbox;
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await page.getByRole('tab', { name: 'Trouble' }).click();
    await page.getByLabel('Links live for a minute').click();
    await page.getByText('App starting').waitFor();
    await page.getByText('App connected').waitFor();
    await imagine(page, 'a valley');
    const link = workspace.messages(workspace.channels.marketing.id).at(-1)?.images[0]?.url ?? '';
    expect(Number(new URL(link).searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(60);
    for (const { key } of s3.objects(bucket)) s3.deleteObject(bucket, key);
    await page.getByLabel('Slack forgets its copies of images').click();
    await carousel(page).getByRole('img', { name: 'broken image: Image 4: a valley' }).waitFor();
  });

  test('what goes over the wire, and what is kept, can be looked at', async () => {
    const { page } = await openProduct();
    await imagine(page, 'a river');
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await page.getByText('InvokeModel').first().click();
    await page.locator('.wire pre').getByText('a river').first().waitFor();
    await page.getByRole('tab', { name: 'Bucket' }).click();
    await page.getByText('/batch.json').click();
    await page.locator('.bucket pre').getByText('"prompt": "a river"').waitFor();
  });

  test('an app that has crashed leaves the person with what Slack says, and starts again', async () => {
    const { page } = await openProduct();
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await page.getByRole('tab', { name: 'App' }).click();
    await page.getByRole('button', { name: 'Crash' }).click();
    await page.getByText('App stopped').waitFor();
    await composer(page).fill('/imagine a fox');
    await composer(page).press('Enter');
    await page.getByText('/imagine failed with the error “dispatch_failed”').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('App connected').waitFor();
    await imagine(page, 'a fox');
  });
});
