import { expect, test } from 'vitest';
import { ZodError } from 'zod';
import { amazonNovaCanvas, amazonTitan } from '../../src/models/amazon-task-type.js';
import { stability } from '../../src/models/stability.js';
import { stableDiffusionXl } from '../../src/models/stable-diffusion-xl.js';
import type { ModelFamily } from '../../src/models/vendor-model.js';

const families = { stability, amazonTitan, amazonNovaCanvas, stableDiffusionXl };
type Family = keyof typeof families;
const base64 = 'QUJD';
const ofXl = (fields: object) => ({ artifacts: [{ seed: 7, base64, finishReason: 'SUCCESS', ...fields }] });

test.each<[family: Family, answer: object, seed: number | undefined]>([
  ['stability', { seeds: [7], finish_reasons: [null], images: [base64], extra: true }, 7],
  ['amazonTitan', { images: [base64], error: null }, undefined],
  ['amazonNovaCanvas', { images: [base64] }, undefined],
  ['stableDiffusionXl', { result: 'success', ...ofXl({}) }, 7],
])('%s answers the image, and the seed that it used if it says so', (family, answer, seed) => {
  expect(families[family].readAnswer(answer)).toEqual({ base64, seed });
});

test.each(['x', null, -1, 0.5, 2 ** 53])('an image is kept without its odd seed %j', (seed) => {
  expect(stability.readAnswer({ seeds: [seed], images: [base64] })).toEqual({ base64, seed: undefined });
  expect(stableDiffusionXl.readAnswer(ofXl({ seed }))).toEqual({ base64, seed: undefined });
});

const finished = (reason: string) => ({ finish_reasons: [reason], images: [base64], seeds: [1] });

test.each<[family: Family, answer: object, reason: string]>([
  ['stability', finished('Filter reason: prompt'), 'filtered_prompt'],
  ['stability', finished('Filter reason: input image'), 'filtered_input'],
  ['stability', finished('Filter reason: output image'), 'filtered_image'],
  ['stability', finished('Inference error'), 'failed'],
  ['stability', finished('Something new'), 'failed'],
  [
    'amazonTitan',
    { images: [], error: 'All of the generated images have been blocked by our content filters.' },
    'filtered_image',
  ],
  [
    'amazonNovaCanvas',
    { error: 'Generated images conflict with our AUP or AWS Responsible AI Policy.' },
    'filtered_image',
  ],
  ['amazonTitan', { images: null, error: 'Internal trouble' }, 'failed'],
  ['stableDiffusionXl', ofXl({ finishReason: 'CONTENT_FILTERED' }), 'filtered_image'],
  ['stableDiffusionXl', ofXl({ finishReason: 'ERROR' }), 'failed'],
])('%s that answers %j is refused as %s', (family, answer, reason) => {
  expect(() => families[family].readAnswer(answer)).toThrow(expect.objectContaining({ reason }));
});

test.each<[name: string, family: ModelFamily]>(Object.entries(families))(
  '%s does not read what is not an answer of it',
  (_name, family) => {
    for (const answer of ['', [], { images: base64, artifacts: base64 }]) {
      expect(() => family.readAnswer(answer)).toThrow(ZodError);
    }
    expect(family.readAnswer({ images: [], artifacts: [] }).base64).toBeUndefined();
  },
);
