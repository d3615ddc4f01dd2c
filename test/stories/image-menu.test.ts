import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { ideasIn, initialValue, seeForm, seeIdeas, seeModal, submit } from './form.js';
import { uploads } from './restart-story.js';
import { always, batchIdOf, held, isPicked, type Story, startStory, startWithImages, textOf } from './story.js';

async function choose({ workspace, ana }: Story, message: SeenMessage, choice: string, user = ana): Promise<void> {
  const { channel, ts: messageTs } = message;
  const value = `${choice}:${batchIdOf(message)}`;
  await workspace.choose({ user, channel, messageTs, actionId: 'image_menu', value });
}

/** Ana has chosen the second image, of which Slack keeps a file. */
async function startWithPicked(options?: Parameters<typeof startWithImages>[0]) {
  const { story, message } = await startWithImages(options);
  await story.click(message, 2);
  const picked = await story.seeKept();
  await story.settled();
  return { story, message: picked };
}

const seeOthers = (story: Story, where?: { user?: string; channel?: string }) =>
  story.seePrivately('Choose another, and it takes its place.', where);

/** Through "Other images". */
async function switchTo(story: Story, picked: SeenMessage, number: number, user = story.ana): Promise<void> {
  await choose(story, picked, 'other_images', user);
  await story.press(await seeOthers(story, { user, channel: picked.channel }), `switch_image_${number}`, user);
}

const seeImage = (story: Story, number: number, channel = story.marketing) =>
  story.see(`image ${number}`, (seen) => isPicked(seen) && seen.images[0]?.altText === `Image ${number}: a red fox`, {
    channel,
  });

/** Every file that the channel has, by the message that shows it or the one in its thread. */
const filesIn = (story: Story) =>
  story
    .posted()
    .map(({ images, files }) => [...images.flatMap(({ fileId }) => fileId ?? []), ...files.map(({ id }) => id)]);

it('another image takes the place of the chosen one, and its file that of the old file', async () => {
  const { story, message: picked } = await startWithPicked();
  await choose(story, picked, 'other_images');
  const others = await seeOthers(story);
  expect(others.images).toMatchObject([{ altText: '4 images, numbered 1 to 4: a red fox', problem: undefined }]);
  expect(textOf(others).match(/switch_image_\d/g)).toEqual(['switch_image_1', 'switch_image_3', 'switch_image_4']);
  await story.press(others, 'switch_image_3');
  await seeImage(story, 3);
  await story.settled();
  const changed = await story.seeKept();
  const slackFileId = story.records()[0]?.pick?.slackFileId ?? '';
  expect(changed).toMatchObject({ ts: picked.ts, images: [{ altText: 'Image 3: a red fox', fileId: slackFileId }] });
  expect(slackFileId).not.toBe(picked.images[0]?.fileId);
  expect(filesIn(story)).toEqual([[slackFileId], [slackFileId]]);
  expect(story.privately()).toEqual([]);
});

it('only the user who chose and the requester may change a choice, and others are told so', async () => {
  const { story, message } = await startWithImages({ settings: { WHO_MAY_PICK: 'anyone' } });
  await story.click(message, 2, story.ben);
  const picked = await story.seeKept();
  const chika = story.workspace.people.chika.id;
  for (const choice of ['other_images', 'delete']) {
    await choose(story, picked, choice, chika);
    await story.seePrivately(`Only <@${story.ben}> or <@${story.ana}> can change this choice.`, { user: chika });
  }
  await switchTo(story, picked, 1, story.ben);
  await switchTo(story, await seeImage(story, 1), 4);
  expect(textOf(await seeImage(story, 4))).toContain(`"user_id":"${story.ana}"},{"type":"text","text":" chose this`);
});

it('of two other images chosen at once one stays, and message, record and file agree', async () => {
  const { story, message: picked } = await startWithPicked();
  await choose(story, picked, 'other_images');
  const others = await seeOthers(story);
  await Promise.all([1, 3].map((number) => story.press(others, `switch_image_${number}`)));
  await story.until(() => story.workspace.calls().filter((call) => call.arguments.delete_original).length === 2);
  await story.settled();
  const { number, slackFileId } = story.records()[0]?.pick ?? {};
  expect((await story.seeKept()).images).toMatchObject([
    { altText: `Image ${number}: a red fox`, fileId: slackFileId },
  ]);
  expect(filesIn(story)).toEqual([[slackFileId], [slackFileId]]);
});

