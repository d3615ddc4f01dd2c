import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { ideasIn, seeIdeas, seeModal, submit, wordsOf } from './form.js';
import { lastLine, type Story, startStory, textOf } from './story.js';

async function seeDetails(story: Story, message: SeenMessage): Promise<string> {
  await story.choose(message, 'details');
  const words = wordsOf(await seeModal(story, 'Details'));
  await story.workspace.closeView(story.ana);
  return words.replaceAll(/\*([^*]+)\*\\n/g, '$1: '); // a field's name is bold, above its value
}

const seedLine = async (...of: Parameters<typeof seeDetails>) => /Seed: [^"]*/.exec(await seeDetails(...of))?.[0];

it('flags are read anywhere in the prompt, with the dashes and quotes of a phone', async () => {
  const story = await startStory();
  await story.imagine('a red fox —ar 16:9 in the snow --no “text, people” --seed 42 --n 2 --style watercolor');
  const message = await story.seeImages(2);
  expect(story.records()[0]).toMatchObject({
    prompt: 'a red fox in the snow',
    settings: { aspectRatio: '16:9', negativePrompt: 'text, people', seed: 42, styleId: 'watercolor' },
  });
  expect(lastLine(message)).toBe('Watercolor · 16:9 · without text, people');
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
    'Nothing was drawn. Your text: `/imagine a red fox --ar 4:3',
  ]) {
    expect(text).toContain(words);
  }
  expect(story.records()).toEqual([]);
});

it('the greatest seed of a model is drawn with, and the images after it go on with the smallest', async () => {
  const story = await startStory();
  await story.imagine('a red fox --seed 4294967294');
  const message = await story.seeImages();
  expect(await seedLine(story, message)).toBe('Seed: 4294967294, 1, 2, 3');
  expect(textOf(message)).not.toContain('does not take seed');
  await story.imagine('a blue fox --seed 4294967295 --n 1');
  const other = await story.seeNewBatch([message]);
  expect(textOf(other)).toContain('Stable Image Core does not take seed 4294967295, so seed 1 is used instead.');
  expect(await seedLine(story, other)).toBe('Seed: 1');
});

it('--refine proposes a prompt of the text without a writer, and draws nothing before', async () => {
  const story = await startStory({ settings: { PROMPT_MODEL: 'off' } });
  await story.imagine('We are thrilled to announce the launch of our new rooftop garden! Come and see it. --refine');
  const form = await seeIdeas(story);
  expect(ideasIn(form)).toEqual([expect.stringMatching(/^A new rooftop garden\. /)]);
  expect(story.records()).toEqual([]);
  await submit(story);
  expect(textOf(await story.seeImages())).toContain('A new rooftop garden. ');
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
  expect(await seeDetails(story, message)).toMatch(new RegExp(`Model: .*${label}`));
  expect(story.log()).toContain('retired');
});

it("OpenAI's model is compared with Bedrock's in one batch, each card naming its model", async () => {
  const story = await startStory({ openai: true, settings: { PREVIEW_LAYOUT: 'carousel' } });
  await story.imagine('a red fox --model core,ultra,openai');
  const message = await story.seeImages();
  const subtitles = [...textOf(message).matchAll(/"subtitle":\{"type":"mrkdwn","text":"([^"]*)"/g)];
  expect(subtitles.map(([, words]) => words)).toEqual([
    expect.stringMatching(/^Stable Image Core · seed \d+$/),
    expect.stringMatching(/^Stable Image Ultra · seed \d+$/),
    'GPT Image 2',
    expect.stringMatching(/^Stable Image Core · seed \d+$/),
  ]);
  expect(await seeDetails(story, message)).toContain('Model: Stable Image Core, Stable Image Ultra, GPT Image 2');
  expect(story.records()[0]?.images[1]?.modelId).toBe('stability.stable-image-ultra-v1:1');
});

it("OpenAI's model draws without what it cannot do, and the result says so in one line", async () => {
  const story = await startStory({ openai: true });
  await story.imagine('a red fox --model core,openai --n 2 --seed 42 --style photo --no text, people');
  const message = await story.seeImages(2);
  const told = message.blocks.filter(({ type }) => type === 'context');
  expect(told).toHaveLength(2);
  expect(told[0]).toMatchObject({ elements: [{ text: 'Photo · without text, people' }] });
  expect(told[1]).toMatchObject({
    elements: [
      {
        type: 'plain_text',
        text: 'GPT Image 2 takes no negative prompt, so “text, people” may still appear. GPT Image 2 takes no seeds, so its images cannot be reproduced exactly.',
      },
    ],
  });
});

it("models are listed with price and limits, with the one of OpenAI's that the settings name", async () => {
  const story = await startStory({ openai: true, settings: { OPENAI_IMAGE_MODEL: 'gpt-image-2.5-flare' } });
  await story.imagine('models');
  const { text } = await story.seePrivately();
  expect(text).toContain('Stable Image Ultra: --model ultra · about $0.14 an image · aspect ratios 21:9');
  expect(text.match(/--model \S+/g)).toEqual([
    '--model core',
    '--model ultra',
    '--model sd3.5',
    '--model openai-flare',
  ]);
  await story.imagine('a red fox --n 1 --model openai-flare');
  await story.seeImages(1);
});

it("OpenAI's model is reported as unavailable without a key, and nothing is started", async () => {
  const story = await startStory();
  await story.imagine('a red fox --model openai');
  await story.seePrivately('The model `openai` is not available here. Choose from `core`, `ultra`, `sd3.5`.');
  expect(story.records()).toEqual([]);
});
