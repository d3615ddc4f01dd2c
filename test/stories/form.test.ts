import { expect, it } from 'vitest';
import { initialValue, seeForm, seeFormWith, seeIdeas, submit, wordsOf } from './form.js';
import { denied, isFinished, type Story, startStory, textOf } from './story.js';

it('/imagine without a prompt opens an empty form, and draws what is filled in', async () => {
  const story = await startStory();
  await story.imagine('');
  const form = await seeForm(story);
  expect(initialValue(form, 'prompt')).toBeUndefined();
  expect(wordsOf(form)).toContain('Draws 4 images, for about $0.16.');
  const sent = await submit(story, {
    prompt: 'a lighthouse at dusk',
    negative_prompt: 'people',
    aspect_ratio: '16:9',
    style: 'watercolor',
    seed: '42',
  });
  expect(sent.outcome).toBe('closed');
  await story.seeImages();
  expect(story.records()[0]).toMatchObject({
    prompt: 'a lighthouse at dusk',
    settings: { negativePrompt: 'people', aspectRatio: '16:9', styleId: 'watercolor', seed: 42 },
    sent: [{ prompt: 'a lighthouse at dusk, watercolor painting, soft washes, visible paper texture' }],
    images: [{ seed: 42 }, { seed: 43 }, { seed: 44 }, { seed: 45 }],
  });
  expect(story.bedrock.requests()[0]?.body).toMatchObject({ negative_prompt: 'people', aspect_ratio: '16:9' });
});

it('a form shows what the chosen model costs, and keeps what was typed and the post', async () => {
  const story = await startStory();
  const text = 'Our offsite is in the snowy mountains, and everybody is coming along.';
  const post = story.workspace.post({ channel: story.marketing, user: story.ben, text });
  await story.fromPost(post.ts);
  await seeIdeas(story);
  const [answer] = await story.workspace.typeInView({
    user: story.ana,
    values: { prompt: 'a hut in the snow', seed: '42', model: 'stability.sd3-5-large-v1:0' },
  });
  expect(answer).toMatchObject({ acknowledged: true });
  const form = await seeFormWith(story, 'Draws 4 images, for about $0.32.');
  expect(wordsOf(form)).toContain(text);
  expect(form.values).toMatchObject({
    prompt: { value: 'a hut in the snow' },
    seed: { value: '42' },
    model: { value: 'stability.sd3-5-large-v1:0' },
  });
  await submit(story);
  await story.seeImages();
  expect(story.records()[0]).toMatchObject({ prompt: 'a hut in the snow', settings: { seed: 42 } });
});

it('a form stays as it is if its draft cannot be read when another model is chosen', async () => {
  const story = await startStory();
  await story.imagine('');
  const before = await seeForm(story);
  story.planS3(denied, 'any', /\/draft\.json$/, 9);
  const values = { prompt: 'a fox', model: 'stability.sd3-5-large-v1:0' };
  await story.workspace.typeInView({ user: story.ana, values });
  await story.until(() => story.log().includes('cost not updated'));
  expect(story.workspace.openView(story.ana)?.blocks).toEqual(before.blocks);
  story.s3.faults.clear();
  await submit(story);
  await story.seeImages();
});

it('a form shows every mistake at its field, and loses nothing that was typed', async () => {
  const story = await startStory();
  await story.imagine('');
  await seeForm(story);
  const refused = await submit(story, { prompt: '   ', seed: 'forty-two' });
  expect(refused).toEqual({
    outcome: 'errors',
    refusedBy: 'app',
    errors: {
      prompt: 'Tell me what to draw.',
      seed: 'Use a whole number, such as 42, or leave it empty.',
    },
  });
  expect(await submit(story, { prompt: 'a fox', seed: '7' })).toMatchObject({ outcome: 'closed' });
  await story.seeImages();
});

it('a form works in a conversation without the bot, and after the process was replaced', async () => {
  const story = await startStory();
  const where = { channel: story.secret };
  await story.imagine('', where);
  await seeForm(story);
  await story.app.stop();
  await story.startApp();
  await submit(story, { prompt: 'a fox' });
  await story.seeImages(4, where);
});

it('a prompt that does not look English opens the form with a warning, before anything is paid for, and is drawn if the user insists', async () => {
  const story = await startStory({ settings: { PROMPT_MODEL: 'off' } });
  await story.imagine('ein roter Fuchs im Schnee bei Nacht');
  const form = await seeForm(story);
  expect(wordsOf(form)).toContain('This looks like German. Stable Image Core reads English only');
  expect(initialValue(form, 'prompt')).toBe('ein roter Fuchs im Schnee bei Nacht');
  expect(story.bedrock.requests()).toEqual([]);
  expect(await submit(story)).toMatchObject({ outcome: 'closed' });
  await story.seeImages();
});

it('a prompt that does not look English is warned of once when it is typed into the form', async () => {
  const story = await startStory();
  await story.imagine('');
  await seeForm(story);
  expect(await submit(story, { prompt: 'un zorro rojo en la nieve' })).toMatchObject({ outcome: 'updated' });
  const form = await seeForm(story);
  expect(wordsOf(form)).toContain('This looks like Spanish.');
  expect(initialValue(form, 'prompt')).toBe('un zorro rojo en la nieve');
  expect(await submit(story)).toMatchObject({ outcome: 'closed' });
});

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

it('without a model that translates, saving other defaults keeps the one of translation', async () => {
  const story = await startStory({ settings: { PROMPT_MODEL: 'off' } });
  await prefer(story, { style: 'comic' });
  const key = story.keys(/\/people\/[^/]*\.json$/)[0] ?? '';
  await story.put(key, JSON.stringify({ version: 1, translation: 'off' }));
  await prefer(story, { style: 'comic' });
  const saved = story.s3.objects(story.bucket).find((object) => object.key === key);
  expect(JSON.parse(saved?.bytes.toString() ?? '')).toEqual({ version: 1, styleId: 'comic', translation: 'off' });
});

it('own defaults decide what their own commands mean: model, style, aspect ratios and language', async () => {
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

it('own defaults fill the form that a command in another language opens, except for what the command says', async () => {
  const story = await startStory({ settings: { PROMPT_MODEL: 'off' } });
  await prefer(story, { model: 'stability.stable-image-ultra-v1:1', style: 'comic', aspect_ratio: '3:2' });
  await story.imagine('ein roter Fuchs im Schnee vor dem Haus --style none');
  const form = await seeFormWith(story, 'German');
  const shown = ['model', 'style', 'aspect_ratio'].map((field) => initialValue(form, field));
  expect(shown).toEqual(['stability.stable-image-ultra-v1:1', 'none', '3:2']);
});

it('own defaults give way if they cannot be read in time, if a style makes the prompt too long, and to --style none', async () => {
  const story = await startStory();
  await prefer(story, { style: 'comic' });
  await story.imagine('a'.repeat(9_990));
  expect(textOf(await story.see('the end', isFinished))).not.toContain('did not accept');
  story.planS3({ kind: 'slow', milliseconds: 4_000 }, 'any', /\/people\//);
  for (const text of ['a red fox', 'a red fox --style none']) await story.imagine(text);
  await story.until(() => story.records().length === 3);
  expect(story.records().map(({ settings }) => settings)).toEqual(Array(3).fill({ aspectRatio: '1:1' }));
});
