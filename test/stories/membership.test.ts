import { describe, expect, it } from 'vitest';
import { seeForm, submit } from './form.js';
import { isFinished, isPicked, startStory, textOf } from './story.js';

describe.each(['secret', 'anaAndBen'] as const)('where the bot is not a member (%s)', (place) => {
  it('answers the asker at once, then shows all images in one new message, and lets one be picked', async () => {
    const story = await startStory();
    const channel = story.workspace.channels[place].id;
    await story.imagine('a red fox in the snow', { channel });
    const placeholder = await story.see('the placeholder', ({ isEphemeral }) => isEphemeral, { channel });
    expect(textOf(placeholder)).toContain('I am not a member of this conversation');
    const message = await story.see('four images', isFinished, { channel });
    expect(message.isEphemeral).toBe(false);
    expect(message.images).toHaveLength(4);

    await story.click(message, 3);
    const picked = await story.see('the picked image', isPicked, { channel });
    expect(picked.ts).toBe(message.ts);
    expect(picked.images).toMatchObject([{ altText: 'Image 3: a red fox in the snow' }]);
  });

  it('falls back as far as Slack needs', async () => {
    const story = await startStory({ workspace: { settings: { carousels: false } } });
    const channel = story.workspace.channels[place].id;
    await story.imagine('a red fox in the snow', { channel });
    const message = await story.see('four images', isFinished, { channel });
    expect(message.blocks.map(({ type }) => type)).toContain('image');
  });
});

it('posts in a public channel that the bot never joined, and keeps the pick by a link', async () => {
  const story = await startStory();
  await story.imagine('a red fox in the snow', { channel: story.random });
  const message = await story.see('four images', isFinished, { channel: story.random });
  await story.click(message, 1);
  const picked = await story.see('the picked image', isPicked, { channel: story.random });
  expect(picked.images[0]?.url).toContain('/1.png');
});

it('keeps within the five uses of a response_url, whatever Slack refuses of it', async () => {
  const story = await startStory({ workspace: { settings: { carousels: false } } });
  const { responseUrls, images } = story.workspace.faults;
  images.add({ kind: 'refused' }, { times: 1000 });
  responseUrls.add(
    { kind: 'error', error: 'invalid_thread_ts' },
    { times: 1000, when: (call) => call.arguments.thread_ts !== undefined },
  );
  const channel = story.secret;
  const { ts } = story.workspace.post({ user: story.ben, channel, text: 'Our new garden opens in spring.' });
  await story.fromPost(ts, channel);
  await seeForm(story);
  await submit(story, { prompt: 'a red fox in the snow' });
  const message = await story.see('the end, in words', isFinished, { channel });
  expect(textOf(message)).toContain('Slack could not show this preview.');
  await story.app.stop();
  expect(story.workspace.calls().filter(({ method }) => method === 'response_url')).toHaveLength(5);
});

it('ends the response address with the batch, so that no record keeps it', async () => {
  const story = await startStory();
  await story.imagine('a red fox in the snow', { channel: story.secret });
  await story.see('four images', isFinished, { channel: story.secret });
  await story.app.stop();
  expect(JSON.stringify(story.records())).not.toContain(story.workspace.url);
});
