import { describe, expect, test } from 'vitest';
import { ZodError } from 'zod';
import { amazonNovaCanvas, amazonTitan } from '../../src/models/amazon-task-type.js';
import { stability } from '../../src/models/stability.js';
import { stableDiffusionXl } from '../../src/models/stable-diffusion-xl.js';

const oddSeeds = ['x', null, -1, 0.5, 2 ** 53];

describe('Stability', () => {
  test('answers the image and the seed that it used', () => {
    const answer = { seeds: [2130420379], finish_reasons: [null], images: ['QUJD'], extra: true };
    expect(stability.readAnswer(answer)).toEqual({ base64: 'QUJD', seed: 2130420379 });
  });

  test.each(oddSeeds)('keeps an image without the odd seed %j', (seed) => {
    expect(stability.readAnswer({ seeds: [seed], images: ['QUJD'] })).toEqual({ base64: 'QUJD', seed: undefined });
  });

  test.each([
    ['Filter reason: prompt', 'filtered_prompt'],
    ['Filter reason: input image', 'filtered_prompt'],
    ['Filter reason: output image', 'filtered_image'],
    ['Inference error', 'failed'],
    ['Something new', 'failed'],
  ])('that finished with %j is %s, even beside an image', (finishReason, reason) => {
    const answer = { finish_reasons: [finishReason], images: ['QUJD'], seeds: [1] };
    expect(() => stability.readAnswer(answer)).toThrow(expect.objectContaining({ reason }));
  });
});

describe.each([
  ['Titan', amazonTitan],
  ['Nova Canvas', amazonNovaCanvas],
])('%s', (_name, family) => {
  test('answers the image', () => {
    expect(family.readAnswer({ images: ['QUJD'], error: null })).toEqual({ base64: 'QUJD' });
  });

  test.each([
    [{ images: [], error: 'All of the generated images have been blocked by our content filters.' }, 'filtered_image'],
    [{ error: 'Generated images conflict with our AUP or AWS Responsible AI Policy.' }, 'filtered_image'],
    [{ images: null, error: 'Internal trouble' }, 'failed'],
  ])('that answers %j is refused as %s', (answer, reason) => {
    expect(() => family.readAnswer(answer)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('Stable Diffusion XL', () => {
  test('answers the image and the seed that it used', () => {
    const answer = { result: 'success', artifacts: [{ seed: 7, base64: 'QUJD', finishReason: 'SUCCESS' }] };
    expect(stableDiffusionXl.readAnswer(answer)).toEqual({ base64: 'QUJD', seed: 7 });
  });

  test.each(oddSeeds)('keeps an image without the odd seed %j', (seed) => {
    const answer = { artifacts: [{ seed, base64: 'QUJD', finishReason: 'SUCCESS' }] };
    expect(stableDiffusionXl.readAnswer(answer)).toEqual({ base64: 'QUJD', seed: undefined });
  });

  test.each([
    ['CONTENT_FILTERED', 'filtered_image'],
    ['ERROR', 'failed'],
  ])('that finished with %s is %s', (finishReason, reason) => {
    const answer = { artifacts: [{ seed: 7, base64: 'QUJD', finishReason }] };
    expect(() => stableDiffusionXl.readAnswer(answer)).toThrow(expect.objectContaining({ reason }));
  });
});

test.each([stability, amazonTitan, stableDiffusionXl])('no family reads what is not an answer of it (%#)', (family) => {
  for (const answer of ['', [], { images: 'QUJD', artifacts: 'QUJD' }]) {
    expect(() => family.readAnswer(answer)).toThrow(ZodError);
  }
  expect(family.readAnswer({ images: [], artifacts: [] }).base64).toBeUndefined();
});
