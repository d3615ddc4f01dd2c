import { describe, expect, it, vi } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { isFinished, isPicked, type Story, startStory, textOf } from './story.js';

/** The newest batch's name, as its message shows it. */
const nameOf = (story: Story) => story.records().at(-1)?.id.slice(-6).toLowerCase() ?? '';

async function draw(story: Story, prompt: string, channel = story.marketing): Promise<SeenMessage> {
  await story.imagine(prompt, { channel });
  return story.see('its images', (seen) => isFinished(seen) && textOf(seen).includes(prompt), { channel });
}

const privateAnswer = (story: Story, user = story.ana, channel = story.marketing) =>
  story.see('a private answer', ({ isEphemeral, images }) => isEphemeral && images.length === 0, { user, channel });

const lines = ({ blocks }: SeenMessage) =>
  blocks.slice(1).map((block) => (block.type === 'section' ? [block.text?.text, block.fields?.[1]?.text] : []));

describe('/imagine history', () => {
  it('lists one’s own batches of every channel, newest first, with what became of them', async () => {
    const story = await startStory();
    await story.click(await draw(story, 'a red fox'), 2);
    await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId));
    await draw(story, 'a blue fox', story.secret);
    await story.imagine('a fox of Ben', { user: story.ben });
    await story.see('the images of Ben', (seen) => isFinished(seen) && textOf(seen).includes('a fox of Ben'));
    await story.press(await draw(story, 'a green fox'), 'discard');
    await story.workspace.waitFor(() => story.records().some(({ discardedAt }) => discardedAt));
    await draw(story, 'something forbidden');
    await story.imagine('history');
    const list = await privateAnswer(story);
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

  it('ends with the tenth, after one listing of the bucket', async () => {
    const story = await startStory();
    for (let count = 1; count <= 11; count += 1) {
      await story.imagine(`fox number ${count} in the snow --n 1`);
      await story.workspace.waitFor(() => story.records().length === count);
    }
    await story.workspace.waitFor(() => story.records().filter(({ finishedAt }) => finishedAt).length === 11, {
      timeoutMs: 15_000,
    });
    const listings = () => story.s3.requests().filter(({ operation }) => operation === 'ListObjectsV2').length;
    const before = listings();
    await story.imagine('history');
    const list = await privateAnswer(story);
    expect(lines(list).map(([prompt]) => prompt)).toEqual(
      [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((count) => `fox number ${count} in the snow`),
    );
    expect(listings() - before).toBe(1);
  });

  it('says so if there is nothing yet', async () => {
    const story = await startStory();
    await story.imagine('history');
    expect((await privateAnswer(story)).text).toContain('You have not drawn any images yet.');
  });

  it('has a button that brings a batch back', async () => {
    const story = await startStory();
    const message = await draw(story, 'a red fox');
    await story.imagine('history');
    await story.press(await privateAnswer(story), 'show_batch_1');
    const again = await story.see('the batch again', (seen) => isFinished(seen) && seen.ts !== message.ts);
    expect(again.images).toHaveLength(4);
  });

  it('passes over a record that cannot be read', async () => {
    const story = await startStory();
    await draw(story, 'a red fox');
    await story.overwriteRecord('{"version":99}');
    await draw(story, 'a blue fox');
    await story.imagine('history');
    expect(lines(await privateAnswer(story)).map(([prompt]) => prompt)).toEqual(['a blue fox']);
  });
});

describe('/imagine show', () => {
  it.each(['short name', 'whole id'])('brings back a discarded batch by its %s, with working buttons', async (by) => {
    const story = await startStory();
    await story.press(await draw(story, 'a red fox'), 'discard');
    await story.workspace.waitFor(() => story.workspace.messages(story.marketing).length === 0);
    await story.imagine(`show ${by === 'short name' ? nameOf(story) : story.records()[0]?.id}`);
    const again = await story.see('the batch again', isFinished);
    await vi.waitFor(() => expect(story.records()[0]?.discardedAt).toBeUndefined());
    await story.click(again, 3);
    const kept = await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId));
    expect([kept.ts, kept.images[0]?.problem]).toEqual([again.ts, undefined]);
  });

  it('brings one’s own batch to another channel, where its buttons work and more is drawn', async () => {
    const story = await startStory();
    const { ts } = await draw(story, 'a red fox', story.secret);
    await story.imagine(`show batch ${nameOf(story).toUpperCase()}`);
    const again = await story.see('the batch here', isFinished);
    await story.press(again, 'reroll', story.ben);
    const rolled = await story.see('four more', (seen) => isFinished(seen) && seen.ts !== again.ts);
    expect(rolled.channel).toBe(story.marketing);
    await story.click(again, 2);
    const kept = await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId));
    expect(kept.ts).toBe(again.ts);
    expect(story.records().filter(({ prompt }) => prompt === 'a red fox')).toHaveLength(2);
    const older = story.workspace.messages(story.secret).find((seen) => seen.ts === ts);
    expect(older?.images).toHaveLength(4);
  });

  it('answers clicks on the older message by the record', async () => {
    const story = await startStory();
    const older = await draw(story, 'a red fox');
    await story.imagine(`show ${nameOf(story)}`);
    const newer = await story.see('the batch again', (seen) => isFinished(seen) && seen.ts !== older.ts);
    await story.click(older, 4);
    const bothPicked = () => story.workspace.messages(story.marketing).filter((seen) => isPicked(seen));
    await story.workspace.waitFor(() => bothPicked().length === 2);
    expect(bothPicked().map(({ ts }) => ts)).toEqual([older.ts, newer.ts]);
    await story.workspace.waitFor(() => bothPicked().some(({ images }) => images[0]?.fileId));
  });

  it('shows a picked image again', async () => {
    const story = await startStory();
    const message = await draw(story, 'a red fox');
    await story.click(message, 2);
    await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId));
    await story.imagine(`show ${nameOf(story)}`, { channel: story.random });
    const again = await story.see('the image here', isPicked, { channel: story.random });
    expect(again.images).toMatchObject([{ altText: 'Image 2: a red fox' }]);
    expect(again.images[0]?.problem).toBeUndefined();
  });

  it('answers in private if the bot may not post, and a choice made there is for all to see', async () => {
    const story = await startStory();
    await draw(story, 'a red fox');
    const channel = story.secret;
    await story.imagine(`show ${nameOf(story)}`, { channel });
    const again = await story.see('the batch, in private', isFinished, { channel });
    expect([again.isEphemeral, again.images.length]).toEqual([true, 4]);
    await story.click(again, 2);
    const picked = await story.see('the picked image', isPicked, { channel, user: story.ben });
    expect(picked.images).toMatchObject([{ altText: 'Image 2: a red fox' }]);
    await story.workspace.waitFor(() => !story.workspace.messages(channel, { as: story.ana }).includes(again));
    await story.see('the kept image at home', ({ images }) => images.some(({ fileId }) => fileId));
  });

  it('works after the process was replaced', async () => {
    const story = await startStory();
    await draw(story, 'a red fox', story.secret);
    await story.imagine(`show ${nameOf(story)}`);
    const again = await story.see('the batch here', isFinished);
    await story.app.stop();
    await story.startApp();
    await story.click(again, 1);
    expect((await story.see('the picked image', isPicked)).ts).toBe(again.ts);
  });

  it('draws nothing for a name that it does not know, and says how to', async () => {
    const story = await startStory();
    await story.imagine('show ferret');
    expect((await privateAnswer(story)).text).toContain('/imagine a show ferret');
    expect(story.records()).toEqual([]);
  });

  it('is an image like any other with other words', async () => {
    const story = await startStory();
    await draw(story, 'show horses on a beach');
  });
});

