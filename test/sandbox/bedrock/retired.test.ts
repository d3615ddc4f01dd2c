import { describe, expect, it } from 'vitest';
import { answered, clientOf, core, invoked, sandboxBedrock } from './bedrock-client.js';

const titan = 'amazon.titan-image-generator-v2:0';
const nova = 'amazon.nova-canvas-v1:0';
const xl = 'stability.stable-diffusion-xl-v1';
const kept = { keepRetired: true };
const textToImage = (text: string, config?: object) => ({
  taskType: 'TEXT_IMAGE',
  textToImageParams: { text },
  ...(config && { imageGenerationConfig: config }),
});

describe('retired models of the Bedrock stand-in', () => {
  it.each([
    [titan, 'us-east-1'],
    ['amazon.titan-image-generator-v1', 'us-west-2'],
    [nova, 'us-east-1'],
    [xl, 'us-west-2'],
    ['stability.stable-diffusion-xl-v0', 'us-west-2'],
    ['stability.stable-image-core-v1:0', 'us-west-2'],
  ])('%s has reached the end of its life', async (modelId, region) => {
    await expect(answered({}, {}, modelId, region)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message:
        'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
    });
  });

  it('are not known by another name, nor in another region', async () => {
    const invalid = { name: 'ValidationException', message: 'The provided model identifier is invalid.' };
    await expect(answered({}, {}, `us.${core}`)).rejects.toMatchObject(invalid);
    await expect(answered({}, { prompt: 'a fox' }, core, 'us-east-1')).rejects.toMatchObject(invalid);
    await expect(answered(kept, {}, nova, 'us-west-2')).rejects.toMatchObject(invalid);
  });
});

describe('the Titan and Nova Canvas family, where the account keeps it', () => {
  it('answers as many images as it is asked for, from one seed on', async () => {
    const body = textToImage('a red fox', { numberOfImages: 2, seed: 7, width: 512, height: 512, quality: 'premium' });
    const answer = await answered(kept, body, titan);
    expect(answer).toEqual({ images: [expect.any(String), expect.any(String)], error: null });
    expect(answer.images[0]).not.toBe(answer.images[1]);
  });

  it.each([[titan], [nova]])('%s draws the same image again where no seed is named', async (modelId) => {
    const client = clientOf(await sandboxBedrock(kept), { region: 'us-east-1' });
    const [one, other] = [
      await invoked(client, textToImage('a'), modelId),
      await invoked(client, textToImage('a'), modelId),
    ];
    expect(one).toEqual(other);
  });

  it('varies an image that it is given', async () => {
    const { images } = await answered(kept, textToImage('a red fox'), titan);
    const variation = { taskType: 'IMAGE_VARIATION', imageVariationParams: { images, similarityStrength: 0.9 } };
    const varied = await answered(kept, variation, titan);
    expect(varied).toEqual({ images: [expect.any(String)], error: null });
    expect(varied.images).not.toEqual(images);
  });

  it.each([
    ['a text of 513 characters', titan, textToImage('a'.repeat(513)), '#/textToImageParams/text'],
    ['a text of 1025 characters', nova, textToImage('a'.repeat(1025)), '#/textToImageParams/text'],
    ['a field that it does not know', titan, { ...textToImage('a'), prompt: 'a' }, 'extraneous key [prompt]'],
    ['six images', titan, textToImage('a', { numberOfImages: 6 }), '#/imageGenerationConfig/numberOfImages'],
    ['a size that is not listed', titan, textToImage('a', { width: 1000, height: 1000 }), '1000x1000'],
    ['a side that is no multiple of 16', nova, textToImage('a', { width: 1000, height: 1000 }), '1000x1000'],
    ['a shape beyond 4:1', nova, textToImage('a', { width: 320, height: 1600 }), '320x1600'],
    ['a task that it does not have', titan, { taskType: 'PAINT' }, '#/taskType'],
  ])('refuses %s', async (_what, modelId, body, message) => {
    const refused = answered(kept, body, modelId, 'us-east-1');
    await expect(refused).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a filtered prompt by an error, and a filtered image by a sentence', async () => {
    await expect(answered(kept, textToImage('forbidden'), titan)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('This request has been blocked by our content filters.'),
    });
    const bedrock = await sandboxBedrock(kept);
    bedrock.faults.add({ kind: 'filtered image' });
    const answer = await invoked(clientOf(bedrock), textToImage('a'), titan);
    expect(answer.error).toBe('All of the generated images have been blocked by our content filters.');
  });
});

describe('Stable Diffusion XL, where the account keeps it', () => {
  const body = {
    text_prompts: [{ text: 'a red fox', weight: 1 }],
    cfg_scale: 10,
    steps: 30,
    style_preset: 'anime',
    seed: 5,
  };

  it('answers an artifact', async () => {
    const answer = await answered(kept, body, xl);
    expect(answer).toEqual({
      result: 'success',
      artifacts: [{ seed: 5, base64: expect.any(String), finishReason: 'SUCCESS' }],
    });
  });

  it.each([
    ['no prompt', { text_prompts: [] }, '#/text_prompts'],
    ['a field of another family', { ...body, prompt: 'a' }, 'extraneous key [prompt]'],
    ['too many steps', { ...body, steps: 51 }, '#/steps'],
    ['a style that it does not have', { ...body, style_preset: 'fauvism' }, '#/style_preset'],
    ['a size that it does not draw', { ...body, width: 512, height: 512 }, '512x512'],
  ])('refuses %s', async (_what, refused, message) => {
    const answer = answered(kept, refused, xl);
    await expect(answer).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a filtered prompt by an error, and tells a filtered image by its finish reason', async () => {
    const filtered = answered(kept, { text_prompts: [{ text: 'forbidden' }] }, xl);
    await expect(filtered).rejects.toMatchObject({ message: expect.stringContaining('invalid_prompts') });
    const bedrock = await sandboxBedrock(kept);
    bedrock.faults.add({ kind: 'filtered image' });
    const answer = await invoked(clientOf(bedrock), body, xl);
    expect(answer.artifacts).toEqual([{ seed: 5, base64: '', finishReason: 'CONTENT_FILTERED' }]);
  });
});
