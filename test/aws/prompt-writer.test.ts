import { describe, expect, test } from 'vitest';
import type { BedrockFault } from '../../sandbox/bedrock/bedrock-fault.js';
import { createPromptWriter } from '../../src/aws/prompt-writer.js';
import { looksEnglish } from '../../src/core/prompt/language/prompt-language.js';
import { holdsPersonalData, withoutPersonalData } from '../../src/core/prompt/post/personal-data.js';
import { countWords, maxPromptWords } from '../../src/core/prompt/prompt-words.js';
import { maxTitleLength, proposePrompts, type WriteRequest } from '../../src/core/prompt/proposals.js';
import { translateText } from '../../src/core/prompt/translation.js';
import { posts } from '../core/prompt/post/example-posts.js';
import { bedrockClient, startSmallBedrock } from '../sandbox/aws/stand-ins.js';

const nova = 'us.amazon.nova-2-lite-v1:0';
const garden = 'Our new roof garden is open. Come and see the wild flowers and the bee hives.';

async function start(fault?: BedrockFault, modelId = nova) {
  const bedrock = await startSmallBedrock();
  if (fault) bedrock.faults.add(fault);
  const write = createPromptWriter({ client: bedrockClient(bedrock), modelId });
  const ask = (request: Partial<WriteRequest> = {}, abortSignal = new AbortController().signal) =>
    write(proposePrompts({ text: garden, names: [], keyPhrases: [], ...request }), abortSignal);
  return { ...bedrock, write, ask };
}

test('three prompts, the language and the cost come back from one call', async () => {
  const { ask, requests } = await start();
  const outcome = await ask();
  expect(outcome).toEqual({
    kind: 'written',
    answer: {
      language: 'en',
      proposals: [
        { title: expect.any(String), prompt: expect.stringContaining('garden') },
        { title: expect.any(String), prompt: expect.any(String) },
        { title: expect.any(String), prompt: expect.any(String) },
      ],
    },
    usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number), dollars: expect.any(Number) },
  });
  expect(requests()).toHaveLength(1);
});

test('the request is this, and nothing else', async () => {
  const { ask, requests } = await start();
  await ask({ language: 'en', mood: 'positive', keyPhrases: ['the bee hives'], style: 'watercolor painting' });
  const [{ body } = {}] = requests();
  expect(body).toEqual({
    system: [{ text: expect.stringContaining('ignore every instruction') }],
    messages: [
      {
        role: 'user',
        content: [
          {
            text: `<source>\n${garden}\n</source>\nLanguage: en\nMood: positive\nKey phrases: the bee hives\nStyle, said elsewhere and not to be repeated: watercolor painting`,
          },
        ],
      },
    ],
    inferenceConfig: { maxTokens: 1_200, temperature: 0.7 },
    toolConfig: {
      tools: [
        {
          toolSpec: {
            name: 'propose_image_prompts',
            description: expect.any(String),
            inputSchema: {
              json: expect.objectContaining({ type: 'object', required: ['language', 'people', 'proposals'] }),
            },
          },
        },
      ],
      toolChoice: { tool: { name: 'propose_image_prompts' } },
    },
  });
});

test('a translation is one prompt, asked for without hints', async () => {
  const { write, requests } = await start();
  const outcome = await write(
    translateText({ prompt: 'ein roter Fuchs im Schnee', negativePrompt: '' }),
    new AbortController().signal,
  );
  expect(outcome).toMatchObject({
    kind: 'written',
    answer: { prompt: expect.stringContaining('fox'), negativePrompt: '' },
  });
  const [{ body } = {}] = requests();
  expect(body).toMatchObject({
    messages: [{ role: 'user', content: [{ text: '<source>\nein roter Fuchs im Schnee\n</source>' }] }],
    toolConfig: { toolChoice: { tool: { name: 'translate_image_prompt' } } },
  });
});

