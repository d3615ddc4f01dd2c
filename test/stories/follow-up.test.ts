import { expect, it } from 'vitest';
import { initialValue, seeForm, seeModal, submit, wordsOf } from './form.js';
import { counted } from './restart-story.js';
import { batchIdOf, countImages, startStory, startWithImages, startWithThree, textOf } from './story.js';

async function startWithComic() {
  const story = await startStory();
  await story.imagine('a red fox --style comic --ar 3:2');
  return { story, message: await story.seeImages() };
}

it('“Again” draws the same with new seeds, for the user who clicks, and links to its parent', async () => {
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

it('“Change” opens the form with the batch’s prompt and settings, and makes a new batch', async () => {
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

it('“Retry failed” draws only the image that failed, with another seed, for the requester only', async () => {
  const { story, message } = await startWithThree();
  const failed = story.seedOf(3);
  await story.choose(message, 'retry_failed', story.ben);
  await story.seePrivately(`Only <@${story.ana}> can do that here.`, { user: story.ben });
  expect(story.bedrock.requests()).toHaveLength(4);
  await story.choose(message, 'retry_failed');
  const again = await story.seeImages();
  expect(again.ts).toBe(message.ts);
  expect(textOf(again)).not.toContain('retry_failed');
  expect(story.bedrock.requests()).toHaveLength(5);
  expect(story.seedOf(3)).not.toBe(failed);
});

it('“Retry failed” draws both images that failed with one click, for the user who clicks, and not while they are drawn', async () => {
  const story = await startStory({ settings: { WHO_MAY_PICK: 'anyone' } });
  for (const number of [2, 4]) story.failImage(number);
  await story.imagine('a red fox');
  const message = await story.seeImages(2);
  await story.settled();
  const failed = [2, 4].map(story.seedOf);
  story.bedrock.setLatency(1000);
  await Promise.all([1, 2].map(() => story.choose(message, 'retry_failed', story.ben)));
  await story.seePrivately('The images are still being drawn.', { user: story.ben });
  expect((await story.seeImages()).ts).toBe(message.ts);
  await story.settled();
  expect(story.bedrock.requests()).toHaveLength(6);
  expect([2, 4].map(story.seedOf)).not.toEqual(failed);
  expect([counted(story, story.ana), counted(story, story.ben)]).toEqual([[2], [2]]);
});

it('“Details” tells everyone how to make the images again', async () => {
  const story = await startStory();
  await story.imagine('a red fox --style comic --ar 3:2 --no text --seed 7');
  const message = await story.seeImages();
  await story.choose(message, 'details', story.ben);
  const words = wordsOf(await seeModal(story, 'Details', story.ben));
  const id = batchIdOf(message).slice(-6).toLowerCase();
  for (const line of [
    'a red fox',
    'text',
    '*Style*\\nComic',
    '*Aspect ratio*\\n3:2',
    '*Model*\\nStable Image Core',
    '*Seed*\\n7–10',
    '*Cost*\\nabout $0.16',
    `*Batch*\\n${id}`,
  ]) {
    expect(words).toContain(`"${line}"`);
  }
  expect(words).toMatch(/"\*Time\*\\n\d+ s"/);
});

it('“Open full size” shows each image with its seed and a link to the original', async () => {
  const { story, message } = await startWithThree();
  await story.choose(message, 'full_size', story.ben);
  const { blocks } = await seeModal(story, 'Full size', story.ben);
  const images = blocks.flatMap((block) => (block.type === 'image' ? block : []));
  expect(images.map(({ alt_text, title }) => [alt_text, title?.text])).toEqual(
    [1, 2, 4].map((number) => [`Image ${number}: a red fox`, `Image ${number} · seed ${story.seedOf(number)}`]),
  );
  const links = [...JSON.stringify(blocks).matchAll(/"action_id":"open_image_\d".*?"url":"([^"]*)"/g)];
  const types = await Promise.all(
    [...images.map(({ image_url = '' }) => image_url), ...links.map(([, url = '']) => url)].map(async (url) =>
      (await fetch(url)).headers.get('content-type'),
    ),
  );
  expect(types).toEqual([...Array(3).fill('image/jpeg'), ...Array(3).fill('image/png')]);
});

it('“Open full size” keeps its links if Slack refuses its images', async () => {
  const { story, message } = await startWithImages();
  const hasImage = ({ arguments: given }: { arguments: unknown }) =>
    /\\?"type\\?":\\?"image\\?"/.test(JSON.stringify(given));
  story.workspace.faults.calls.add({ kind: 'error', error: 'invalid_arguments' }, { when: hasImage });
  await story.choose(message, 'full_size');
  const words = wordsOf(await seeModal(story, 'Full size'));
  expect(words).toContain(`Image 4 · seed ${story.seedOf(4)}`);
  expect(words.match(/"action_id":"open_image_\d"/g)).toHaveLength(4);
});

it('buttons of messages from earlier releases work', async () => {
  const { story, message } = await startWithThree();
  const old = ['pick_image_1', 'pick_image_2', 'retry_image_3', 'refresh_previews', 'discard', 'edit_prompt', 'reroll'];
  await story.putOldButtons(message, old);
  await story.press(message, 'refresh_previews');
  expect((await story.seeImages(3)).ts).toBe(message.ts);
  await story.putOldButtons(message, old);
  await story.press(message, 'retry_image_3');
  await story.seeImages();
  await story.settled();
  await story.putOldButtons(message, old);
  await story.press(message, 'edit_prompt');
  await seeForm(story);
  await story.press(message, 'reroll');
  const again = await story.seeNewBatch([message]);
  await story.putOldButtons(again, old);
  await story.press(again, 'discard');
  await story.until(() => story.posted().length === 1);
  await story.click(message, 2);
  expect(await story.seeKept()).toMatchObject({ ts: message.ts, images: [{ altText: 'Image 2: a red fox' }] });
});

it('links and “Show” in messages from earlier releases work', async () => {
  const { story, message } = await startWithThree();
  await story.putOldButtons(message, ['open_image_1', 'show_batch_10']);
  await story.press(message, 'open_image_1'); // Slack opens the link: the click only has to be acknowledged
  await story.press(message, 'show_batch_10');
  expect(countImages(await story.seeNewBatch([message]))).toBe(3);
  expect(story.privately().filter(({ text }) => !/ready/.test(text))).toEqual([]);
});

it('“Discard” deletes the message, leaves the images in the bucket, and is for the requester only', async () => {
  const { story, message } = await startWithComic();
  await story.choose(message, 'discard', story.ben);
  await story.seePrivately('', { user: story.ben });
  expect(story.posted()).toHaveLength(1);
  await story.choose(message, 'discard');
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
  await story.choose(message, 'retry_failed');
  expect((await story.seeImages(4, where)).ts).toBe(message.ts);
  await story.press(message, 'reroll');
  const again = await story.seeNewBatch([message], where);
  expect(countImages(again)).toBe(4);
  await story.choose(again, 'discard');
  await story.until(() => story.posted(where.channel).every(({ ts }) => ts !== again.ts));
  await story.click(message, 2);
  expect((await story.seePicked(where)).ts).toBe(message.ts);
  expect(story.log()).not.toContain('"level":50');
});