it('an image that was chosen during the upload of the first stays, and the first file is deleted', async () => {
  const { story, message } = await startWithImages();
  story.planCalls('files.completeUploadExternal', { kind: 'slow', ms: 3000 });
  await story.click(message, 2);
  await story.until(() => story.records()[0]?.pick?.uploadStartedAt);
  await switchTo(story, await story.seePicked(), 3);
  await story.settled();
  const slackFileId = story.records()[0]?.pick?.slackFileId;
  expect((await story.seeKept()).images).toMatchObject([{ altText: 'Image 3: a red fox', fileId: slackFileId }]);
  expect(uploads(story)).toHaveLength(2);
  expect(filesIn(story)).toEqual([[slackFileId], [slackFileId]]);
});

it('another image that was recorded and not shown when the process was killed is shown and kept', async () => {
  const { story, message: picked } = await startWithPicked();
  await choose(story, picked, 'other_images');
  const others = await seeOthers(story);
  await story.until(() => story.workspace.calls().at(-1)?.method === 'chat.update'); // the menu is as before
  story.planCalls('chat.update', held);
  story.press(others, 'switch_image_3').catch(() => undefined);
  await story.restart(() => story.records()[0]?.pick?.number === 3);
  const slackFileId = story.records()[0]?.pick?.slackFileId;
  expect((await story.seeKept()).images).toMatchObject([{ altText: 'Image 3: a red fox', fileId: slackFileId }]);
  expect(filesIn(story)).toEqual([[slackFileId], [slackFileId]]);
});

it('another image takes the place of the chosen one in a channel where the bot may not post', async () => {
  const story = await startStory();
  const channel = story.secret;
  await story.imagine('a red fox', { channel });
  await story.click(await story.seeImages(4, { channel }), 2);
  const picked = await seeImage(story, 2, channel);
  await story.settled();
  await switchTo(story, picked, 3);
  const changed = await seeImage(story, 3, channel);
  await story.settled();
  expect(story.posted(channel).filter(isPicked)).toEqual([changed]);
  expect(changed.ts).toBe(picked.ts);
  await switchTo(story, changed, 1);
  expect((await seeImage(story, 1, channel)).ts).toBe(picked.ts);
  await choose(story, changed, 'delete');
  await story.until(() => !story.posted(channel).some(isPicked));
});

it('another image is shown in the message that was clicked, too, if the batch was shown again elsewhere', async () => {
  const { story, message: picked } = await startWithPicked();
  const channel = story.random;
  await story.imagine(`show ${batchIdOf(picked)}`, { channel });
  await story.press(await seeImage(story, 2, channel), 'share_batch');
  await story.until(() => story.posted(channel).some(isPicked) && story.privately(channel).length === 0);
  await story.settled();
  await choose(story, picked, 'details');
  await story.until(() => story.workspace.calls().some((call) => call.arguments.replace_original));
  expect((await seeImage(story, 2)).images, 'still the file').toMatchObject([{ fileId: picked.images[0]?.fileId }]);
  await switchTo(story, picked, 4);
  expect((await seeImage(story, 4)).ts).toBe(picked.ts);
  await seeImage(story, 4, channel);
});

it('the other images can be chosen if Slack cannot show them, and though the old file is gone', async () => {
  const { story, message: picked } = await startWithPicked();
  story.planCalls('files.delete', { kind: 'error', error: 'file_deleted' });
  story.workspace.faults.images.add({ kind: 'refused' }, { when: ({ url }) => !/\/3-/.test(url) });
  await choose(story, picked, 'other_images');
  const others = await seeOthers(story);
  expect(others.images).toEqual([]);
  expect(textOf(others)).toContain('Slack could not show the images.');
  await story.press(others, 'switch_image_3');
  await seeImage(story, 3);
  await story.settled();
  expect(story.log()).not.toContain('file not deleted');
  expect(story.workspace.faults.calls.unmet()).toEqual([]);
});

