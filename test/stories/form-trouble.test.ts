import { expect, it } from 'vitest';
import { initialValue, seeForm, seeFormWith, seeIdeas, submit, wordsOf } from './form.js';
import { countImages, denied, startStory, startWithImages } from './story.js';

const draftKey = /\/draft\.json$/;

it('a form draws even if its draft cannot be removed', async () => {
  const story = await startStory();
  story.planS3(denied, 'DeleteObject', draftKey, 9);
  await story.imagine('');
  await seeForm(story);
  await submit(story, { prompt: 'a red fox' });
  await story.seeImages();
  await story.app.stop();
  expect(story.privately()).toEqual([]);
  expect(story.log()).toContain('draft not removed');
});

it('a form is acknowledged in time, and draws once, even if the bucket is slow', async () => {
  const story = await startStory();
  await story.imagine('');
  await seeForm(story);
  story.planS3({ kind: 'slow', milliseconds: 3_500 }, 'any', draftKey);
  expect(await submit(story, { prompt: 'a red fox' })).toMatchObject({ outcome: 'closed' });
  await story.seeImages();
  expect(story.records()).toHaveLength(1);
});

it('a form says so if the text of the post is gone, and keeps what was typed', async () => {
  const story = await startStory();
  const { workspace, marketing: channel, ana, ben } = story;
  await story.fromPost(workspace.post({ channel, user: ben, text: 'Our offsite in the snowy mountains.' }).ts);
  await seeIdeas(story);
  for (const key of story.keys(draftKey)) story.s3.deleteObject(story.bucket, key);
  await workspace.clickInView({ user: ana, actionId: 'use_own_words', values: { prompt: 'my own words' } });
  const form = await seeFormWith(story, 'The text is no longer available.');
  expect(form.values).toMatchObject({ prompt: { value: 'my own words' } });
});

it('a form draws from the whole prompt, though its field shows only the beginning', async () => {
  const story = await startStory({ settings: { PROMPT_MODEL: 'off' } });
  const prompt = `${'ein roter Fuchs im Schnee vor dem Haus und '.repeat(100)}das letzte Wort`;
  await story.imagine(prompt);
  const form = await seeForm(story);
  expect(initialValue(form, 'prompt')).toHaveLength(3000);
  expect(wordsOf(form)).toContain('Only the beginning of your text fits in this field.');
  await submit(story);
  await story.seeImages();
  expect(story.records()[0]?.prompt).toBe(prompt);
});

it('of a batch’s settings that are offered no more, the form shows the default and a re-roll takes the nearest', async () => {
  const { story, message } = await startWithImages();
  const record = JSON.stringify(story.records()[0]).replace('"1:1"', '"4:3"');
  await story.overwriteRecord(record);
  await story.press(message, 'edit_prompt');
  expect(initialValue(await seeForm(story), 'aspect_ratio')).toBe('1:1');
  await story.overwriteRecord(record.replaceAll('stability.stable-image-core-v1:1', 'amazon.nova-canvas-v1:0'));
  await story.press(message, 'reroll');
  expect(countImages(await story.seeNewBatch([message]))).toBe(4);
  expect(story.records()[1]?.settings.aspectRatio).toBe('5:4');
});

it('--refine warns of the language too without a writer', async () => {
  const story = await startStory({ settings: { PROMPT_MODEL: 'off' } });
  await story.imagine('ein roter Fuchs im Schnee vor dem Haus mit einem Hut --refine');
  await seeFormWith(story, 'This looks like German.');
  expect(story.bedrock.requests()).toEqual([]);
});
