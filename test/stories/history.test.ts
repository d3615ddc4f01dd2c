import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { choose } from './operate.js';
import { always, countImages, denied, isFinished, isPicked, type Story, startStory, textOf } from './story.js';

/** The newest batch's name, as its details show it. */
const nameOf = (story: Story) => story.records().at(-1)?.id.slice(-6).toLowerCase() ?? '';

async function draw(story: Story, prompt: string, channel = story.marketing): Promise<SeenMessage> {
  await story.imagine(prompt, { channel });
  return story.see('its images', (seen) => isFinished(seen) && textOf(seen).includes(prompt), { channel });
}

const isKept = ({ images }: SeenMessage) => images.some(({ fileId }) => fileId);

async function discard(story: Story, message: SeenMessage): Promise<void> {
  await story.choose(message, 'discard');
  await story.until(() => story.records().some(({ discardedAt }) => discardedAt));
  await story.until(() => story.workspace.messages(message.channel).every(({ ts }) => ts !== message.ts));
}

/** What this person alone is shown of an earlier batch. */
function seeRecalled(story: Story, user = story.ana, channel = story.marketing): Promise<SeenMessage> {
  return story.see('the batch', (seen) => seen.isEphemeral && textOf(seen).includes('"share_batch"'), {
    user,
    channel,
  });
}

async function shareRecalled(story: Story, user = story.ana, channel = story.marketing): Promise<void> {
  await story.press(await seeRecalled(story, user, channel), 'share_batch', user);
}

const lines = ({ blocks }: SeenMessage) =>
  blocks.flatMap((block) =>
    block.type === 'section' && block.fields ? [[block.text?.text, block.fields[1]?.text]] : [],
  );
const nothingYet = 'You have not drawn any images yet.';

it('/imagine history lists one’s own batches of every channel, newest first, with what became of them', async () => {
  const story = await startStory();
  await story.click(await draw(story, 'a red fox'), 2);
  await story.seeKept();
  await draw(story, 'a blue fox', story.secret);
  await story.imagine('a fox of Ben', { user: story.ben });
  await story.see('the images of Ben', (seen) => isFinished(seen) && textOf(seen).includes('a fox of Ben'));
  await discard(story, await draw(story, 'a green fox'));
  await draw(story, 'something forbidden');
  await story.imagine('history');
  const list = await story.seePrivately('Your latest images');
  const name = (prompt: string) =>
    story
      .records()
      .find((batch) => batch.prompt === prompt)
      ?.id.slice(-6)
      .toLowerCase();
  expect(lines(list)).toEqual([
    ['something forbidden', `nothing could be drawn · batch ${name('something forbidden')}`],
    ['a green fox', `4 of 4 drawn, discarded · batch ${name('a green fox')}`],
    ['a blue fox', `4 of 4 drawn, none chosen · batch ${name('a blue fox')}`],
    ['a red fox', `4 images, number 2 chosen · batch ${name('a red fox')}`],
  ]);
  expect(textOf(list)).toMatch(/<!date\^\d{10}\^\{date_short_pretty\} \{time\}\|\d{4}-\d\d-\d\d \d\d:\d\d UTC>/);
});

it('/imagine history puts what was made of an image below it, with small previews that the bucket has already', async () => {
  const story = await startStory();
  await story.click(await draw(story, 'a red fox'), 2);
  const picked = await story.seeKept();
  await draw(story, 'a blue fox');
  await choose(story, picked, 'upscale');
  const larger = await story.see('the larger image', (seen) => isKept(seen) && seen.ts !== picked.ts);
  await choose(story, larger, 'remove_background');
  await story.until(() => story.records().filter(({ pick }) => pick?.slackFileId).length === 3);
  await draw(story, 'something forbidden');
  await story.settled();
  const before = story.keys(/^/);
  await story.imagine('history');
  const list = await story.seePrivately('Your latest images');
  const names = story.records().map(({ id }) => id.slice(-6).toLowerCase());
  expect(lines(list)).toEqual([
    ['something forbidden', `nothing could be drawn · batch ${names[4]}`],
    ['a red fox', `4 images, number 2 chosen · batch ${names[0]}`],
    ['Larger, from image 2\na red fox', `1 image, kept · batch ${names[2]}`],
    [`Without its background, from image 1 of batch ${names[2]}\na red fox`, `1 image, kept · batch ${names[3]}`],
    ['a blue fox', `4 of 4 drawn, none chosen · batch ${names[1]}`],
  ]);
  expect(list.images).toMatchObject([
    { altText: 'Image 2: a red fox', problem: undefined },
    { altText: 'Image 1: a red fox', problem: undefined },
    { altText: 'Image 1: a red fox', problem: undefined },
    { altText: '4 images, numbered 1 to 4: a blue fox', problem: undefined },
  ]);
  expect(story.keys(/^/)).toEqual(before);
});

