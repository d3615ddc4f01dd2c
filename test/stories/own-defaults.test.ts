import { expect, it } from 'vitest';
import { initialValue, seeForm, seeFormWith, submit } from './form.js';
import { isFinished, type Story, startStory, textOf } from './story.js';

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
  const isRead = ({ operation, key }: { operation: string; key: string }) =>
    operation === 'GetObject' && key.endsWith(`/people/${story.ana}.json`);
  story.s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { times: 10, when: isRead });
  await prefer(story, { style: 'watercolor' });
});

it('they decide what a command means: its aspect ratios and its language', async () => {
  const story = await startStory({ settings: { OPENAI_API_KEY: 'sk-sandbox-not-real' } });
  await prefer(story, { model: 'gpt-image-2' });
  await story.imagine('ein roter Fuchs im Schnee vor dem Haus --ar 4:3');
  await story.until(() => story.records().length > 0);
  expect(story.records()).toMatchObject([
    { settings: { aspectRatio: '4:3' }, images: [{ modelId: 'gpt-image-2' }, {}, {}, {}] },
  ]);
});

it('they fill the form that a command in another language opens, except for what the command says', async () => {
  const story = await startStory();
  await prefer(story, { model: 'stability.stable-image-ultra-v1:1', style: 'comic' });
  await story.imagine('ein roter Fuchs im Schnee vor dem Haus --style none');
  const form = await seeFormWith(story, 'German');
  expect(initialValue(form, 'model')).toBe('stability.stable-image-ultra-v1:1');
  expect(initialValue(form, 'style')).toBe('none');
});

it('they give way if they cannot be read in time, if a style makes the prompt too long, and to --style none', async () => {
  const story = await startStory();
  await prefer(story, { style: 'comic' });
  await story.imagine('a'.repeat(9_990));
  expect(textOf(await story.see('the end', isFinished))).not.toContain('did not accept');
  story.s3.faults.add({ kind: 'slow', milliseconds: 4_000 }, { when: ({ key }) => key.includes('/people/') });
  for (const text of ['a red fox', 'a red fox --style none']) await story.imagine(text);
  await story.until(() => story.records().length === 3);
  expect(story.records().map(({ settings }) => settings)).toEqual(Array(3).fill({ aspectRatio: '1:1' }));
});
