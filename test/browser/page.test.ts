import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Locator } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../sandbox/http.js';
import { drawImage } from '../../sandbox/images/draw-image.js';
import { readManifest } from '../../sandbox/page/read-manifest.js';
import { startApp } from '../../sandbox/start-app.js';
import { clientOf } from '../sandbox/workspace/helpers.js';
import { describeInBrowser, installApp } from './browse.js';
import { smallApp, startSmallApp } from './small-app.js';

/** Whether all of it is where the user can see it, under nothing that scrolls. */
const isInView = (element: Locator): Promise<boolean> =>
  element.first().evaluate((shown) => {
    const { left, top, bottom } = shown.getBoundingClientRect();
    return [top + 1, bottom - 1].every((y) => shown.contains(shown.ownerDocument.elementFromPoint(left + 5, y)));
  });

/** An image on the user's disk. */
const foxImage = { model: 'x', prompt: 'a red fox', seed: 1, format: 'png', width: 320, height: 240 } as const;
const fox = async () => ({ name: 'fox.png', mimeType: 'image/png', buffer: await drawImage(foxImage) });

describeInBrowser('in the browser', () => {
  describe('Imagine', () => {
    // the SDK's own retries of a throttled call take seconds
    const start = (environment: Record<string, string>) => startApp({ ...environment, AWS_MAX_ATTEMPTS: '1' });
    const visit = installApp(readManifest(readFileSync('manifest.yml', 'utf8')), start);

    test('a command is completed, and its message shows four numbered images in one', async () => {
      const { page, composer, sheet, more, pickButton } = await visit();
      await composer.pressSequentially('/im');
      await page.getByRole('option', { name: '/imagine' }).waitFor();
      await composer.press('Tab');
      await composer.pressSequentially('a red fox in the snow');
      await composer.press('Enter');
      await more.waitFor();
      expect(await sheet.getAttribute('alt')).toBe('4 images, numbered 1 to 4: a red fox in the snow');
      await sheet.evaluate('(image) => image.decode()'); // rejects if it is broken
      expect(await pickButton(4).textContent()).toBe('4');
    });

    test('a question about a mistake is answered with one click, and goes away', async () => {
      const { page, say } = await visit();
      await say('/imagine models please');
      await page.getByRole('button', { name: 'Draw “models please”' }).waitFor();
      await page.getByRole('button', { name: 'Show models' }).click();
      await page.getByText('Stable Image Core (default)').waitFor();
      await say('/imagine a red fox --style watercolr');
      await page.getByRole('button', { name: 'Use watercolor' }).click();
      await page.getByText('Watercolor', { exact: true }).waitFor();
      expect(await page.getByText('Did you mean').count()).toBe(0);
    });

    test('one click keeps an image as a file of the workspace', async () => {
      const { page, imagine, pickButton } = await visit();
      await imagine('a lighthouse');
      await pickButton(2).click();
      const picked = page.getByRole('article', { name: 'Picked:' });
      await picked.locator('img[src^="/file?id=F"]').waitFor();
      await picked.getByRole('button', { name: '1 reply' }).waitFor();
    });

    test('one of the images drawn in private is shared with everyone, and scrolls into view', async () => {
      const { page, workspace, channel, imagine, pickButton, seeAsBen } = await visit();
      await imagine('a heron --private');
      const user = workspace.people.ben.id;
      for (let count = 1; count <= 25; count += 1) workspace.post({ channel, user, text: `post ${count}` });
      await page.getByText('post 25').waitFor();
      await pickButton(2).click();
      await page.getByRole('img', { name: 'Image 2: a heron' }).waitFor();
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      const shared = page.getByRole('article', { name: 'Picked: a heron' }).locator('img[src^="/file?id=F"]');
      await shared.waitFor();
      await expect.poll(() => isInView(shared)).toBe(true);
      await seeAsBen();
      await shared.waitFor();
      expect(await page.getByRole('img').count()).toBe(1);
    });

    test('a choice that is kept private is shown to its requester alone', async () => {
      const { page, imagine, pickButton, seeAsBen } = await visit();
      await imagine('an owl --private');
      await pickButton(1).click();
      await page.getByRole('button', { name: 'Back' }).click();
      await pickButton(3).click();
      await page.getByRole('button', { name: 'Keep private' }).click();
      await page.getByRole('button', { name: 'More…' }).waitFor();
      await page.getByRole('img', { name: 'Image 3: an owl' }).waitFor();
      await seeAsBen();
      expect(await page.getByRole('article', { name: 'imagine: ' }).count()).toBe(0);
    });

    test('the menu of a chosen image puts another in its place, and deletes the message', async () => {
      const { page, imagine, pickButton } = await visit();
      await imagine('a windmill');
      await pickButton(2).click();
      const picked = page.getByRole('article', { name: 'Picked: a windmill' });
      const image = (number: number) => picked.getByRole('img', { name: `Image ${number}: a windmill` });
      await image(2).and(page.locator('[src^="/file?id=F"]')).waitFor();
      await picked.getByRole('button', { name: 'More…' }).click();
      await page.getByRole('option', { name: 'Other images' }).click();
      await page.getByText('Image 2 is chosen. Choose another, and it takes its place.').waitFor();
      await pickButton(3).click();
      await image(3).and(page.locator('[src^="/file?id=F"]')).waitFor();
      await page.getByText('Only visible to you').waitFor({ state: 'detached' });
      await picked.getByRole('button', { name: 'More…' }).click();
      await page.getByRole('option', { name: 'Delete' }).click();
      await picked.waitFor({ state: 'detached' });
    });

    test('a batch that waits for its model is stopped, and costs nothing', async () => {
      const { page, bedrock, say } = await visit();
      const when = ({ modelId }: { modelId: string }) => modelId.includes('ultra'); // the others go on
      bedrock.faults.add({ kind: 'error', name: 'ThrottlingException' }, { times: 1000, when });
      onTestFinished(() => bedrock.faults.clear());
      await say('/imagine a comet --model ultra');
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText('Stopped before anything was drawn. Nothing was charged.').waitFor();
      expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
    });

    test('a prompt that the model refuses leaves the channel, and its requester is offered to change it', async () => {
      const { page, say, seeAsBen } = await visit();
      await say('/imagine something forbidden');
      const told = page.locator('.message.ephemeral');
      await told.getByText('No image could be drawn.').waitFor();
      await told.getByRole('button', { name: 'Change' }).click();
      const form = page.getByRole('dialog', { name: 'Imagine' });
      const prompt = form.getByLabel('What should be in the image?');
      expect(await prompt.inputValue()).toBe('something forbidden');
      await page.keyboard.press('Escape');
      expect(await page.getByRole('article', { name: 'imagine: ' }).count()).toBe(1);
      await seeAsBen();
      expect(await page.getByRole('article', { name: 'imagine: ' }).count()).toBe(0);
    });

    test('private images that Slack no longer takes come back by the command that a direct message names', async () => {
      const { page, workspace, say, more } = await visit();
      workspace.faults.responseUrls.add(
        { kind: 'error', error: 'expired_url' },
        { when: (call) => JSON.stringify(call.arguments).includes('pick_image_1') },
      );
      await say('/imagine a harbor --private');
      await page.getByText('come below when they are ready. Only you see them.').waitFor();
      await page.getByRole('navigation', { name: 'Workspace' }).getByRole('button', { name: 'imagine' }).click();
      const told = await page.getByText('To choose one, type /imagine show').textContent();
      await page.goBack();
      await say(/\/imagine show \w+/.exec(told ?? '')?.[0] ?? '');
      await more.waitFor();
      await page.getByRole('img', { name: '4 images, numbered 1 to 4: a harbor' }).waitFor();
    });

    test("another user's click is answered to that user alone", async () => {
      const { page, sheet, you, imagine, pickButton } = await visit();
      await imagine('a bridge');
      await you.selectOption('Ben Okafor');
      await pickButton(1).click();
      await page.getByText('Only visible to you').waitFor();
      await page.getByText('Only @Ana Lima can do that here.').waitFor();
      await you.selectOption('Ana Lima');
      await pickButton(1).waitFor();
      expect(await page.getByText('Only visible to you').count()).toBe(0);
      await sheet.waitFor();
    });

    test('the menu opens each image at full size, and what was asked for', async () => {
      const { page, imagine, choose } = await visit();
      await imagine('a boat --seed 7');
      await choose('Open full size');
      const fullSize = page.getByRole('dialog', { name: 'Full size' });
      await fullSize.getByRole('img', { name: 'Image 4: a boat' }).waitFor();
      expect(await fullSize.getByText('Open original', { exact: true }).count()).toBe(4);
      await page.keyboard.press('Escape');
      await choose('Details');
      await page.getByRole('dialog', { name: 'Details' }).getByText('7–10').waitFor();
      await page.keyboard.press('Escape');
    });

    test('the shortcut on a post proposes a prompt in a form, and the images arrive in the thread', async () => {
      const { page, openModal } = await visit();
      const post = 'Our new roastery runs on the sun. 412 panels on an old cannery roof.';
      const form = await openModal(post, 'Imagine from this post', 'Imagine');
      const prompt = form.getByLabel('Your own words');
      await form.getByLabel('Warm, close').waitFor();
      await form.getByRole('button', { name: "Use the post's own text" }).click();
      await expect.poll(() => prompt.inputValue()).toContain('412 panels on an old cannery roof');
      await form.getByLabel('Aspect ratio').selectOption('16:9');
      await prompt.fill('a roastery by the river');
      await form.getByRole('button', { name: 'Draw' }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '1 reply' }).click();
      const thread = page.getByRole('complementary', { name: 'Thread' });
      await thread.getByText('16:9').first().waitFor();
      await thread.getByRole('button', { name: 'More options' }).waitFor();
      await thread.getByRole('img', { name: '4 images, numbered 1 to 4: a roastery by the river' }).waitFor();
    });

    test('the conversation with the app has no composer if the manifest makes it read-only', async () => {
      const { page, composer } = await visit();
      await composer.waitFor();
      await page.getByRole('navigation', { name: 'Workspace' }).getByRole('button', { name: 'imagine' }).click();
      await page.getByText('Sending messages to this app has been turned off.').waitFor();
      expect(await page.getByRole('combobox', { name: 'Message' }).count()).toBe(0);
    });

    test('a planned fault hits one image, and only that image cannot be picked', async () => {
      const { page, imagine, openTab, pickButton, choose } = await visit();
      await openTab('Faults');
      await page.getByRole('button', { name: /^Image filtered/ }).click();
      await page.getByText('1 to come').waitFor();
      await imagine('a garden');
      await page.getByText('1 to come').waitFor({ state: 'detached' });
      const counts = await Promise.all([1, 2, 3, 4].map((number) => pickButton(number).count()));
      expect(counts.toSorted()).toEqual([0, 1, 1, 1]);
      await choose('Retry failed');
      await Promise.all([1, 2, 3, 4].map((number) => pickButton(number).waitFor()));
    });

    test('images with dead links are shown as broken once Slack forgets its copies', async () => {
      const { page, s3, bucket, imagine, openTab } = await visit();
      await imagine('a valley');
      const images = s3.objects(bucket).filter(({ key }) => key.includes('/previews/'));
      for (const { key } of images) s3.deleteObject(bucket, key);
      await openTab('Faults');
      await page.getByLabel('Slack forgets its copies of images').click();
      await page.getByRole('img', { name: 'broken image: 4 images, numbered 1 to 4: a valley' }).waitFor();
      await page.getByLabel('Slack forgets its copies of images').click();
    });

    test('calls on the wire and objects in the bucket can be inspected', async () => {
      const { page, imagine, openTab } = await visit();
      await imagine('a river');
      await openTab('Wire');
      await page.getByText('InvokeModel').first().click();
      await page.locator('.wire pre').getByText('a river').first().waitFor();
      await openTab('Bucket');
      await page.getByText('/batch.json').first().click();
      await page.locator('.bucket pre').getByText('"prompt": "a river"').waitFor();
    });

    test('while the app is down, its user reads what Slack says; it can be started again', async () => {
      const { page, say, imagine, openTab } = await visit();
      await openTab('App');
      await page.getByRole('button', { name: 'Crash' }).click();
      await page.getByText('App stopped').waitFor();
      await say('/imagine a fox');
      await page.getByText('/imagine failed with the error “dispatch_failed”').waitFor();
      await page.getByRole('button', { name: 'Start' }).click();
      await page.getByText('App connected').waitFor();
      await imagine('a fox');
    });
  });

  describe('Block Kit', () => {
    const clicks: string[] = [];
    const submissions: unknown[] = [];
    const visit = installApp(smallApp, (environment) => startSmallApp(environment, clicks, submissions));

    test('a button with a confirmation dialog acts only once it is confirmed', async () => {
      const { page, say } = await visit();
      await say('/small');
      const dialog = page.getByRole('dialog', { name: 'Are you sure?' });
      await page.getByRole('button', { name: 'Delete' }).click();
      await dialog.getByRole('button', { name: 'Keep' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(clicks).toEqual([]);
      await page.getByRole('button', { name: 'Delete' }).click();
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await expect.poll(() => clicks).toEqual(['delete_all']);
    });

    test('an overflow menu works by keyboard: Escape closes it, arrows and Enter choose', async () => {
      const { page, say } = await visit();
      await say('/small');
      const button = page.getByRole('button', { name: 'More options' });
      const menu = page.getByRole('menu', { name: 'More options' });
      await button.press('Enter');
      await menu.waitFor();
      await page.keyboard.press('Escape');
      await menu.waitFor({ state: 'detached' });
      expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true);
      await button.press('Enter');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect.poll(() => clicks.at(-1)).toBe('more: refresh');
    });

    test('a select menu shows its groups within the window, then what was chosen, and can be cleared', async () => {
      const { page, workspace, channel, say } = await visit();
      await page.setViewportSize({ width: 380, height: 500 });
      await say('/small');
      await page.getByRole('button', { name: 'Do more' }).click();
      const list = page.getByRole('listbox', { name: 'Do more' });
      const { x = -1, y = -1, width = 0, height = 0 } = (await list.boundingBox()) ?? {};
      expect([x >= 0, y >= 0, x + width <= 380, y + height <= 500]).toEqual([true, true, true, true]);
      workspace.post({ channel, user: workspace.people.ben.id, text: 'meanwhile' });
      await page.getByText('meanwhile').waitFor();
      await list.getByRole('group', { name: 'Change' }).getByRole('option', { name: 'upscale' }).click();
      await page.getByRole('button', { name: 'Do more: upscale' }).waitFor();
      expect(clicks.at(-1)).toBe('menu: upscale');
      await page.getByRole('button', { name: 'Do more: upscale' }).click();
      await page.getByRole('option', { name: 'Clear selection' }).click();
      await expect.poll(() => clicks.at(-1)).toBe('menu: undefined');
      await page.setViewportSize({ width: 1280, height: 720 });
    });

    test('a large image is shown whole and at most 360 pixels high, and a click opens it large', async () => {
      const { page, channel, workspace } = await visit();
      const png = await drawImage({ model: 'x', prompt: 'a fox', seed: 1, format: 'png', width: 2048, height: 1152 });
      const server = createServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'image/png' }).end(png);
      });
      const { port, close } = await listen(server);
      onTestFinished(close);
      const blocks = [{ type: 'image', image_url: `http://127.0.0.1:${port}`, alt_text: 'Four foxes' }];
      await clientOf(workspace).apiCall('chat.postMessage', { channel, text: 'x', blocks });
      const image = page.getByRole('button', { name: 'Open Four foxes' });
      await expect.poll(async () => (await image.boundingBox())?.height).toBe(360);
      expect((await image.boundingBox())?.width).toBe(640);
      await image.click();
      const large = page.getByRole('dialog', { name: 'Four foxes' });
      expect((await large.getByRole('img').boundingBox())?.width).toBeGreaterThan(1000);
      await page.keyboard.press('Escape');
      await large.waitFor({ state: 'detached' });
      await image.click();
      await page.mouse.click(5, 5);
      await large.waitFor({ state: 'detached' });
    });

    test('a link to a message jumps to it, in any channel and in its thread', async () => {
      const { page, workspace, channel, composer } = await visit();
      const { ana } = workspace.people;
      const members = [ana.id, workspace.app.botUserId];
      const { id: other } = workspace.addChannel({ name: 'elsewhere', kind: 'public', members });
      const root = workspace.post({ channel: other, user: ana.id, text: 'the root' });
      for (let count = 1; count <= 40; count += 1)
        workspace.post({ channel: other, user: ana.id, text: `post ${count}` });
      const reply = workspace.post({ channel: other, user: ana.id, text: 'the reply', threadTs: root.ts });
      const { chat } = clientOf(workspace);
      const linkTo = async (ts: string, label: string) =>
        `<${(await chat.getPermalink({ channel: other, message_ts: ts })).permalink}|${label}>`;
      const text = `${await linkTo(root.ts, 'to the root')} ${await linkTo(reply.ts, 'to the reply')}`;
      await chat.postMessage({ channel, text });
      await page.getByRole('link', { name: 'to the root' }).click();
      const found = page.locator('[aria-current="true"]');
      await found.getByText('the root').waitFor();
      await expect.poll(() => isInView(found)).toBe(true);
      await page.goBack();
      await composer.waitFor();
      await page.getByRole('link', { name: 'to the reply' }).click();
      const thread = page.getByRole('complementary', { name: 'Thread' });
      await thread.locator('[aria-current="true"]').getByText('the reply').waitFor();
    });

    test('an unknown command, and any command in a thread, is answered by Slack itself', async () => {
      const { page, workspace, channel, say, composer } = await visit();
      await say('/other');
      await page.getByText('/other is not a valid command.').waitFor();
      await composer.fill(' /other');
      await composer.press('Enter');
      const post = page.getByRole('article', { name: 'Ana Lima: /other' });
      await post.getByRole('button', { name: 'Reply in thread' }).press('Enter');
      const thread = page.getByRole('complementary', { name: 'Thread' });
      await thread.getByLabel('Reply', { exact: true }).fill('/small');
      await page.keyboard.press('Enter');
      await thread.getByText('/small is not supported in threads. Sorry!').waitFor();
      expect(workspace.messages(channel)).toHaveLength(1);
    });

    test("the answer to a user's own command scrolls into view", async () => {
      const { page, workspace, channel, say } = await visit();
      const user = workspace.people.ben.id;
      for (let count = 1; count <= 25; count += 1) workspace.post({ channel, user, text: `post ${count}` });
      await page.getByText('post 25').waitFor();
      await page.locator('.messages').evaluate((list) => list.scrollTo(0, 0));
      await expect.poll(() => isInView(page.getByText('post 25'))).toBe(false);
      workspace.post({ channel, user, text: 'post 26' });
      await page.getByText('post 26').waitFor();
      expect(await isInView(page.getByText('post 26'))).toBe(false);
      await say('/small');
      await expect.poll(() => isInView(page.getByRole('button', { name: 'More options' }))).toBe(true);
    });

    test('a private message is replaced in place, and is gone once the page is loaded again', async () => {
      const { page, say, composer } = await visit();
      await say('/small private');
      const message = page.locator('.message.ephemeral');
      await message.getByRole('button', { name: 'Draw again' }).click();
      await message.getByText('Drawn again').waitFor();
      await message.getByText('Only visible to you').waitFor();
      expect(await message.count()).toBe(1);
      await page.reload();
      await composer.waitFor();
      expect(await message.count()).toBe(0);
    });

    test('text shows markup, names and emoji', async () => {
      const { page, say } = await visit();
      await say('/small');
      await page.getByText('Bold words for @Ben Okafor 🦊').waitFor();
      expect(await page.locator('strong', { hasText: 'Bold' }).count()).toBe(1);
    });

    test('only the user of an unanswered command is told operation_timeout', async () => {
      const { page, workspace, say, composer, you } = await visit();
      workspace.settings.acknowledgementMs = 200;
      await say('/small silence');
      await page.getByText('/small failed with the error “operation_timeout”').waitFor();
      workspace.settings.acknowledgementMs = 3000;
      await you.selectOption('Ben Okafor');
      await composer.waitFor();
      expect(await page.getByText('operation_timeout').count()).toBe(0);
    });

    test('a reply appears in its thread and is counted under its message', async () => {
      const { page, workspace, channel } = await visit();
      workspace.post({ channel, user: workspace.people.chika.id, text: '下書き' });
      const draft = page.getByRole('article', { name: 'Chika Sato: 下書き' });
      await draft.getByRole('button', { name: 'Reply in thread' }).press('Enter');
      const thread = page.getByRole('complementary', { name: 'Thread' });
      await thread.getByLabel('Reply', { exact: true }).fill('すてき');
      await page.keyboard.press('Enter');
      await thread.getByRole('article', { name: 'Ana Lima: すてき' }).waitFor();
      await draft.getByRole('button', { name: '1 reply' }).first().waitFor();
    });

    test('a form takes a file from disk and ticks, and keeps both while another form covers it', async () => {
      const { page, say } = await visit();
      await say('/small form');
      const form = page.getByRole('dialog', { name: 'An image' });
      await form.getByLabel('image', { exact: true }).setInputFiles(await fox());
      await form.getByText('fox.png').waitFor();
      await form.getByRole('group', { name: 'ratios' }).getByLabel('16:9').check();
      await form.getByRole('button', { name: 'More with this image' }).click();
      await page.getByRole('group', { name: 'This image' }).getByRole('option', { name: 'Larger' }).click();
      await form.getByRole('button', { name: 'More with this image: Larger' }).waitFor();
      await form.getByRole('button', { name: 'Replace…' }).click();
      const pushed = page.getByRole('dialog', { name: 'Replace' });
      await pushed.getByLabel('what').fill('the hat');
      await pushed.getByLabel('with').fill('a crown');
      await pushed.getByRole('button', { name: 'Replace' }).click();
      await form.getByText('fox.png').waitFor();
      expect(await form.getByLabel('16:9').isChecked()).toBe(true);
      await form.getByRole('button', { name: 'Replace…' }).click();
      await pushed.getByRole('button', { name: 'Back' }).first().click();
      await form.getByRole('button', { name: 'Remove fox.png' }).click();
      await form.getByText('fox.png').waitFor({ state: 'detached' });
      await form.getByLabel('image', { exact: true }).setInputFiles(await fox());
      await form.getByText('fox.png').waitFor();
      await form.getByRole('button', { name: 'Send' }).click();
      await form.waitFor({ state: 'detached' });
      const files = { value: { files: [{ name: 'fox.png', mimetype: 'image/png' }] } };
      const ratios = { value: { selected_options: [{ value: '16:9' }] } };
      expect(submissions.splice(0)).toMatchObject([
        { what: { value: { value: 'the hat' } } },
        { image: files, ratios },
      ]);
      expect(clicks.slice(-3)).toEqual(['again_menu: Larger', 'replace', 'replace']);
    });

    test('an image attached to a post is shown to everyone', async () => {
      const { page, composer, seeAsBen } = await visit();
      await page.locator('.composer input[type="file"]').setInputFiles(await fox());
      await page.getByRole('button', { name: 'Remove fox.png' }).waitFor();
      await composer.fill('A draft with a fox');
      await composer.press('Enter');
      const image = page.getByRole('article', { name: 'A draft with a fox' }).getByRole('img', { name: 'fox.png' });
      await image.evaluate('(image) => image.decode()');
      expect(await page.getByRole('button', { name: 'Remove fox.png' }).count()).toBe(0);
      await seeAsBen();
      await image.waitFor();
    });

    test('Escape closes a modal and gives the focus back', async () => {
      const { page, workspace, openModal } = await visit();
      const modal = await openModal('Draft', 'Ask about this post');
      await page.keyboard.press('Escape');
      await modal.waitFor({ state: 'detached' });
      expect(workspace.openView(workspace.people.ana.id)).toBeUndefined();
      expect(await page.locator(':focus').getAttribute('aria-label')).toBe('More actions');
    });

    test('Ctrl+Enter submits a form, also from a field of several lines', async () => {
      const { openModal } = await visit();
      const modal = await openModal('Draft', 'Ask about this post');
      await modal.getByLabel('style').selectOption('photo');
      await modal.getByLabel('prompt').fill('a fox in a hurry');
      await modal.getByLabel('prompt').press('Control+Enter');
      await modal.waitFor({ state: 'detached' });
      expect(submissions.pop()).toMatchObject({ prompt: { value: { value: 'a fox in a hurry' } } });
    });

    test('a modal shows what is wrong with its fields until it can be submitted', async () => {
      const { openModal } = await visit();
      const modal = await openModal('Draft', 'Ask about this post');
      const prompt = modal.getByLabel('prompt');
      const send = modal.getByRole('button', { name: 'Send' });
      expect(await prompt.evaluate((field) => field.matches(':focus'))).toBe(true);
      await modal.getByLabel('style').selectOption('drawing');
      await send.click();
      await modal.getByRole('alert').getByText('Please complete this required field.').waitFor();
      await prompt.fill('short');
      await send.click();
      await modal.getByRole('alert').getByText('Say a little more.').waitFor();
      expect([await prompt.inputValue(), await prompt.getAttribute('aria-invalid')]).toEqual(['short', 'true']);
      await prompt.fill('a fox in the snow');
      await send.click();
      await modal.waitFor({ state: 'detached' });
      const style = { value: { selected_option: { value: 'drawing' } } };
      expect(submissions).toMatchObject([{ prompt: { value: { value: 'a fox in the snow' } }, style }]);
    });
  });
});
