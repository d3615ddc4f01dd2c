import { webApi } from '@slack/bolt';
import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { problemSentences } from '../../src/text/user-message.js';
import { seeForm, submit } from './form.js';
import {
  actionsOf,
  always,
  batchIdOf,
  countImages,
  held,
  isFinished,
  isPicked,
  type Story,
  startStory,
  startWithThree,
  textOf,
} from './story.js';

const note = 'come below when they are ready. Only you see them.';
const byDefault = { settings: { DEFAULT_VISIBILITY: 'private' } };

/** Draws in private, and waits for the images. */
async function drawPrivately(story: Story, text = 'a red fox --private', where = {}): Promise<SeenMessage> {
  await story.imagine(text, where);
  const message = await story.see('private images', (seen) => seen.isEphemeral && isFinished(seen), where);
  await story.settled();
  return message;
}

/** Presses a number, and waits for the image to be shown before it is chosen. */
async function preview(story: Story, message: SeenMessage, number: number): Promise<SeenMessage> {
  await story.click(message, number);
  const isPreview = (seen: SeenMessage) => seen.ts === message.ts && actionsOf(seen).includes(`share_image_${number}`);
  return story.see('the choice', isPreview, { channel: message.channel });
}

it('only the requester sees what --private draws: first a note, then one sheet, and nothing is posted', async () => {
  const story = await startStory();
  const message = await drawPrivately(story);
  expect(countImages(message)).toBe(4);
  expect(actionsOf(message)).toEqual([
    'pick_image_1',
    'pick_image_2',
    'pick_image_3',
    'pick_image_4',
    'reroll',
    'edit_prompt',
    'more',
  ]);
  expect(textOf(message)).toContain('"share:');
  expect(textOf(message)).not.toContain('"refresh:');
  expect(story.privately().map(({ text, blocks }) => (text.includes(note) ? 'note' : blocks.length > 1))).toEqual([
    'note',
    true,
  ]);
  expect([story.posted(), story.privately(story.marketing, story.ben)]).toEqual([[], []]);
  expect(story.records()).toMatchObject([{ visibility: 'private', destination: { kind: 'response_url' } }]);
  expect(JSON.stringify(story.records()), 'keeps no answer address').not.toContain(story.workspace.url);
});

it('a choice is shown first and changes nothing; “Back” returns to the images', async () => {
  const story = await startStory();
  const message = await drawPrivately(story);
  const shown = await preview(story, message, 2);
  expect(shown.images).toMatchObject([{ altText: 'Image 2: a red fox' }]);
  expect(actionsOf(shown)).toEqual(['share_image_2', 'keep_private', 'back_to_images']);
  await story.press(shown, 'back_to_images');
  const again = await story.see('the images', (seen) => seen.ts === message.ts && isFinished(seen));
  expect(countImages(again)).toBe(4);
  expect(story.records()[0]?.pick).toBeUndefined();
  expect(story.posted()).toEqual([]);
});

it('“Share” posts one message for everyone with the image, the prompt and the requester, whose file Slack keeps', async () => {
  const story = await startStory();
  await story.press(await preview(story, await drawPrivately(story), 3), 'share_image_3');
  const kept = await story.seeKept({ user: story.ben });
  await story.settled();
  expect(kept).toMatchObject({ images: [{ altText: 'Image 3: a red fox', problem: undefined }] });
  expect(textOf(kept)).toContain(`"user_id":"${story.ana}"},{"type":"text","text":" chose this image of"`);
  expect(story.posted().filter(isPicked)).toHaveLength(1);
  expect(story.privately().map(({ text }) => text.includes(note))).toEqual([true]); // the sheet is gone
  const [record] = story.records();
  expect(record).toMatchObject({ pick: { number: 3 } });
  expect(record?.destination).toEqual({ kind: 'message', ts: kept.ts }); // as if it had been posted at once
  expect(record?.visibility).toBeUndefined();
});

it.each(['secret', 'anaAndBen'] as const)('“Share” works where the app may not post (%s)', async (place) => {
  const story = await startStory();
  const channel = story.workspace.channels[place].id;
  const message = await drawPrivately(story, 'a red fox --private', { channel });
  await story.press(await preview(story, message, 1), 'share_image_1');
  const picked = await story.seePicked({ channel, user: story.ben });
  expect(picked).toMatchObject({ isEphemeral: false, images: [{ altText: 'Image 1: a red fox' }] });
  await story.settled();
  expect(story.posted(channel)).toHaveLength(1);
});

