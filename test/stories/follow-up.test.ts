import { describe, expect, it } from 'vitest';
import { initialValue, seeForm, submit } from './form.js';
import { isFinished, type StoryOptions, startStory, textOf } from './story.js';

async function startWithImages(options?: StoryOptions) {
  const story = await startStory(options);
  await story.imagine('a red fox --style comic --ar 3:2');
  return { story, message: await story.see('four images', isFinished) };
}

describe('Re-roll', () => {
  it('draws the same prompt and settings with new seeds, for the user who clicks, and links to its parent', async () => {
    const { story, message } = await startWithImages();
    await story.press(message, 'reroll', story.ben);
    const again = await story.see('four more', (seen) => isFinished(seen) && seen.ts !== message.ts);
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

  it('works if the bot is not a member', async () => {
    const story = await startStory();
    const channel = story.secret;
    await story.imagine('a red fox', { channel });
    const message = await story.see('four images', isFinished, { channel });
    await story.press(message, 'reroll');
    const again = await story.see('four more', (seen) => isFinished(seen) && seen.ts !== message.ts, { channel });
    expect(again.images).toHaveLength(4);
  });
});

describe('Edit prompt', () => {
  it('opens the form with the batch’s prompt and settings, and makes a new batch', async () => {
    const { story, message } = await startWithImages();
    await story.press(message, 'edit_prompt', story.ben);
    const form = await seeForm(story, story.ben);
    expect(['prompt', 'style', 'aspect_ratio'].map((field) => initialValue(form, field))).toEqual([
      'a red fox',
      'comic',
      '3:2',
    ]);
    await submit(story, { prompt: 'a blue fox' }, story.ben);
    await story.see('four more', (seen) => isFinished(seen) && seen.ts !== message.ts);
    expect(story.records()[1]).toMatchObject({
      prompt: 'a blue fox',
      requesterId: story.ben,
      parent: { id: story.records()[0]?.id },
    });
  });
});

describe('Try again', () => {
  it('draws only the image that failed, with another seed', async () => {
    const story = await startStory();
    story.bedrock.faults.add({ kind: 'inference error' }, { when: ({ seed }) => seed === story.seedOf(3) });
    await story.imagine('a red fox');
    const message = await story.see('three images', isFinished);
    const failed = story.seedOf(3);
    expect(story.bedrock.requests()).toHaveLength(4);
    await story.press(message, 'retry_image_3');
    const whole = await story.see('four images', (seen) => isFinished(seen) && seen.images.length === 4);
    expect(whole.ts).toBe(message.ts);
    expect(story.bedrock.requests()).toHaveLength(5);
    expect(story.seedOf(3)).not.toBe(failed);
  });

  it('works if the bot is not a member', async () => {
    const story = await startStory();
    const channel = story.secret;
    story.bedrock.faults.add({ kind: 'inference error' });
    await story.imagine('a red fox', { channel });
    const message = await story.see('three images', isFinished, { channel });
    const number = (story.records()[0]?.images.findIndex(({ state }) => state === 'failed') ?? 0) + 1;
    await story.press(message, `retry_image_${number}`);
    const whole = await story.see('four images', (seen) => isFinished(seen) && seen.images.length === 4, { channel });
    expect(whole.ts).toBe(message.ts);
  });

  it('is not offered for a prompt that a filter blocked', async () => {
    const story = await startStory();
    await story.imagine('something forbidden');
    const message = await story.see('the end', isFinished);
    expect(textOf(message)).not.toContain('retry_image_');
  });

  it('is only for the requester', async () => {
    const story = await startStory();
    story.bedrock.faults.add({ kind: 'inference error' }, { when: ({ seed }) => seed === story.seedOf(1) });
    await story.imagine('a red fox');
    const message = await story.see('the end', isFinished);
    await story.press(message, 'retry_image_1', story.ben);
    const answer = await story.see('a private answer', ({ isEphemeral }) => isEphemeral, { user: story.ben });
    expect(answer.text).toContain(`Only <@${story.ana}> can do that here.`);
    expect(story.bedrock.requests()).toHaveLength(4);
  });
});

describe('Discard', () => {
  it('deletes the message and leaves the images in the bucket', async () => {
    const { story, message } = await startWithImages();
    await story.press(message, 'discard');
    await story.workspace.waitFor(() => story.workspace.messages(story.marketing).length === 0);
    expect(story.records()[0]?.discardedAt).toBeDefined();
    expect(story.s3.objects(story.bucket).filter(({ contentType }) => contentType === 'image/png')).toHaveLength(4);
  });

  it('is only for the requester', async () => {
    const { story, message } = await startWithImages();
    await story.press(message, 'discard', story.ben);
    await story.see('a private answer', ({ isEphemeral }) => isEphemeral, { user: story.ben });
    expect(story.workspace.messages(story.marketing)).toHaveLength(1);
  });

  it('works if the bot is not a member', async () => {
    const story = await startStory();
    const channel = story.secret;
    await story.imagine('a red fox', { channel });
    const message = await story.see('four images', isFinished, { channel });
    await story.press(message, 'discard');
    await story.workspace.waitFor(() => story.workspace.messages(channel).every(({ ts }) => ts !== message.ts));
  });
});

it.each(['pick_image_2', 'retry_image_1', 'reroll', 'edit_prompt', 'discard'])(
  '%s works after the process was replaced',
  async (actionId) => {
    const story = await startStory();
    story.bedrock.faults.add({ kind: 'inference error' }, { when: ({ seed }) => seed === story.seedOf(1) });
    await story.imagine('a red fox');
    const message = await story.see('three images', isFinished);
    await story.app.stop();
    await story.startApp();
    await story.press(message, actionId);
    await story.workspace.waitFor(
      () =>
        story.workspace.openView(story.ana)?.submit ||
        story.records().length === 2 ||
        JSON.stringify(story.workspace.messages(story.marketing)) !== JSON.stringify([message]),
      { describe: `what ${actionId} does` },
    );
    expect(story.log()).not.toContain('"level":50');
  },
);
