import { expect, it } from 'vitest';
import { lastLine, startStory, textOf } from './story.js';

it('flags are read anywhere in the prompt, with the dashes and quotes of a phone', async () => {
  const story = await startStory();
  await story.imagine('a red fox —ar 16:9 in the snow --no “text, people” --seed 42 --n 2 --style watercolor');
  const message = await story.seeImages(2);
  expect(story.records()[0]).toMatchObject({
    prompt: 'a red fox in the snow',
    settings: { aspectRatio: '16:9', negativePrompt: 'text, people', seed: 42, styleId: 'watercolor' },
  });
  expect(lastLine(message)).toMatch(
    /^16:9 · Watercolor · seeds 42–43 · Stable Image Core · \d+ s · about \$0\.08 · batch/,
  );
});

it('flags with mistakes are answered with all of them and the text to correct, and nothing is started', async () => {
  const story = await startStory();
  await story.imagine('a red fox --ar 4:3 --aspect-ration 1:1 --seed many');
  const { text } = await story.seePrivately();
  for (const words of [
    '`--ar 4:3` is not available on Stable Image Core.',
    '(nearest: 5:4)',
    '`--aspect-ration`',
    '`--seed many` is not valid.',
    'Nothing was started. Your text: `/imagine a red fox --ar 4:3',
  ]) {
    expect(text).toContain(words);
  }
  expect(story.records()).toEqual([]);
});

it('--refine makes a prompt of the text, and the result shows it', async () => {
  const story = await startStory();
  await story.imagine('We are thrilled to announce the launch of our new rooftop garden! Come and see it. --refine');
  const message = await story.seeImages();
  expect(story.records()[0]?.prompt).toMatch(/^A single scene showing .*rooftop garden/);
  expect(textOf(message)).toContain('A single scene showing');
});

it('models are listed with price and limits', async () => {
  const story = await startStory();
  await story.imagine('models');
  await story.seePrivately('Stable Image Ultra: --model ultra · about $0.14 an image · aspect ratios 21:9');
});

it.each([
  ['amazon.titan-image-generator-v2:0', 'Titan'],
  ['amazon.nova-canvas-v1:0', 'Nova Canvas'],
  ['stability.stable-diffusion-xl-v1', 'Stable Diffusion XL'],
])('%s still draws, for accounts that keep it', async (modelId, label) => {
  const settings = { IMAGE_MODEL: modelId, BEDROCK_REGION: 'us-east-1' };
  const story = await startStory({ settings, bedrock: { keepRetired: true } });
  await story.imagine('a red fox');
  const message = await story.seeImages();
  expect(lastLine(message)).toContain(label);
  expect(story.log()).toContain('retired');
});