it('“Keep private” stores the choice and posts nothing; it can be shared later, once', async () => {
  const story = await startStory();
  await story.press(await preview(story, await drawPrivately(story), 2), 'keep_private');
  const kept = await story.see('the kept image', (seen) => actionsOf(seen).join() === 'share_batch,image_menu');
  await story.settled();
  expect(kept).toMatchObject({ isEphemeral: true, images: [{ altText: 'Image 2: a red fox' }] });
  expect(story.posted()).toEqual([]);
  expect(story.records()).toMatchObject([{ visibility: 'private', pick: { number: 2, pickedBy: story.ana } }]);
  await Promise.all([story.press(kept, 'share_batch'), story.press(kept, 'share_batch')]);
  await story.seePrivately('These images were already shared, so there is nothing more to do here.');
  expect((await story.seeKept({ user: story.ben })).images).toMatchObject([{ altText: 'Image 2: a red fox' }]);
  await story.until(() => !story.privately().some(({ ts }) => ts === kept.ts));
  expect(story.posted().filter(isPicked)).toHaveLength(1);
  expect(story.records()[0]?.visibility).toBeUndefined();
});

it('images for a post are private if that is the default, and what is shared of them comes in the post’s thread', async () => {
  const story = await startStory(byDefault);
  const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, text: 'Our garden has opened.' });
  await story.fromPost(ts);
  await seeForm(story);
  await submit(story, { prompt: 'a garden in spring' });
  const message = await story.see('private images', (seen) => seen.isEphemeral && isFinished(seen));
  expect(story.posted().map((seen) => seen.ts)).toEqual([ts]);
  await story.press(await preview(story, message, 1), 'share_image_1');
  expect(await story.seeKept({ user: story.ben })).toMatchObject({ threadTs: ts });
  await story.settled();
  expect(story.posted().filter(({ threadTs }) => threadTs !== ts)).toHaveLength(1); // the post
});

it('“Share all” posts the whole sheet, from which the requester chooses', async () => {
  const story = await startStory();
  await story.choose(await drawPrivately(story), 'share');
  const shared = await story.seeImages(4, { user: story.ben });
  await story.until(() => story.records()[0]?.destination?.kind === 'message');
  expect(textOf(shared)).toContain('"refresh:');
  await story.click(shared, 2);
  expect((await story.seeKept()).ts).toBe(shared.ts);
});

it('“Share” and “Keep private” pressed at once: one wins', async () => {
  const story = await startStory();
  const shown = await preview(story, await drawPrivately(story), 2);
  await Promise.all([story.press(shown, 'keep_private'), story.press(shown, 'share_image_2')]);
  await story.seePrivately('You already chose image 2.');
  await story.settled();
  expect(story.posted()).toHaveLength(story.records()[0]?.visibility === 'private' ? 0 : 1);
});

it('a share that Slack refuses leaves the images private, and says why', async () => {
  const story = await startStory();
  const shown = await preview(story, await drawPrivately(story), 2);
  story.planCalls('chat.postMessage', { kind: 'error', error: 'restricted_action' });
  await story.press(shown, 'share_image_2');
  await story.until(() => story.log().includes('not shared'));
  await story.seePrivately(problemSentences.share_refused);
  expect(story.records()).toMatchObject([{ visibility: 'private', pick: { number: 2 } }]);
  expect(story.posted()).toEqual([]);
  const chosen = await story.see('the choice', (seen) => seen.ts === shown.ts && isPicked(seen));
  await story.press(chosen, 'share_batch');
  expect((await story.seeKept({ user: story.ben })).images).toMatchObject([{ altText: 'Image 2: a red fox' }]);
  await story.settled();
  expect(story.records()[0]?.visibility).toBeUndefined();
});

it('“Other images” of a choice that is kept private take its place, and “Back” returns to it', async () => {
  const story = await startStory();
  await story.press(await preview(story, await drawPrivately(story), 2), 'keep_private');
  const isKept = (seen: SeenMessage) => actionsOf(seen).join() === 'share_batch,image_menu';
  const kept = await story.see('the kept image', isKept);
  const value = `other_images:${story.records()[0]?.id}`;
  const at = { user: story.ana, channel: kept.channel, messageTs: kept.ts };
  await story.workspace.choose({ ...at, actionId: 'image_menu', value });
  const others = await story.seePrivately('Choose another, and it takes its place.');
  await story.press(others, 'back_to_images');
  expect((await story.see('the kept image', isKept)).ts).toBe(kept.ts);
});

it('a double click on “Again” in a private message draws once', async () => {
  const story = await startStory();
  const message = await drawPrivately(story);
  await Promise.all([story.press(message, 'reroll'), story.press(message, 'reroll')]);
  await story.seePrivately('The images are still being drawn.');
  await story.settled();
  expect(story.records()).toHaveLength(2);
});

