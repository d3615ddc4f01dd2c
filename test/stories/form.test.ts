import { expect, it } from 'vitest';
import { initialValue, seeForm, seeFormWith, submit, wordsOf } from './form.js';
import { denied, startStory } from './story.js';

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
  await seeForm(story);
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
      seed: 'Use a whole number from 1 to 4294967291, or leave it empty.',
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
  const story = await startStory();
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
