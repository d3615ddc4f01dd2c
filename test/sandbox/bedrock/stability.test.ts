import { describe, expect, it } from 'vitest';
import { imageSize } from '../../../sandbox/images/image-size.js';
import { answered, clientOf, core, invoked, sandboxBedrock } from './bedrock-client.js';

const ultra = 'stability.stable-image-ultra-v1:1';
const diffusion3 = 'stability.sd3-5-large-v1:0';
const prompt = 'a red fox in the snow';

async function refusalOf(body: unknown, modelId = core) {
  const error: unknown = await answered({}, body, modelId).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
  return error instanceof Error ? JSON.parse(error.message).detail : undefined;
}

describe('the Stability models of the Bedrock stand-in', () => {
  it('answer one image, its seed and no reason to stop', async () => {
    const answer = await answered({}, { prompt, seed: 42, aspect_ratio: '16:9', output_format: 'png' });
    expect(answer).toEqual({ seeds: [42], finish_reasons: [null], images: [expect.any(String)] });
    const image = Buffer.from(answer.images[0], 'base64');
    expect(image.toString('latin1', 1, 4)).toBe('PNG');
    expect(imageSize(image)).toEqual({ width: 168, height: 96 });
  });

  it('draw at about one megapixel unless told otherwise', async () => {
    const answer = await answered({ imageScale: 1 }, { prompt });
    expect(imageSize(Buffer.from(answer.images[0], 'base64'))).toEqual({ width: 1024, height: 1024 });
  });

  it('draw the same image for the same prompt and seed, and another for another', async () => {
    const client = clientOf(await sandboxBedrock());
    const answers = await Promise.all([7, 7, 8, 9, 10].map((seed) => invoked(client, { prompt, seed })));
    const images = answers.map((answer) => answer.images[0]);
    expect(images[0]).toBe(images[1]);
    expect(new Set(images).size).toBe(4);
  });

  it('take seed 0, and no seed, for any', async () => {
    const client = clientOf(await sandboxBedrock({ random: () => 0.5 }));
    expect((await invoked(client, { prompt, seed: 0 })).seeds).toEqual([2147483648]);
    expect((await invoked(client, { prompt })).seeds).toEqual([2147483648]);
  });

  it.each([core, ultra, diffusion3])('%s draws JPEG where it is asked to', async (modelId) => {
    const answer = await answered({}, { prompt, output_format: 'jpeg' }, modelId);
    expect(imageSize(Buffer.from(answer.images[0], 'base64'))).toEqual({ width: 128, height: 128 });
    expect(Buffer.from(answer.images[0], 'base64').readUInt16BE()).toBe(0xffd8);
  });

  it.each(['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'])('draw the shape %s', async (ratio) => {
    const answer = await answered({}, { prompt, aspect_ratio: ratio });
    const size = imageSize(Buffer.from(answer.images[0], 'base64'));
    const [across = 0, down = 1] = ratio.split(':').map(Number);
    expect((size?.width ?? 0) / (size?.height ?? 1)).toBeCloseTo(across / down, 0);
  });

  it('refuse a field that they do not know, and name those that they do', async () => {
    expect(await refusalOf({ prompt, steps: 30 })).toMatchInlineSnapshot(
      `"Invalid field 'steps' in request. Available fields for stable-image-core are: prompt, negative_prompt, mode, aspect_ratio, seed, output_format"`,
    );
    expect(await refusalOf({ prompt, image: 'AAAA' })).toContain("Invalid field 'image'");
  });

  it.each([
    ['no prompt', 'prompt', {}],
    ['an empty prompt', 'prompt', { prompt: '' }],
    ['a prompt of 10,001 characters', 'prompt', { prompt: 'a'.repeat(10_001) }],
    ['a negative prompt of 10,001 characters', 'negative_prompt', { prompt, negative_prompt: 'a'.repeat(10_001) }],
    ['a shape that is not one of the nine', 'aspect_ratio', { prompt, aspect_ratio: '4:3' }],
    ['a seed above the range', 'seed', { prompt, seed: 4_294_967_296 }],
    ['a seed below the range', 'seed', { prompt, seed: -1 }],
    ['a seed between two numbers', 'seed', { prompt, seed: 1.5 }],
    ['a format that it does not draw', 'output_format', { prompt, output_format: 'webp' }],
    ['a mode that it does not have', 'mode', { prompt, mode: 'image-to-image' }],
  ])('refuse %s', async (_what, field, body) => {
    expect(await refusalOf(body)).toMatch(new RegExp(`field '${field}'|Invalid ${field} `));
  });

  it('take a prompt of 10,000 characters and the largest seed', async () => {
    const seed = 4_294_967_295;
    expect(await answered({}, { prompt: 'a'.repeat(10_000), seed })).toMatchObject({ seeds: [seed] });
    expect(await refusalOf({ prompt, seed }, diffusion3)).toContain('seed');
  });

  it('refuse a body that is not JSON', async () => {
    await expect(answered({}, '{')).rejects.toMatchObject({
      message: 'Malformed input request, please reformat your input and try again.',
    });
  });

  it('refuse a body of more than 25,000,000 bytes', async () => {
    const body = JSON.stringify({ prompt });
    const refused = answered({}, body.padEnd(25_000_001), core);
    await expect(refused).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('less than or equal to 25000000'),
    });
    expect(await answered({}, body.padEnd(25_000_000), core)).toMatchObject({ finish_reasons: [null] });
  });

  it('begin from an image: SD3.5 by mode, Ultra by the image alone', async () => {
    const { images } = await answered({}, { prompt });
    const begun = { prompt, image: images[0], strength: 0.5, seed: 1 };
    const byMode = await answered({}, { ...begun, mode: 'image-to-image' }, diffusion3);
    const byImage = await answered({}, begun, ultra);
    expect(byImage.images).not.toEqual(images);
    expect(byMode.images).not.toEqual(images);
    expect(await refusalOf(begun, diffusion3)).toContain('image-to-image');
    expect(await refusalOf({ ...begun, mode: 'image-to-image', aspect_ratio: '1:1' }, diffusion3)).toContain(
      'aspect_ratio',
    );
    expect(await refusalOf({ ...begun, image: 'bm8=' }, ultra)).toContain('image');
  });

  it('filter a prompt with a forbidden word: no image, no seed, and HTTP 200', async () => {
    expect(await answered({}, { prompt: 'a Forbidden fox' })).toEqual({ finish_reasons: ['Filter reason: prompt'] });
    const other = await answered({ filteredWords: ['fox'] }, { prompt });
    expect(other).toEqual({ finish_reasons: ['Filter reason: prompt'] });
  });
});
