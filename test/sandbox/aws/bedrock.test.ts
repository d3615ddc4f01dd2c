import { ApplyGuardrailCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { expect, it } from 'vitest';
import type { BedrockFault } from '../../../sandbox/bedrock/bedrock-fault.js';
import { answerOf, bedrockClient, core, invoke, startSmallBedrock } from './stand-ins.js';

const sd35 = 'stability.sd3-5-large-v1:0';
const titan = 'amazon.titan-image-generator-v2:0';
const nova = 'amazon.nova-canvas-v1:0';
const xl = 'stability.stable-diffusion-xl-v1';
const kept = { keepRetired: true };
const prompt = 'a red fox';
const words = [{ text: prompt, weight: 1 }];
const textToImage = (text: string, imageGenerationConfig: object = {}) => ({
  taskType: 'TEXT_IMAGE',
  textToImageParams: { text },
  imageGenerationConfig,
});

const sizeOf = (base64: string) => {
  const png = Buffer.from(base64, 'base64');
  return [png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)];
};

it('answers one image of the aspect ratio asked for, the same for the same seed', async () => {
  const client = bedrockClient(await startSmallBedrock());
  const body = { prompt, seed: 42, aspect_ratio: '16:9', output_format: 'png' };
  const answer = await invoke(client, body);
  expect(answer).toEqual({ seeds: [42], finish_reasons: [null], images: [expect.any(String)] });
  expect(sizeOf(answer.images[0])).toEqual(['PNG', 168, 96]);
  expect(await invoke(client, body)).toEqual(answer);
  expect((await invoke(client, { ...body, seed: 43 })).images).not.toEqual(answer.images);
});