describe('another user’s batch', () => {
  const notHers = 'I cannot find batch';

  it('can be shown again in the channel that it was made in', async () => {
    const story = await startStory();
    const message = await draw(story, 'a red fox');
    await story.imagine(`show ${nameOf(story)}`, { user: story.ben });
    await story.see('the batch again', (seen) => isFinished(seen) && seen.ts !== message.ts);
  });

  it.each(['in another channel', 'after it was discarded'])('cannot be shown %s', async (where) => {
    const story = await startStory();
    const message = await draw(story, 'a red fox', where === 'in another channel' ? story.secret : story.marketing);
    if (where === 'after it was discarded') await story.press(message, 'discard');
    await story.workspace.waitFor(() => story.workspace.messages(story.marketing).length === 0);
    await vi.waitFor(() => expect(JSON.stringify(story.records())).not.toContain(story.workspace.url)); // its very last write
    const [before] = story.records();
    await story.imagine(`show ${nameOf(story)}`, { user: story.ben });
    expect((await privateAnswer(story, story.ben)).text).toContain(notHers);
    expect(story.workspace.messages(story.marketing)).toEqual([]);
    expect(story.records()).toEqual([before]);
  });

  it('is not in the list', async () => {
    const story = await startStory();
    await draw(story, 'a red fox');
    await story.imagine('history', { user: story.ben });
    expect((await privateAnswer(story, story.ben)).text).toContain('You have not drawn any images yet.');
  });
});