it('an old file that Slack will not delete is in the log, and the other image is shown', async () => {
  const { story, message: picked } = await startWithPicked();
  story.planCalls('files.delete', { kind: 'error', error: 'cant_delete_file' }, always);
  await switchTo(story, picked, 3);
  await seeImage(story, 3);
  await story.settled();
  expect(story.log()).toContain('file not deleted');
});

it('the menu offers Change with the chosen image’s seed, and Details, as often as users like', async () => {
  const { story, message: picked } = await startWithPicked();
  for (const user of [story.ana, story.ben, story.ana]) {
    const before = JSON.stringify(story.posted()[0]?.blocks);
    await choose(story, picked, 'details', user);
    await seeModal(story, 'Details', user);
    await story.until(() => JSON.stringify(story.posted()[0]?.blocks) !== before);
    await story.workspace.closeView(user);
  }
  await choose(story, picked, 'change', story.ben);
  const form = await seeForm(story, story.ben);
  expect(['prompt', 'seed'].map((field) => initialValue(form, field))).toEqual(['a red fox', '101']);
});

it('a choice that is cleared does nothing', async () => {
  const { story, message } = await startWithPicked();
  const failure = { kind: 'error', error: 'fatal_error' } as const;
  story.planCalls('chat.update', failure, always);
  story.workspace.faults.responseUrls.add(failure, { times: always });
  await choose(story, message, 'details');
  await story.until(() => story.log().includes('menu not reset'));
  const calls = story.workspace.calls().length;
  const cleared = { user: story.ana, channel: message.channel, messageTs: message.ts, value: null };
  expect(await story.workspace.choose({ ...cleared, actionId: 'image_menu' })).toMatchObject({ acknowledged: true });
  expect(story.workspace.calls()).toHaveLength(calls);
  expect(story.log()).not.toContain('"level":50');
});

it('“Delete” deletes message and file, and the batch can be shown again, and its file kept again', async () => {
  const { story, message: picked } = await startWithPicked();
  await choose(story, picked, 'delete');
  await story.until(() => story.posted().length === 0);
  expect(story.workspace.fileOf(picked.images[0]?.fileId ?? '')).toBeUndefined();
  await story.imagine(`show ${batchIdOf(picked)}`);
  const again = await seeImage(story, 2);
  expect(again.images[0]?.url).toContain('X-Amz-Expires');
  await story.press(again, 'share_batch');
  expect((await story.seeKept({ user: story.ben })).images).toMatchObject([{ altText: 'Image 2: a red fox' }]);
});

it('“Delete” that Slack refuses can be repeated', async () => {
  const { story, message: picked } = await startWithPicked();
  story.planCalls('chat.delete', { kind: 'error', error: 'cant_delete_message' });
  story.workspace.faults.responseUrls.add({ kind: 'error', error: 'expired_url' });
  await choose(story, picked, 'delete');
  await story.seePrivately('Slack did not delete the message.');
  await choose(story, picked, 'delete');
  await story.until(() => story.posted().length === 0);
});

it.each([
  ['that shows images', startWithImages, '100'],
  ['that shows the chosen image', startWithPicked, '101'],
])('“Imagine from this post” on a message of the app’s own %s opens Change', async (_what, start, seed) => {
  const { story, message } = await start();
  await story.fromPost(message.ts);
  const form = await seeForm(story);
  expect(['prompt', 'seed'].map((field) => initialValue(form, field))).toEqual(['a red fox', seed]);
  await submit(story, { prompt: 'a blue fox' });
  await story.seeNewBatch([message]);
  expect(story.records()[1]).toMatchObject({ prompt: 'a blue fox', parent: { id: story.records()[0]?.id } });
  expect(story.comprehend.requests()).toEqual([]);
});

it('“Imagine from this post” uses the text of a message whose batch cannot be found', async () => {
  const { story, message } = await startWithImages();
  for (const { key } of story.s3.objects(story.bucket)) story.s3.deleteObject(story.bucket, key);
  await story.fromPost(message.ts);
  expect(ideasIn(await seeIdeas(story)).join()).toMatch(/fox/i);
});