it.each([
  [titan, textToImage(prompt, { seed: 7, width: 512, height: 512 }), { images: [expect.any(String)], error: null }],
  [
    xl,
    { text_prompts: words, cfg_scale: 7, steps: 30, style_preset: 'anime', seed: 5 },
    { result: 'success', artifacts: [{ seed: 5, base64: expect.any(String), finishReason: 'SUCCESS' }] },
  ],
])('answers for %s as its page says, if the account kept it', async (modelId, body, answer) => {
  expect(await answerOf(kept, body, modelId)).toEqual(answer);
  await expect(answerOf({}, body, modelId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('draws the same image again for a Titan request that names no seed', async () => {
  const client = bedrockClient(await startSmallBedrock(kept));
  expect(await invoke(client, textToImage('a'), titan)).toEqual(await invoke(client, textToImage('a'), titan));
});

it('refuses an unknown field and names the known ones', async () => {
  await expect(answerOf({}, { prompt, steps: 30 })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ValidationException: {"detail":"Invalid field 'steps' in request. Available fields for stable-image-core are: prompt, negative_prompt, mode, aspect_ratio, seed, output_format"}]`,
  );
});

it.each([
  ['no prompt', core, {}, "field 'prompt'"],
  ['a prompt of 10,001 characters', core, { prompt: 'a'.repeat(10_001) }, "field 'prompt'"],
  ['a negative prompt of 10,001', core, { prompt, negative_prompt: 'a'.repeat(10_001) }, "field 'negative_prompt'"],
  ['an aspect ratio that is not one of the nine', core, { prompt, aspect_ratio: '4:3' }, "field 'aspect_ratio'"],
  ['a seed above the range', core, { prompt, seed: 4_294_967_296 }, "field 'seed'"],
  ["a seed above SD3.5's range", sd35, { prompt, seed: 4_294_967_295 }, "field 'seed'"],
  ['a negative seed', core, { prompt, seed: -1 }, "field 'seed'"],
  ['a body that is not JSON', core, '{', 'Malformed input request'],
  ['a model by another name', `us.${core}`, { prompt }, 'model identifier is invalid'],
  ['a model of another region', nova, textToImage('a'), 'model identifier is invalid'],
  ['a text of 513 characters', titan, textToImage('a'.repeat(513)), '#/textToImageParams/text'],
  ['a field of another family', titan, { ...textToImage('a'), prompt }, 'extraneous key [prompt]'],
  ['two images', titan, textToImage('a', { numberOfImages: 2 }), '#/imageGenerationConfig/numberOfImages'],
  ['a size that is not listed', titan, textToImage('a', { width: 1000, height: 1000 }), '1000x1000'],
  ['no words', xl, { text_prompts: [] }, '#/text_prompts'],
  ['too many steps', xl, { text_prompts: words, steps: 51 }, '#/steps'],
  ['an unknown style', xl, { text_prompts: words, style_preset: 'fauvism' }, '#/style_preset'],
  ['a size that XL does not draw', xl, { text_prompts: words, width: 512, height: 512 }, '512x512'],
])('refuses %s', async (_what, modelId, body, message) => {
  await expect(answerOf(kept, body, modelId)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

it.each([
  [1025, 1024, 1024, '#/textToImageParams/text'],
  [1, 1000, 1000, '1000x1000'],
  [1, 320, 1600, '320x1600'],
])('refuses Nova Canvas %i characters at %ix%i', async (length, width, height, message) => {
  const body = textToImage('a'.repeat(length), { width, height });
  await expect(answerOf(kept, body, nova, 'us-east-1')).rejects.toThrow(message);
});

it('filters a forbidden word in the way of each family', async () => {
  expect(await answerOf({}, { prompt: 'a Forbidden fox' })).toEqual({ finish_reasons: ['Filter reason: prompt'] });
  await expect(answerOf(kept, textToImage('forbidden'), titan)).rejects.toThrow('blocked by our content filters');
  await expect(answerOf(kept, { text_prompts: [{ text: 'forbidden' }] }, xl)).rejects.toThrow('invalid_prompts');
});

it.each([
  ['filtered image', core, { prompt }, { finish_reasons: ['Filter reason: output image'] }],
  ['filtered image', titan, textToImage('a'), { images: [], error: expect.stringContaining('blocked') }],
  ['filtered image', xl, { text_prompts: words }, { artifacts: [{ finishReason: 'CONTENT_FILTERED' }] }],
  ['inference error', core, { prompt }, { finish_reasons: ['Inference error'] }],
  ['missing images', core, { prompt, seed: 4 }, { seeds: [4], finish_reasons: [null] }],
  ['empty image', core, { prompt }, { images: [''] }],
  ['not base64', core, { prompt }, { images: ['%%% this is not base64 %%%'] }],
] satisfies [BedrockFault['kind'], string, unknown, object][])(
  'plays a %s of %s',
  async (kind, modelId, body, answer) => {
    const bedrock = await startSmallBedrock(kept);
    bedrock.faults.add({ kind });
    expect(await invoke(bedrockClient(bedrock), body, modelId)).toMatchObject(answer);
  },
);

it('plays bytes that are no image, another format, and an answer of nearly 25,000,000 bytes', async () => {
  const bedrock = await startSmallBedrock();
  const client = bedrockClient(bedrock);
  for (const kind of ['not an image', 'other format', 'huge'] as const) bedrock.faults.add({ kind });
  const bytes = async () => Buffer.from((await invoke(client, { prompt })).images[0], 'base64');
  expect((await bytes()).toString()).toBe('This is not an image.');
  expect((await bytes()).readUInt16BE()).toBe(0xffd8);
  const asked = { modelId: core, contentType: 'application/json', body: JSON.stringify({ prompt }) };
  const { body } = await client.send(new InvokeModelCommand(asked));
  expect(body.length).toBeGreaterThan(24_900_000);
  const [, start = ''] = /"images":\["([^"]{40})/.exec(Buffer.from(body).toString('latin1', 0, 200)) ?? [];
  expect(sizeOf(start)).toEqual(['PNG', 128, 128]);
});

it('pads images to a size, and draws one for all prompts, to be measured by', async () => {
  const client = bedrockClient(await startSmallBedrock({ imageBytes: 300_000, sameImage: true }));
  const [one, other] = [await invoke(client, { prompt, seed: 1 }), await invoke(client, { prompt: 'a', seed: 2 })];
  expect(Buffer.from(one.images[0], 'base64').length).toBe(300_000);
  expect(other).toEqual({ ...one, seeds: [2] });
});

it('blocks the words of a guardrail, applied by itself or to a model', async () => {
  const guardrails = [{ identifier: 'gr1', version: '1', words: ['Contoso'], blockedMessage: 'Not for us to draw.' }];
  const client = bedrockClient(await startSmallBedrock({ guardrails }));
  const guardrail = { guardrailIdentifier: 'gr1', guardrailVersion: '1' };
  const apply = (text: string, changes: object = {}) =>
    client.send(
      new ApplyGuardrailCommand({ ...guardrail, source: 'INPUT', content: [{ text: { text } }], ...changes }),
    );
  expect(await apply('the contoso logo')).toMatchObject({
    action: 'GUARDRAIL_INTERVENED',
    outputs: [{ text: 'Not for us to draw.' }],
    assessments: [{ wordPolicy: { customWords: [{ match: 'Contoso', action: 'BLOCKED' }] } }],
  });
  expect(await apply(prompt)).toMatchObject({ action: 'NONE', outputs: [] });
  await expect(apply('a', { guardrailIdentifier: 'other' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const body = JSON.stringify({ prompt: 'the contoso logo' });
  const drawing = { modelId: core, contentType: 'application/json', ...guardrail, body };
  const drawn = await client.send(new InvokeModelCommand(drawing));
  expect(drawn.body.transformToString()).toBe('{"amazon-bedrock-guardrailAction":"INTERVENED"}');
});