it.each<[what: string, arrange: (story: Story) => void]>([
  [
    'that Slack cannot download',
    ({ workspace }) => workspace.faults.images.add({ kind: 'refused' }, { times: always }),
  ],
  [
    'that the bucket has no more',
    ({ s3, bucket, keys }) => {
      for (const key of keys(/\.jpg$/)) s3.deleteObject(bucket, key);
    },
  ],
  ['that the bucket does not tell of', ({ planS3 }) => planS3(denied, 'HeadObject', /\.jpg$/, always)],
])('/imagine history leaves out previews %s', async (_what, arrange) => {
  const story = await startStory();
  await draw(story, 'a red fox');
  await story.settled();
  arrange(story);
  await story.imagine('history');
  const list = await story.seePrivately('a red fox');
  expect([list.images, lines(list).length]).toEqual([[], 1]);
  expect(story.log()).not.toContain('"level":50');
});

it('/imagine history ends with the tenth, after one listing of the bucket', async () => {
  const story = await startStory();
  for (let count = 1; count <= 11; count += 1) {
    await story.imagine(`fox number ${count} in the snow --n 1`);
    await story.until(() => story.records().length === count);
  }
  await story.until(() => story.records().every(({ finishedAt }) => finishedAt));
  const listings = () => story.asked('ListObjectsV2', /^/).length;
  const before = listings();
  await story.imagine('history');
  const list = await story.seePrivately('fox number 11');
  expect(lines(list).map(([prompt]) => prompt)).toEqual(
    [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((count) => `fox number ${count} in the snow`),
  );
  expect(listings() - before).toBe(1);
});

it('/imagine history says so if there is nothing yet, has a button that brings a batch back, and passes over what cannot be read', async () => {
  const story = await startStory();
  await story.imagine('history');
  await story.seePrivately(nothingYet);
  const message = await draw(story, 'a tame fox');
  await story.imagine('history', { user: story.ben });
  await story.seePrivately(nothingYet, { user: story.ben });
  await story.imagine('history');
  await story.press(await story.seePrivately('a tame fox'), 'show_batch_1');
  expect(countImages(await seeRecalled(story))).toBe(4);
  expect(story.posted().map(({ ts }) => ts)).toEqual([message.ts]);
  await story.settled();
  await story.overwriteRecord('{"version":99}');
  await draw(story, 'a blue fox');
  await story.imagine('history');
  expect(lines(await story.seePrivately('a blue fox')).map(([prompt]) => prompt)).toEqual(['a blue fox']);
});

it.each(['short name', 'whole id'])('/imagine show brings back a discarded batch by its %s', async (by) => {
  const story = await startStory();
  await discard(story, await draw(story, 'a red fox'));
  await story.imagine(`show ${by === 'short name' ? nameOf(story) : story.records()[0]?.id}`);
  await shareRecalled(story);
  const again = await story.seeImages(4, { user: story.ben });
  await story.until(() => !story.records()[0]?.discardedAt);
  await story.click(again, 3);
  const kept = await story.seeKept();
  expect([kept.ts, kept.images[0]?.problem]).toEqual([again.ts, undefined]);
});

it('/imagine show brings one’s own batch to another channel, where its buttons work and more is drawn', async () => {
  const story = await startStory();
  const { ts } = await draw(story, 'a red fox', story.secret);
  await story.imagine(`show batch ${nameOf(story).toUpperCase()}`);
  await shareRecalled(story);
  const again = await story.seeImages(4, { user: story.ben });
  await story.until(() => story.privately().length === 0);
  await story.app.stop();
  await story.startApp(); // another process knows it as well
  await story.press(again, 'reroll', story.ben);
  expect((await story.seeNewBatch([again])).channel).toBe(story.marketing);
  await story.click(again, 2);
  expect((await story.seeKept()).ts).toBe(again.ts);
  expect(story.records().filter(({ prompt }) => prompt === 'a red fox')).toHaveLength(2);
  expect(story.posted(story.secret).map((seen) => [seen.ts, countImages(seen)])).toEqual([[ts, 4]]);
});

it('/imagine show answers clicks on the older message by the record, and shows the picked image again elsewhere', async () => {
  const story = await startStory();
  const older = await draw(story, 'a red fox');
  await story.imagine(`show ${nameOf(story)}`, { user: story.ben }); // as anyone may where it was made
  await shareRecalled(story, story.ben);
  const newer = await story.seeNewBatch([older]);
  await story.until(() => story.privately(story.marketing, story.ben).length === 0);
  await story.click(older, 4);
  await story.seeKept();
  await story.until(() => story.posted().filter(isPicked).length === 2);
  expect(story.posted().map(({ ts }) => ts)).toEqual(expect.arrayContaining([older.ts, newer.ts]));
  await story.imagine(`show ${nameOf(story)}`, { channel: story.random });
  await shareRecalled(story, story.ana, story.random);
  const again = await story.seePicked({ channel: story.random, user: story.ben });
  expect(again.images).toMatchObject([{ altText: 'Image 4: a red fox' }]);
  expect(again.images[0]?.problem).toBeUndefined();
});

it('/imagine show works if the bot may not post, and a choice made there is for all to see', async () => {
  const story = await startStory();
  await draw(story, 'a red fox');
  const channel = story.secret;
  await story.imagine(`show ${nameOf(story)}`, { channel });
  const again = await story.seeImages(4, { channel });
  expect(again.isEphemeral).toBe(true);
  await story.click(again, 2);
  await story.press(
    await story.see('the choice', (seen) => textOf(seen).includes('share_image_2'), { channel }),
    'share_image_2',
  );
  const picked = await story.seePicked({ channel, user: story.ben });
  expect(picked.images).toMatchObject([{ altText: 'Image 2: a red fox' }]);
  await story.until(() => story.privately(channel).every(({ ts }) => ts !== again.ts));
  await story.seeKept();
});

it('a choice that is shared in another channel leaves a link in the first, which says so', async () => {
  const story = await startStory();
  const channel = story.random;
  const message = await draw(story, 'a red fox', channel);
  await story.imagine(`show ${nameOf(story)}`);
  await story.click(await seeRecalled(story), 2);
  await story.press(await story.see('the choice', (seen) => textOf(seen).includes('share_image_2')), 'share_image_2');
  expect((await story.seeKept({ user: story.ben })).images[0]?.problem).toBeUndefined();
  await story.settled();
  const before = await story.see('the link', (seen) => seen.ts === message.ts && isPicked(seen), { channel });
  expect(textOf(before)).toContain('This image is a link that works until');
});

it('/imagine show draws nothing for a name that it does not know, and says how to; other words with it are drawn', async () => {
  const story = await startStory();
  await story.imagine('show ferret');
  await story.seePrivately('/imagine a show ferret');
  expect(story.records()).toEqual([]);
  await draw(story, 'show horses on a beach');
});

it.each(['in another channel', 'after it was discarded'])('another user’s batch cannot be shown %s', async (where) => {
  const story = await startStory();
  const message = await draw(story, 'a red fox', where === 'in another channel' ? story.secret : story.marketing);
  if (where === 'after it was discarded') await discard(story, message);
  await story.until(
    () => story.posted().length === 0 && !JSON.stringify(story.records()).includes(story.workspace.url),
  ); // its very last write
  const before = story.records();
  await story.imagine(`show ${nameOf(story)}`, { user: story.ben });
  await story.seePrivately('I cannot find batch', { user: story.ben });
  expect([story.posted(), story.records()]).toEqual([[], before]);
});