it('“Retry failed” in a private copy shows the images there and in the message that everyone sees', async () => {
  const { story, message } = await startWithThree();
  await story.imagine(`show ${story.records()[0]?.id}`);
  const copy = await story.see('the copy', (seen) => seen.isEphemeral && countImages(seen) === 3);
  await story.choose(copy, 'retry_failed');
  const isWhole = (seen: SeenMessage) => isFinished(seen) && countImages(seen) === 4;
  await story.see('all images there', (seen) => seen.ts === copy.ts && isWhole(seen));
  await story.see('all images', (seen) => seen.ts === message.ts && isWhole(seen), { user: story.ben });
  await story.settled();
  expect(story.records()[0]?.destination).toEqual({ kind: 'message', ts: message.ts });
});

it('“Again” in a private message replaces it by placeholders and then by the new images', async () => {
  const story = await startStory();
  const message = await drawPrivately(story);
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  story.planS3({ kind: 'held', until }, 'PutObject', /\/1\.png$/);
  await story.press(message, 'reroll');
  const isThis = (seen: SeenMessage) => seen.ts === message.ts;
  await story.see(
    'placeholders',
    (seen) => isThis(seen) && seen.text.startsWith('Drawing') && seen.images.length === 1,
  );
  release();
  await story.see('new images', (seen) => isThis(seen) && isFinished(seen) && story.records().length === 2);
  await story.settled();
  expect(story.records()).toMatchObject([{ visibility: 'private' }, { visibility: 'private' }]);
  expect(story.posted()).toEqual([]);
});

it('“Change” in a private message replaces it too, even if the bucket cannot read the form’s draft', async () => {
  const story = await startStory();
  const message = await drawPrivately(story);
  await story.press(message, 'edit_prompt');
  const form = await seeForm(story);
  expect(JSON.stringify(form)).toContain('Only you will see these images, until you share one.');
  await submit(story, { prompt: 'a blue fox' });
  await story.see(
    'new images',
    (seen) => seen.ts === message.ts && textOf(seen).includes('a blue fox') && isFinished(seen),
  );
  await story.press(await story.seePrivately('a blue fox'), 'edit_prompt');
  await seeForm(story);
  story.planS3({ kind: 'error', code: 'InternalError' }, 'GetObject', /\/draft\.json$/, always);
  await submit(story, { prompt: 'a green fox' });
  await story.until(() => story.records().length === 3);
  await story.settled();
  expect(story.posted(), 'its answer address is lost, so it is a direct message').toEqual([]);
});

it('“Again” and “Change” replace a private message within the five uses of their response_urls, though Slack refuses its images', async () => {
  const story = await startStory();
  story.workspace.faults.images.add({ kind: 'refused' }, { times: always });
  const message = await drawPrivately(story);
  const uses = () => story.workspace.calls().filter(({ method }) => method === 'response_url').length;
  const again = () => story.press(message, 'reroll');
  async function change() {
    await story.press(message, 'edit_prompt');
    await seeForm(story);
    await submit(story);
  }
  for (const [index, replace] of [again, change].entries()) {
    const before = uses();
    await replace();
    await story.until(() => story.records()[index + 1]?.finishedAt);
    await story.settled();
    expect(uses() - before).toBeLessThanOrEqual(5);
    const replaced = await story.see('the end, in its place', ({ ts }) => ts === message.ts);
    expect(batchIdOf(replaced)).toBe(story.records()[index + 1]?.id);
    expect(textOf(replaced)).toContain('Slack could not show the images.');
  }
  expect(story.posted()).toEqual([]);
});

it('a form that a command opens with --private stays private', async () => {
  const story = await startStory({ settings: { PROMPT_MODEL: 'off' } });
  await story.imagine('ein roter Fuchs im Schnee vor dem Haus mit einem Hut --private');
  await seeForm(story);
  await submit(story, { prompt: 'a red fox in the snow' });
  await story.see('private images', (seen) => seen.isEphemeral && isFinished(seen));
  await story.imagine('--private');
  await seeForm(story);
  await submit(story, { prompt: 'a blue fox in the snow' });
  await story.see(
    'private images',
    (seen) => seen.isEphemeral && isFinished(seen) && textOf(seen).includes('a blue fox'),
  );
  await story.settled();
  expect(story.posted()).toEqual([]);
});

it('the workspace’s default is overridden by the user’s own, and that by a flag', async () => {
  const story = await startStory(byDefault);
  await drawPrivately(story, 'a red fox');
  await story.imagine('settings');
  await seeForm(story);
  await submit(story, { visibility: 'channel' });
  await story.imagine('a blue fox');
  await story.see('images for all', (seen) => !seen.isEphemeral && isFinished(seen));
  await drawPrivately(story, 'a green fox --private');
  await story.imagine('a gray fox --public', { user: story.ben });
  await story.see(
    'images for all',
    (seen) => !seen.isEphemeral && isFinished(seen) && textOf(seen).includes('a gray fox'),
  );
  expect(story.records().map(({ visibility }) => visibility)).toEqual(['private', undefined, 'private', undefined]);
});

