import { expect, it } from 'vitest';
import { initialValue, seeForm, seeFormWith, submit } from './form.js';
import { denied, isFinished, type Story, startStory, textOf } from './story.js';

/** Saves defaults in the form, and waits until they are saved. */
async function prefer(story: Story, values: Record<string, string>): Promise<void> {
  await story.imagine('settings');
  await seeForm(story);
  expect(await submit(story, values)).toMatchObject({ outcome: 'closed' });
}

it('a user’s defaults hold only what was chosen, and can be saved again if they cannot be read', async () => {
  const story = await startStory();
  await prefer(story, { style: 'comic' });
  const saved = story.s3.objects(story.bucket).find(({ key }) => key.endsWith(`/people/${story.ana}.json`));
  expect(JSON.parse(saved?.bytes.toString() ?? '')).toEqual({ version: 1, styleId: 'comic' });
  story.planS3(denied, 'GetObject', /\/people\//, 10);
  await prefer(story, { style: 'watercolor' });
});

it('they decide what their own commands mean: model, style, aspect ratios and language', async () => {
  const story = await startStory({ settings: { OPENAI_API_KEY: 'sk-sandbox-not-real' } });
  await prefer(story, { model: 'gpt-image-2', style: 'comic' });
  await story.imagine('ein roter Fuchs im Schnee vor dem Haus --ar 4:3');
  await story.until(() => story.records().length === 1);
  await story.imagine('a red fox', { user: story.ben });
  await story.until(() => story.records().length === 2);
  expect(story.records()).toMatchObject([
    { settings: { aspectRatio: '4:3', styleId: 'comic' }, images: [{ modelId: 'gpt-image-2' }, {}, {}, {}] },
    { settings: { aspectRatio: '1:1' }, images: [{ modelId: 'stability.stable-image-core-v1:1' }, {}, {}, {}] },
  ]);
  expect(story.records()[1]?.settings.styleId).toBeUndefined();
});

it('they fill the form that a command in another language opens, except for what the command says', async () => {
  const story = await startStory();
  await prefer(story, { model: 'stability.stable-image-ultra-v1:1', style: 'comic', aspect_ratio: '3:2' });
  await story.imagine('ein roter Fuchs im Schnee vor dem Haus --style none');
  const form = await seeFormWith(story, 'German');
  const shown = ['model', 'style', 'aspect_ratio'].map((field) => initialValue(form, field));
  expect(shown).toEqual(['stability.stable-image-ultra-v1:1', 'none', '3:2']);
});

it('they give way if they cannot be read in time, if a style makes the prompt too long, and to --style none', async () => {
  const story = await startStory();
  await prefer(story, { style: 'comic' });
  await story.imagine('a'.repeat(9_990));
  expect(textOf(await story.see('the end', isFinished))).not.toContain('did not accept');
  story.planS3({ kind: 'slow', milliseconds: 4_000 }, 'any', /\/people\//);
  for (const text of ['a red fox', 'a red fox --style none']) await story.imagine(text);
  await story.until(() => story.records().length === 3);
  expect(story.records().map(({ settings }) => settings)).toEqual(Array(3).fill({ aspectRatio: '1:1' }));
});
