import { expect, test } from 'vitest';
import type { ImageModelFamily } from '../../../src/core/image-model.js';
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
])('%j is %s', (name, id) => {
  expect(findStyle(name)?.id).toBe(id);
});

const watercolor = 'a red fox, watercolor painting, soft washes, visible paper texture';
const flat = 'a red fox, flat vector illustration, simple shapes, few solid colors';

test.each<[style: string, ImageModelFamily, applied: ReturnType<typeof applyStyle>]>([
  ['none', 'stability', { prompt: 'a red fox' }],
  ['watercolor', 'stability', { prompt: watercolor }],
  ['comic', 'stable-diffusion-xl', { prompt: 'a red fox', nativeStyle: 'comic-book' }],
  ['flat', 'stable-diffusion-xl', { prompt: flat }], // its field has no value for it
])('the style %s reaches %s in its own field, else as words after the prompt', (style, family, applied) => {
  expect(applyStyle('a red fox', findStyle(style), { family })).toEqual(applied);
});
