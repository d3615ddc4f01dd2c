import { expect, it } from 'vitest';
import { lastLine, startStory, textOf } from './story.js';

it("OpenAI's model is compared with Bedrock's in one batch, each card naming its model", async () => {
  const story = await startStory({ openai: true });
  await story.imagine('a red fox --model core,ultra,openai');
  const message = await story.seeImages();
  const subtitles = [...textOf(message).matchAll(/"subtitle":\{"type":"mrkdwn","text":"([^"]*)"/g)];
  expect(subtitles.map(([, words]) => words)).toEqual([
    expect.stringMatching(/^Stable Image Core · seed \d+$/),
    expect.stringMatching(/^Stable Image Ultra · seed \d+$/),
    'GPT Image 2',
    expect.stringMatching(/^Stable Image Core · seed \d+$/),
  ]);
  expect(lastLine(message)).toContain('Stable Image Core, Stable Image Ultra, GPT Image 2');
  expect(story.records()[0]?.images[1]?.modelId).toBe('stability.stable-image-ultra-v1:1');
});

it("OpenAI's model draws without what it cannot do, and the result says so in one line", async () => {
  const story = await startStory({ openai: true });
  await story.imagine('a red fox --model core,openai --n 2 --seed 42 --style photo --no text, people');
  const message = await story.seeImages(2);
  const told = message.blocks.filter(({ type }) => type === 'context');
  expect(told).toHaveLength(2);
  expect(told[0]).toMatchObject({
    elements: [
      {
        type: 'plain_text',
        text: 'GPT Image 2 takes no negative prompt, so “text, people” may still appear. GPT Image 2 takes no seeds, so its images cannot be reproduced exactly.',
      },
    ],
  });
  expect(lastLine(message)).toMatch(/^1:1 · Photo · seed 42 · Stable Image Core, GPT Image 2/);
});

it("OpenAI's model that is named by the settings is the one on offer", async () => {
  const story = await startStory({ openai: true, settings: { OPENAI_IMAGE_MODEL: 'gpt-image-2.5-flare' } });
  await story.imagine('models');
  expect((await story.seePrivately()).text.match(/--model \S+/g)).toEqual([
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