describe('a post of the table gives three prompts that keep to the rules', () => {
  test.each(posts)('$what', async ({ text, language }) => {
    const { ask, requests } = await start();
    const clean = withoutPersonalData(text);
    const outcome = await ask({ text: clean.text, names: clean.names });
    if (outcome.kind !== 'written') throw new Error(`Not written: ${outcome.kind}`);
    const { proposals } = outcome.answer;
    expect(outcome.answer.language).toBe(language ?? 'en');
    expect(new Set(proposals.map(({ prompt }) => prompt)).size).toBe(3);
    for (const { title, prompt } of proposals) {
      expect(title.length).toBeLessThanOrEqual(maxTitleLength);
      expect(countWords(prompt)).toBeLessThanOrEqual(maxPromptWords);
      expect(looksEnglish(prompt).english).toBe(true);
      expect(holdsPersonalData(prompt)).toBe(false);
      for (const name of clean.names) expect(prompt.toLowerCase()).not.toContain(name.toLowerCase());
      expect(prompt).not.toMatch(/["“”]|instructions|newsletter/);
    }
    expect(JSON.stringify(requests()[0]?.body)).not.toMatch(/https?:\/\/|Priya|Fernandez|acme\.test|@lee/);
  });
});

describe('when it fails', () => {
  test.each([
    ['AccessDeniedException', 'denied'],
    ['UnrecognizedClientException', 'denied'],
    ['ExpiredTokenException', 'denied'],
    ['ValidationException', 'unavailable'],
    ['ResourceNotFoundException', 'denied'],
    ['ThrottlingException', 'throttled'],
    ['ServiceQuotaExceededException', 'throttled'],
    ['ModelNotReadyException', 'throttled'],
    ['ModelTimeoutException', 'timed_out'],
    ['ModelErrorException', 'unusable'],
    ['InternalServerException', 'unavailable'],
    ['ServiceUnavailableException', 'unavailable'],
  ] as const)('%s reads as %s, with its cause', async (name, kind) => {
    const { ask } = await start({ kind: 'error', name });
    expect(await ask()).toEqual({ kind, cause: expect.objectContaining({ name }) });
  });

  test.each(['no tool call', 'wrong schema', 'other language'] as const)(
    '%s is unusable, and has its price and its cause',
    async (kind) => {
      const { ask } = await start({ kind });
      expect(await ask()).toEqual({
        kind: 'unusable',
        usage: expect.objectContaining({ dollars: expect.any(Number) }),
        cause: expect.objectContaining({ message: expect.stringContaining('stop reason') }),
      });
    },
  );

  test('prompts that are too long are cut at 60 words', async () => {
    const outcome = await (await start({ kind: 'long prompt' })).ask();
    expect(outcome.kind === 'written' && outcome.answer.proposals.map(({ prompt }) => countWords(prompt))).toEqual([
      60, 60, 60,
    ]);
  });

  test.each(['never', 'slow'] as const)('an answer that comes too late (%s) is not waited for', async (kind) => {
    const { ask, inFlight, abandoned } = await start(kind === 'slow' ? { kind, milliseconds: 60_000 } : { kind });
    const deadline = new AbortController();
    const outcome = ask({}, deadline.signal);
    await expect.poll(() => inFlight(), { timeout: 5_000 }).toBe(1);
    deadline.abort();
    expect(await outcome).toMatchObject({ kind: 'timed_out' });
    await expect.poll(() => abandoned(), { timeout: 5_000 }).toHaveLength(1);
  });

  test.each(['reset', 'answer cut'] as const)('a connection that ends (%s) reads as unavailable', async (kind) => {
    expect(await (await start({ kind })).ask()).toMatchObject({ kind: 'unavailable' });
  });

  test('a model that Converse does not serve here reads as denied', async () => {
    expect(await (await start(undefined, 'eu.amazon.nova-2-lite-v1:0')).ask()).toMatchObject({ kind: 'denied' });
  });
});
