import { describe, expect, it, test } from 'vitest';
import type { SubmittedValues } from '../../sandbox/workspace/driver.js';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { seeForm, submit, wordsOf } from './form.js';
import { choose, ended, lastBody, operate, startWithPicked, startWithPrivatePick, storedImage } from './operate.js';
import { type Story, textOf } from './story.js';

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
    expect(wordsOf(await seeForm(story))).toContain('Each costs about $0.06, and all 9 together about $0.54.');
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
    expect(textOf(await story.seeNewBatch([message]))).toContain('asked for 4 images in the style of another image:');
    expect(await ended(story)).toMatchObject({
      prompt: 'a lighthouse',
      input: { source: { number: 2 } },
      images: Array(4).fill({ state: 'stored' }),
    });
    expect(lastBody(story)).toMatchObject({ prompt: 'a lighthouse', aspect_ratio: '1:1' });
  });

  it('Edit in words is offered with a key of OpenAI’s, and draws with its model', async () => {
    const { story, message } = await startWithPicked({ openai: true });
    await operate(story, message, 'edit', { text: 'make it night' });

    expect(await ended(story)).toMatchObject({
      prompt: 'a red fox, make it night',
      images: [{ state: 'stored', modelId: 'gpt-image-2' }],
    });
    const calls = story.wireLog.entries().filter(({ service }) => service === 'openai');
    expect(calls).toMatchObject([{ operation: 'POST /v1/images/edits', status: 200 }]);
  });
});

test('without a key of OpenAI’s nothing offers to edit in words', async () => {
  const { message } = await startWithPicked();
  expect(textOf(message)).toContain('"value":"replace:');
  expect(textOf(message)).not.toContain('"value":"edit:');
});

/** What the form of each operation is filled in with; those without fields begin at once. */
const filled: Readonly<Record<string, SubmittedValues | undefined>> = {
  vary_subtle: {},
  vary_strong: {},
  upscale: undefined,
  aspect_ratio: { aspect_ratios: ['16:9', '4:5'] },
  remove_background: undefined,
  replace: { target: 'fox', text: 'owl' },
  recolor: { target: 'fox', text: 'cobalt blue' },
  style_guide: { text: 'a lighthouse' },
  edit: { text: 'make it night' },
};
const cases = Object.entries(filled);

async function ask(story: Story, message: SeenMessage, operation: string, user = story.ana): Promise<void> {
  await choose(story, message, operation, user);
  const values = filled[operation];
  if (!values) return;
  await seeForm(story, user);
  expect(await submit(story, values, user)).toEqual({ outcome: 'cleared' });
}

it.each(cases)('%s by another user is that user’s, and every image is in the bucket', async (operation) => {
  const { story, message } = await startWithPicked({ openai: true });
  await ask(story, message, operation, story.ben);
  const { requesterId, images } = await ended(story);
  expect(requesterId).toBe(story.ben);
  const stored = await Promise.all(images.map(({ number }) => storedImage(story, number)));
  expect(stored.every(({ width }) => width > 0)).toBe(true);
});

it.each(cases)('%s in private shows its images to its user alone', async (operation) => {
  const { story, kept } = await startWithPrivatePick({ openai: true });
  await ask(story, kept, operation);
  expect(await ended(story)).toMatchObject({ visibility: 'private' });
  await story.see('the result', (seen) => seen.isEphemeral && seen.ts > kept.ts && seen.images.length === 1);
  expect([story.posted(), story.privately(story.marketing, story.ben)]).toEqual([[], []]);
});

it.each(cases)(
  '%s that its model does not draw the first time is drawn by “Retry failed” or “Again”',
  async (operation) => {
    const { story, message } = await startWithPicked({ openai: true });
    if (operation === 'edit') story.openai.faults.add({ kind: 'broken_image' });
    else story.bedrock.faults.add({ kind: 'inference error' });
    await ask(story, message, operation);
    const failed = await story.seeNewBatch([message]);
    await story.settled();
    await story.choose(failed, 'retry_failed');
    await story.until(() => story.records()[1]?.images.every(({ state }) => state === 'stored'));
    await story.settled();
    expect(story.records()).toHaveLength(2);
  },
);

it('images of full size stay within every limit of the services and their answers', { timeout: 90_000 }, async () => {
  const { story, message } = await startWithPicked({ bedrock: { imageScale: 1 } });
  await ask(story, message, 'upscale');
  expect(await ended(story, 2)).toMatchObject({ images: [{ state: 'stored' }] });
  expect(await storedImage(story)).toMatchObject({ width: 4096, height: 4096, format: 'jpeg' });
  const large = await story.see('the larger image', ({ blocks }) =>
    JSON.stringify(blocks).includes('a larger version'),
  );
  await ask(story, large, 'remove_background');
  expect(await ended(story, 3)).toMatchObject({ images: [{ state: 'stored' }] });
  await ask(story, large, 'aspect_ratio');
  expect(await ended(story, 4)).toMatchObject({ images: [{ state: 'stored' }, { state: 'stored' }] });
});