it('once Slack no longer takes answers, the requester is told in a direct message how to go on, and nothing is posted', async () => {
  const story = await startStory();
  story.workspace.faults.responseUrls.add(
    { kind: 'error', error: 'expired_url' },
    { times: always, when: (call) => JSON.stringify(call.arguments).includes('pick_image_1') },
  );
  await story.imagine('a red fox --private');
  const name = () => story.records()[0]?.id.slice(-6).toLowerCase();
  await story.seePrivately(note);
  await story.settled();
  const app = story.workspace.everyChannel().find(({ kind }) => kind === 'app');
  const direct = story.workspace.messages(app?.id ?? '', { as: story.ana });
  expect(direct.map(textOf).join()).toContain(`/imagine show ${name()}`);
  expect(story.posted()).toEqual([]);
});

it('a private message that Slack forgot comes back by /imagine history, and its images can still be shared', async () => {
  const story = await startStory();
  await drawPrivately(story);
  await story.imagine('history');
  await story.press(await story.seePrivately('Your latest images'), 'show_batch_1');
  const again = await story.see('the images', (seen) => seen.isEphemeral && actionsOf(seen).includes('share_batch'));
  expect(actionsOf(again)).not.toContain('reroll');
  expect(story.posted()).toEqual([]);
  await story.press(again, 'share_batch');
  const shared = await story.seeImages(4, { user: story.ben });
  await story.until(() => story.records()[0]?.destination?.kind === 'message');
  expect(shared.isEphemeral).toBe(false);
  await story.click(shared, 4);
  expect((await story.seeKept()).ts).toBe(shared.ts);
});

it('another user finds no private batch, whose buttons are not for them either', async () => {
  const story = await startStory();
  await drawPrivately(story);
  await story.imagine(`show ${story.records()[0]?.id}`, { user: story.ben });
  await story.seePrivately('I cannot find batch', { user: story.ben });
  await story.imagine('a blue fox', { user: story.ben });
  const theirs = await story.seeImages(4, { user: story.ben });
  await story.settled();
  const value = `${story.records()[0]?.id}:1`;
  const { chat } = new webApi.WebClient(story.workspace.botToken, { slackApiUrl: story.workspace.apiUrl });
  const elements = ['share_image_1', 'edit_prompt'].map(
    (action_id) => ({ type: 'button', action_id, value, text: { type: 'plain_text', text: '1' } }) as const,
  );
  await chat.update({ ...theirs, text: 'x', blocks: [{ type: 'actions', elements }] });
  await story.press(theirs, 'share_image_1', story.ben);
  await story.seePrivately(`Only <@${story.ana}> can do that here.`, { user: story.ben });
  expect(story.records()[0]?.pick).toBeUndefined();
  await story.press(theirs, 'edit_prompt', story.ben);
  await story.until(() =>
    JSON.stringify(story.workspace.openView(story.ben) ?? '').includes('Only the person who asked can'),
  );
});

it('private images stay private if the process is killed while they are drawn', async () => {
  const story = await startStory();
  story.planS3(held, 'PutObject', /\/1\.png$/);
  await story.imagine('a red fox --private');
  await story.restart(() => story.records()[0]?.images.filter(({ state }) => state === 'stored').length === 3);
  expect(countImages(await story.see('private images', (seen) => seen.isEphemeral && isFinished(seen)))).toBe(4);
  expect(story.posted()).toEqual([]);
});

it('a share that was recorded and not posted when the process was killed is shown to the requester, who can share it', async () => {
  const story = await startStory();
  const shown = await preview(story, await drawPrivately(story), 2);
  story.planCalls('chat.postMessage', held);
  void story.press(shown, 'share_image_2').catch(() => undefined);
  await story.restart(() => story.records()[0]?.pick);
  expect(story.posted()).toEqual([]);
  const told = await story.see('the chosen image', (seen) => actionsOf(seen).join() === 'share_batch,image_menu');
  await story.press(told, 'share_batch');
  expect((await story.seeKept({ user: story.ben })).images).toMatchObject([{ altText: 'Image 2: a red fox' }]);
});

it('“Discard” and “Retry failed” work in a private message, which stays a sheet if cards are set', async () => {
  const story = await startStory({ settings: { PREVIEW_LAYOUT: 'carousel' } });
  story.failImage(3);
  const message = await drawPrivately(story);
  expect(countImages(message)).toBe(3);
  expect(message.blocks.map(({ type }) => type)).not.toContain('carousel');
  await story.choose(message, 'retry_failed');
  const whole = await story.see('four images', (seen) => seen.ts === message.ts && countImages(seen) === 4);
  await story.settled();
  await story.choose(whole, 'discard');
  await story.until(() => !story.privately().some(({ ts }) => ts === message.ts));
  expect(story.records()[0]?.discardedAt).toBeDefined();
  expect(story.posted()).toEqual([]);
});
