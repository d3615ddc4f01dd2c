import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { choose } from './operate.js';
import { actionsOf, batchIdOf, isPicked, type Story, startStory, startWithImages, textOf } from './story.js';

const isLarger = (seen: SeenMessage) => textOf(seen).includes(' asked for a larger version:');
const seeLarger = (story: Story, channel = story.marketing, user = story.ana) =>
  story.see('the larger image', (seen) => isLarger(seen) && seen.images.length > 0, { channel, user });
const nameOf = (story: Story, index = 0) => story.records()[index]?.id.slice(-6).toLowerCase();

/** What Ana alone is shown of the batch from which she came here. */
const seeParent = (story: Story, channel = story.marketing, user = story.ana) =>
  story.see('the parent', (seen) => seen.isEphemeral && isPicked(seen) && textOf(seen).includes('share_batch'), {
    channel,
    user,
  });

it('an image made of another says so with a link to the message of that, once it is kept too', async () => {
  const { story, message } = await startWithImages();
  await story.click(message, 2);
  await choose(story, await story.seeKept(), 'upscale');
  await story.until(() => story.records()[1]?.pick?.slackFileId);
  await story.settled();
  const larger = await seeLarger(story);
  const link = story.records()[1]?.parent?.link;
  expect(link).toContain(message.ts.replace('.', ''));
  expect(textOf(larger)).toContain(
    `{"type":"text","text":"From "},{"type":"link","url":"${link}","text":"image 2 of batch ${nameOf(story)}"}`,
  );
  expect(actionsOf(larger)).toEqual(['image_menu']);
  await story.imagine(`show ${nameOf(story, 1)}`);
  const recalled = await story.see('the larger image in private', (seen) => seen.isEphemeral && isLarger(seen));
  expect(textOf(recalled)).toContain(`"url":"${link}","text":"image 2 of batch`);
  expect(actionsOf(recalled)).toEqual(['share_batch', 'image_menu']);
});

it('an image made where the bot may not post leads back for everyone there', async () => {
  const story = await startStory();
  const channel = story.secret;
  await story.imagine('a red fox', { channel });
  await story.click(await story.seeImages(4, { channel }), 2);
  await story.settled();
  await choose(story, await story.seePicked({ channel }), 'upscale');
  const larger = await seeLarger(story, channel);
  await story.settled();
  expect([larger.isEphemeral, story.records()[1]?.parent?.link]).toEqual([false, undefined]);
  for (const user of [story.ben, story.ana]) {
    await story.press(larger, 'show_parent', user);
    expect(batchIdOf(await seeParent(story, channel, user))).toBe(story.records()[0]?.id);
  }
});
