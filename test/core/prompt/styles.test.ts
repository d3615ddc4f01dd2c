import { expect, test } from 'vitest';
import { applyStyle, findStyle, styles } from '../../../src/core/prompt/styles.js';

test('every id, label and alias belongs to one style', () => {
  for (const style of styles) {
    for (const name of [style.id, style.label, style.label.toUpperCase(), ...style.aliases]) {
      expect(findStyle(name)).toBe(style);
    }
  }
  const names = styles.flatMap(({ id, aliases }) => [id, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['line art', 'line-art'],
  ['Pixel_Art', 'pixel-art'],
  [' 3D ', '3d'],
  ['aquarelle', 'watercolor'],
])('%j is %s', (name, id) => {
  expect(findStyle(name)?.id).toBe(id);
});

test('no style leaves the prompt as it is', () => {
  expect(applyStyle('a red fox', undefined, { family: 'stability' })).toEqual({ prompt: 'a red fox' });
});

test('a model without a field for it gets the style as words after the prompt', () => {
  expect(applyStyle('a red fox', findStyle('watercolor'), { family: 'stability' })).toEqual({
    prompt: 'a red fox, watercolor painting, soft washes, visible paper texture',
  });
});

test("a model with a field for it gets the vendor's value and the prompt untouched", () => {
  expect(applyStyle('a red fox', findStyle('comic'), { family: 'stable-diffusion-xl' })).toEqual({
    prompt: 'a red fox',
    nativeStyle: 'comic-book',
  });
});

test('a style that the field has no value for is words again', () => {
  expect(applyStyle('a red fox', findStyle('flat'), { family: 'stable-diffusion-xl' }).nativeStyle).toBeUndefined();
  expect(applyStyle('a red fox', findStyle('photo'), { family: 'stable-diffusion-xl-v0' }).prompt).toContain(
    'photograph',
  );
});
