import { describe, expect, it } from 'vitest';
import { isFinished, lastLine, startStory, textOf } from './story.js';

const settings = { IMAGE_MODEL: 'gpt-image-2' };

describe("OpenAI's model", () => {
  it("is compared with Bedrock's in one batch, each card naming its model", async () => {
    const story = await startStory({ openai: true });
    await story.imagine('a red fox --model core,ultra,openai');
    const message = await story.see('four images', isFinished);
    expect(message.images).toHaveLength(4);
    const subtitles = [...textOf(message).matchAll(/"subtitle":\{"type":"mrkdwn","text":"([^"]*)"/g)];
    expect(subtitles.map(([, words]) => words)).toEqual([
      expect.stringMatching(/^Stable Image Core · seed \d+$/),
      expect.stringMatching(/^Stable Image Ultra · seed \d+$/),
      'GPT Image 2',
      expect.stringMatching(/^Stable Image Core · seed \d+$/),
    ]);
    expect(lastLine(message)).toContain('Stable Image Core, Stable Image Ultra, GPT Image 2');
  });

  it('draws alone, in the shape asked for', async () => {
    const story = await startStory({ openai: true });
    await story.imagine('a red fox --model openai --ar 4:3');
    const message = await story.see('four images', isFinished);
    expect(message.images).toHaveLength(4);
    expect(lastLine(message)).toMatch(/^4:3 · GPT Image 2 · \d+ s · batch/);
    const sent = story.wireLog.entries().filter(({ service }) => service === 'openai');
    expect(sent).toHaveLength(4);
    expect(sent[0]?.detail).toMatchObject({ model: 'gpt-image-2', prompt: 'a red fox', width: 1152, height: 864 });
  });

  it('draws without what it cannot do, and the result says so in one line', async () => {
    const story = await startStory({ openai: true });
    await story.imagine('a red fox --model core,openai --n 2 --seed 42 --style photo --no text, people');
    const message = await story.see('two images', isFinished);
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

  it('that is named by the settings is the one on offer', async () => {
    const story = await startStory({ openai: true, settings: { OPENAI_IMAGE_MODEL: 'gpt-image-2.5-flare' } });
    await story.imagine('models');
    const list = await story.see('the list', ({ isEphemeral }) => isEphemeral);
    expect(list.text.match(/--model \S+/g)).toEqual([
      '--model core',
      '--model ultra',
      '--model sd3.5',
      '--model openai-flare',
    ]);
    await story.imagine('a red fox --n 1 --model openai-flare');
    expect((await story.see('one image', isFinished)).images).toHaveLength(1);
  });

  it('is reported as unavailable without a key, and nothing is started', async () => {
    const story = await startStory();
    await story.imagine('a red fox --model openai');
    const answer = await story.see('the issue', ({ isEphemeral }) => isEphemeral);
    expect(answer.text).toContain('The model `openai` is not available here. Choose from `core`, `ultra`, `sd3.5`.');
    expect(story.records()).toEqual([]);
  });

  it.each([
    ['moderation', { kind: 'moderation' }, 'filtered_prompt', "The model's content filter blocked this prompt."],
    ['a rate limit', { kind: 'rate_limit', retryAfterSeconds: 0 }, 'throttled', 'The model was too busy'],
    ['an outage', { kind: 'error', status: 503 }, 'unavailable', 'The model could not be reached.'],
  ] as const)('tells of %s in the words that every model has for it', async (_, fault, reason, words) => {
    const story = await startStory({ openai: true, settings: { ...settings, GENERATION_TIMEOUT_SECONDS: '2' } });
    story.openai.faults.add(fault, { times: 100 });
    await story.imagine('a red fox');
    const message = await story.see('the end', isFinished);
    expect(textOf(message)).toContain(words);
    expect(story.records()[0]?.images).toMatchObject(Array.from({ length: 4 }, () => ({ state: 'failed', reason })));
  });
});
