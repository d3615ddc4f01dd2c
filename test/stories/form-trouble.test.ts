import { describe, expect, it } from 'vitest';
import { initialValue, seeForm, submit, wordsOf } from './form.js';
import { isFinished, startStory } from './story.js';

const isDraft = ({ key }: { key: string }) => key.endsWith('/draft.json');

describe('a form', () => {
  it.each([
    ['expired_trigger_id', 'The form could not be opened in time. Please try again.'],
    ['exchanged_trigger_id', 'The form could not be opened in time. Please try again.'],
    ['invalid_arguments', 'Something went wrong on my side.'],
  ])('that Slack does not open (%s) leads to a private message', async (error, sentence) => {
    const story = await startStory();
    story.workspace.faults.calls.add({ kind: 'error', error }, { when: ({ method }) => method === 'views.open' });
    await story.imagine('');
    const answer = await story.see('a private answer', ({ isEphemeral }) => isEphemeral);
    expect(answer.text).toContain(sentence);
  });

  it('draws even if its draft cannot be removed', async () => {
    const story = await startStory();
    story.s3.faults.add(
      { kind: 'error', code: 'AccessDenied' },
      { when: ({ operation }) => operation === 'DeleteObject', times: 9 },
    );
    await story.imagine('');
    await seeForm(story);
    await submit(story, { prompt: 'a red fox' });
    await story.see('four images', isFinished);
    await story.app.stop();
    expect(
      story.workspace.messages(story.marketing, { as: story.ana }).filter(({ isEphemeral }) => isEphemeral),
    ).toEqual([]);
    expect(story.log()).toContain('draft not removed');
  });

  it('is acknowledged in time, and draws once, even if the bucket is slow', async () => {
    const story = await startStory();
    await story.imagine('');
    await seeForm(story);
    story.s3.faults.add({ kind: 'slow', milliseconds: 3_500 }, { when: isDraft });
    expect(await submit(story, { prompt: 'a red fox' })).toMatchObject({ outcome: 'closed' });
    await story.see('four images', isFinished);
    expect(story.records()).toHaveLength(1);
  });

  it('says so if the text of the post is gone, and keeps what was typed', async () => {
    const story = await startStory();
    const post = story.workspace.post({
      channel: story.marketing,
      user: story.ben,
      text: 'Our offsite in the snowy mountains.',
    });
    await story.fromPost(post.ts);
    await seeForm(story);
    for (const { key } of story.s3.objects(story.bucket).filter(isDraft)) story.s3.deleteObject(story.bucket, key);
    await story.workspace.clickInView({
      user: story.ana,
      actionId: 'use_own_words',
      values: { prompt: 'my own words' },
    });
    const form = await story.workspace.waitFor(() => {
      const view = story.workspace.openView(story.ana);
      return view && wordsOf(view).includes("The post's text is no longer available.") && view;
    });
    expect(form.values).toMatchObject({ prompt: { value: 'my own words' } });
  });

  it('draws from the whole prompt, though its field shows only the beginning', async () => {
    const story = await startStory();
    const prompt = `${'ein roter Fuchs im Schnee vor dem Haus und '.repeat(100)}das letzte Wort`;
    await story.imagine(prompt);
    const form = await seeForm(story);
    expect(initialValue(form, 'prompt')).toHaveLength(3000);
    expect(wordsOf(form)).toContain('Only the beginning of your text fits in this field.');
    await submit(story);
    await story.see('four images', isFinished);
    expect(story.records()[0]?.prompt).toBe(prompt);
  });

  it('shows the model’s default aspect ratio if the batch’s is not offered any more', async () => {
    const story = await startStory();
    await story.imagine('a red fox');
    const message = await story.see('four images', isFinished);
    await story.overwriteRecord(JSON.stringify(story.records()[0]).replace('"1:1"', '"4:3"'));
    await story.press(message, 'edit_prompt');
    expect(initialValue(await seeForm(story), 'aspect_ratio')).toBe('1:1');
  });
});

it('re-rolling a batch of a model that is gone draws with the default, in the nearest aspect ratio', async () => {
  const story = await startStory();
  await story.imagine('a red fox');
  const message = await story.see('four images', isFinished);
  const old = JSON.stringify(story.records()[0])
    .replaceAll('stability.stable-image-core-v1:1', 'amazon.nova-canvas-v1:0')
    .replace('"1:1"', '"4:3"');
  await story.overwriteRecord(old);
  await story.press(message, 'reroll');
  const again = await story.see('four more', (seen) => isFinished(seen) && seen.ts !== message.ts);
  expect(again.images).toHaveLength(4);
  expect(story.records()[1]?.settings.aspectRatio).toBe('5:4');
});

it('--refine warns of the language too', async () => {
  const story = await startStory();
  await story.imagine('ein roter Fuchs im Schnee vor dem Haus mit einem Hut --refine');
  expect(wordsOf(await seeForm(story))).toContain('This looks like German.');
  expect(story.bedrock.requests()).toEqual([]);
});

it.each(['slash_commands', 'block_actions', 'view_submission'])('%s delivered twice is done once', async (type) => {
  const story = await startStory();
  const twice = () =>
    story.workspace.faults.deliveries.add({ kind: 'duplicate' }, { when: (delivery) => delivery.type === type });
  if (type === 'view_submission') {
    await story.imagine('');
    await seeForm(story);
    twice();
    await submit(story, { prompt: 'a red fox' });
  } else {
    if (type === 'slash_commands') twice();
    await story.imagine('a red fox');
  }
  const message = await story.see('four images', isFinished);
  if (type === 'block_actions') {
    twice();
    await story.press(message, 'reroll');
    await story.see('four more', (seen) => isFinished(seen) && seen.ts !== message.ts);
  }
  await story.app.stop();
  expect(story.records()).toHaveLength(type === 'block_actions' ? 2 : 1);
});
