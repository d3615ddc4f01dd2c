import { describe, expect, it, test } from 'vitest';
import { seeForm, submit, wordsOf } from './form.js';
import { choose, ended, lastBody, operate, startWithPicked, storedImage } from './operate.js';
import { textOf } from './story.js';

describe('from the menu of a chosen image', () => {
  it.each([
    ['vary_subtle', 0.35, 'asked for 4 subtle variations:'],
    ['vary_strong', 0.7, 'asked for 4 strong variations:'],
  ])('%s draws four images from it, after its price was shown', async (operation, strength, words) => {
    const { story, message } = await startWithPicked();
    await choose(story, message, operation);
    const form = await seeForm(story);
    expect(wordsOf(form)).toContain('Draws 4 images, for about $0.32.');
    expect(story.records()).toHaveLength(1);
    await submit(story);
    const shown = await story.seeNewBatch([message]);
    expect(textOf(shown)).toContain(words);
    expect(await ended(story)).toMatchObject({
      prompt: 'a red fox',
      input: { operation, source: { number: 2, mediaType: 'image/png' } },
      parent: { id: story.records()[0]?.id, number: 2 },
      images: [1, 2, 3, 4].map((number) => ({ number, modelId: 'stability.sd3-5-large-v1:0', state: 'stored' })),
    });
    expect(lastBody(story)).toMatchObject({ mode: 'image-to-image', strength, prompt: 'a red fox' });
    await story.click(shown, 3);
    await story.until(() => story.records().at(-1)?.pick?.slackFileId);
  });

  it('Larger keeps an image of four times the size as a file at once', async () => {
    const { story, message } = await startWithPicked();
    await choose(story, message, 'upscale');
    const kept = await story.see(
      'the larger image',
      (seen) => seen.ts !== message.ts && seen.images.some(({ fileId }) => fileId),
    );
    expect(textOf(kept)).toContain('asked for a larger version:');
    expect(await ended(story)).toMatchObject({
      pick: { number: 1, pickedBy: story.ana, slackFileId: kept.images[0]?.fileId },
    });
    expect(await storedImage(story)).toMatchObject({ key: '1.jpg', format: 'jpeg', width: 408, height: 408 });
  });

  it('Remove background keeps a transparent PNG as a file at once', async () => {
    const { story, message } = await startWithPicked();
    await choose(story, message, 'remove_background');
    await story.see('the image', (seen) => seen.ts !== message.ts && seen.images.some(({ fileId }) => fileId));
    await ended(story);
    expect(await storedImage(story)).toMatchObject({ key: '1.png', format: 'png', hasAlpha: true });
  });

  it('Other aspect ratio draws one image for each that is ticked, on one sheet', async () => {
    const { story, message } = await startWithPicked();
    await choose(story, message, 'aspect_ratio');
    expect(wordsOf(await seeForm(story))).toContain('Each costs about $0.06.');
    expect(await submit(story, { aspect_ratios: ['16:9', '9:16'] })).toEqual({ outcome: 'cleared' });
    const shown = await story.seeImages(2);
    expect(textOf(shown)).toContain('asked for 2 other aspect ratios:');
    const { images } = await ended(story);
    expect(images).toMatchObject([{ aspectRatio: '16:9' }, { aspectRatio: '9:16' }]);
    const [wide, tall] = await Promise.all([storedImage(story, 1), storedImage(story, 2)]);
    expect(wide.width / wide.height).toBeCloseTo(16 / 9, 1);
    expect(tall.width / tall.height).toBeCloseTo(9 / 16, 1);
  });

  it.each([
    ['replace', { target: 'fox', text: 'owl' }, { search_prompt: 'fox', prompt: 'owl' }, 'a red owl'],
    [
      'recolor',
      { target: 'fox', text: 'cobalt blue' },
      { select_prompt: 'fox', prompt: 'cobalt blue' },
      'a red fox, fox in cobalt blue',
    ],
  ])('%s asks what, and with what, and describes the result in its prompt', async (operation, values, body, prompt) => {
    const { story, message } = await startWithPicked();
    await operate(story, message, operation, values);
    expect(await ended(story)).toMatchObject({
      prompt,
      input: { operation, ...values },
      images: [{ state: 'stored' }],
    });
    expect(lastBody(story)).toMatchObject(body);
    await story.click(await story.seeNewBatch([message]), 1);
    await story.until(() => story.records().at(-1)?.pick?.slackFileId);
  });

  it('In this style draws four images of a new prompt', async () => {
    const { story, message } = await startWithPicked();
    await operate(story, message, 'style_guide', { text: 'a lighthouse' });
    await story.seeNewBatch([message]);
    expect(await ended(story)).toMatchObject({ prompt: 'a lighthouse', images: Array(4).fill({ state: 'stored' }) });
    expect(lastBody(story)).toMatchObject({ prompt: 'a lighthouse', aspect_ratio: '1:1' });
  });

  it('Edit in words is offered with a key of OpenAI’s, and draws with its model', async () => {
    const { story, message } = await startWithPicked({ openai: true });
    await operate(story, message, 'edit', { text: 'make it night' });
    expect(await ended(story)).toMatchObject({
      prompt: 'a red fox, make it night',
      images: [{ state: 'stored', modelId: 'gpt-image-2' }],
    });
  });
});

test('without a key of OpenAI’s nothing offers to edit in words', async () => {
  const { message } = await startWithPicked();
  expect(textOf(message)).toContain('"value":"replace:');
  expect(textOf(message)).not.toContain('"value":"edit:');
});
