import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawImage, recipeOf } from '../../../sandbox/images/draw-image.js';
import { edit, encodeResult, type GivenImage } from '../../../sandbox/images/image-services.js';
import { padPng } from '../../../sandbox/images/pad-png.js';
import { readRecipe } from '../../../sandbox/images/recipe.js';

const size = { width: 96, height: 64 };
const fox = { prompt: 'a red fox and an owl at night, watercolor painting', model: 'core', seed: 7, ...size };
const draw = async (format: 'png' | 'jpeg'): Promise<GivenImage> => ({
  bytes: await drawImage({ ...fox, format }),
  ...size,
});

describe('the recipe of an image', () => {
  it('comes with every PNG and JPEG, padded or not', async () => {
    const [png, jpeg] = [await draw('png'), await draw('jpeg')];
    for (const bytes of [png.bytes, padPng(png.bytes, 100_000), jpeg.bytes]) {
      const recipe = readRecipe(bytes);
      expect(recipe).toMatchObject({ ...size, seed: 7, model: 'core' });
      expect(recipe?.scene).toMatchObject({ style: 'watercolor', light: 'night' });
      expect(recipe?.scene.subjects.map(({ name }) => name)).toEqual(['fox', 'owl']);
    }
  });

  it('stays out of images that were encoded again, and of a JPEG whose comment it would overflow', async () => {
    const { bytes } = await draw('png');
    expect(readRecipe(await sharp(bytes).jpeg().toBuffer())).toBeUndefined();
    expect(readRecipe(Buffer.from('no image'))).toBeUndefined();
    const long = await drawImage({ ...fox, prompt: 'a fox', model: 'x'.repeat(70_000), format: 'jpeg' });
    expect(readRecipe(long)).toBeUndefined();
    expect((await sharp(long).metadata()).format).toBe('jpeg');
  });

  it.each([
    ['add a hat', { subjects: ['fox', 'top-hat', 'owl'], light: 'night' }],
    ['make the fox blue', { subjects: ['fox', 'owl'], colors: ['#2b6cd9', undefined] }],
    ['make it a sunny day', { light: 'day' }],
    ['turn it into pixel art', { style: 'pixel-art' }],
    ['put it in the snow', { ground: 'snow' }],
  ])('follows the edit "%s"', async (prompt, expected) => {
    const { recipe } = await edit(await draw('png'), { prompt, seed: 1 }, size);
    const subjects = recipe?.scene.subjects ?? [];
    const shown = {
      ...recipe?.scene,
      subjects: subjects.map(({ name }) => name),
      colors: subjects.map(({ color }) => color),
    };
    expect(shown).toMatchObject(expected);
  });

  it('is handed on by a result', async () => {
    const result = await edit(await draw('png'), { prompt: 'add a hat', seed: 1 }, size);
    expect(readRecipe(await encodeResult(result, 'jpeg'))).toMatchObject({ seed: recipeOf(fox).seed });
  });
});
