import { expect, it } from 'vitest';
import { initialValue, seeForm, submit } from './form.js';
import { startStory, startWithThree, textOf } from './story.js';

async function startWithComic() {
  const story = await startStory();
  await story.imagine('a red fox --style comic --ar 3:2');
  return { story, message: await story.seeImages() };
}

it('“Re-roll” draws the same with new seeds, for the user who clicks, and links to its parent', async () => {
  const { story, message } = await startWithComic();
  await story.press(message, 'reroll', story.ben);
  const again = await story.seeNewBatch([message]);
  const [first, second] = story.records();
  expect(second).toMatchObject({
    requesterId: story.ben,
    prompt: 'a red fox',
    settings: first?.settings,
    parent: { id: first?.id },
  });
  expect(second?.images[0]?.seed).not.toBe(first?.images[0]?.seed);
  expect(textOf(again)).toContain(`"url":"${second?.parent?.link}"`);
  expect(second?.parent?.link).toContain(message.ts.replace('.', ''));
});

it('“Edit prompt” opens the form with the batch’s prompt and settings, and makes a new batch', async () => {
  const { story, message } = await startWithComic();
  await story.press(message, 'edit_prompt', story.ben);
  const form = await seeForm(story, story.ben);
  const shown = ['prompt', 'style', 'aspect_ratio'].map((field) => initialValue(form, field));
  expect(shown).toEqual(['a red fox', 'comic', '3:2']);
  await submit(story, { prompt: 'a blue fox' }, story.ben);
  await story.seeNewBatch([message]);
  expect(story.records()[1]).toMatchObject({
    prompt: 'a blue fox',
    requesterId: story.ben,
    parent: { id: story.records()[0]?.id },
  });
});

it('“Try again” draws only the image that failed, with another seed, for the requester only', async () => {
  const { story, message } = await startWithThree();
  const failed = story.seedOf(3);
  await story.press(message, 'retry_image_3', story.ben);
  await story.seePrivately(`Only <@${story.ana}> can do that here.`, { user: story.ben });
  expect(story.bedrock.requests()).toHaveLength(4);
  await story.press(message, 'retry_image_3');
  expect((await story.seeImages()).ts).toBe(message.ts);
  expect(story.bedrock.requests()).toHaveLength(5);
  expect(story.seedOf(3)).not.toBe(failed);
});

it('“Discard” deletes the message, leaves the images in the bucket, and is for the requester only', async () => {
  const { story, message } = await startWithComic();
  await story.press(message, 'discard', story.ben);
  await story.seePrivately('', { user: story.ben });
  expect(story.posted()).toHaveLength(1);
  await story.press(message, 'discard');
  await story.until(() => story.posted().length === 0);
  expect(story.records()[0]?.discardedAt).toBeDefined();
  expect(story.keys(/\.png$/)).toHaveLength(4);
});

it.each(['marketing', 'secret'] as const)('in #%s every button works after the process was replaced', async (place) => {
  const story = await startStory();
  const where = { channel: story[place] };
  story.failImage(3);
  await story.imagine('a red fox', where);
  const message = await story.seeImages(3, where);
  await story.app.stop();
  await story.startApp();
  await story.press(message, 'edit_prompt');
  await seeForm(story);
  await story.press(message, 'retry_image_3');
  expect((await story.seeImages(4, where)).ts).toBe(message.ts);
  await story.press(message, 'reroll');
  const again = await story.seeNewBatch([message], where);
  expect(again.images).toHaveLength(4);
  await story.press(again, 'discard');
  await story.until(() => story.posted(where.channel).every(({ ts }) => ts !== again.ts));
  await story.click(message, 2);
  expect((await story.seePicked(where)).ts).toBe(message.ts);
  expect(story.log()).not.toContain('"level":50');
});
