import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import { chooseRetrySeed, chooseSeed, findWarnings, fitSeed, planBatch } from '../../../src/core/batch/plan-batch.js';
import { models } from '../../../src/core/model-catalog.js';
import { warningSentence } from '../../../src/text/batch.js';
import { exampleBatch } from '../example-batch.js';

const almostOne = 1 - Number.EPSILON / 2;

describe('a seed', () => {
  test.each([
    [{ min: 1, max: 4_294_967_291 }, 0, 1],
    [{ min: 1, max: 4_294_967_291 }, almostOne, 4_294_967_291],
    [{ min: 0, max: 10 }, 0, 1],
    [{ min: 5, max: 5 }, 0.5, 5],
  ])('from %o at %d is %i', (range, random, seed) => {
    expect(chooseSeed(range, () => random)).toBe(seed);
  });

  test('is in the range, and never 0', () => {
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 4_294_967_294 }), unit, (min, size, random) => {
        const seed = chooseSeed({ min, max: min + size }, () => random);
        expect(Number.isSafeInteger(seed) && seed >= Math.max(1, min) && seed <= min + size).toBe(true);
      }),
    );
  });

  test.each(models.map(({ label, seedRange }) => [label, seedRange] as const))(
    'with which an image is drawn again is one that %s takes',
    (_, { min, max }) => {
      for (const random of [0, almostOne]) {
        const seed = chooseRetrySeed(() => random);
        expect(seed >= min && seed <= max).toBe(true);
      }
    },
  );
});

describe('a seed that was given', () => {
  const range = { min: 1, max: 10 };

  test.each([
    [1, 1],
    [10, 10],
    [11, 1],
    [0, 10],
    [25, 5],
    [Number.MAX_SAFE_INTEGER, 1],
  ])('of %i is %i for a model with seeds from 1 to 10', (seed, fitting) => {
    expect(fitSeed(seed, range)).toBe(fitting);
  });

  test('is fitted into the range of every model, and no two images of a model share one', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.subarray([...models], { minLength: 1, maxLength: 4 }), (seed, some) => {
        const [first = models[0], ...others] = some;
        const request = { workspaceId: 'T0WORK', channelId: 'C0ROOM', requesterId: 'U0ASKER', prompt: 'a fox' };
        const settings = {
          negativePrompt: '',
          aspectRatio: undefined,
          style: undefined,
          seed,
          count: 10,
          visibility: undefined,
        };
        const deps = { newId: () => '01JCZZZZZZZZZZZZZZZZ7F3A2C', now: () => new Date(0), random: () => 0 };
        const { images } = planBatch(deps, { ...request, ...settings, models: [first, ...others] });
        for (const modelInfo of some) {
          const seeds = images.flatMap((image) => (image.modelId === modelInfo.modelId ? [image.seed] : []));
          for (const own of seeds) expect(own).toBe(fitSeed(own, modelInfo.seedRange));
          expect(new Set(seeds).size).toBe(seeds.length);
        }
        expect(images[0]?.seed).toBe(fitSeed(seed, first.seedRange));
      }),
    );
  });
});

const core = 'stability.stable-image-core-v1:1';
const everything = { negativePrompt: 'text', seed: 7, styleId: 'photo' };

test.each<[what: string, modelIds: string[], settings: Partial<Batch['settings']>, sentences: unknown[]]>([
  ['of a model that can do all that was asked', [core], everything, []],
  [
    'of each model that lacks something, with what that means for its images',
    [core, 'gpt-image-2', 'stability.stable-diffusion-xl-v0'],
    everything,
    [
      'GPT Image 2 takes no negative prompt, so “text” may still appear.',
      'GPT Image 2 takes no seeds, so its images cannot be reproduced exactly.',
      'Stable Diffusion XL 0.8 takes no negative prompt, so “text” may still appear.',
    ],
  ],
  [
    'of a seed that only some of the models take as it is',
    [core, 'amazon.nova-canvas-v1:0', 'gpt-image-2'],
    { seed: 4_294_967_294 },
    [
      'Amazon Nova Canvas does not take seed 4294967294, so seed 0 is used instead.',
      'GPT Image 2 takes no seeds, so its images cannot be reproduced exactly.',
    ],
  ],
  ['of what was not asked for', ['gpt-image-2'], { styleId: 'photo' }, []],
  ['of a model that left the table', ['old.model'], everything, []],
  [
    'of a long text, in short and on one line',
    ['gpt-image-2'],
    { negativePrompt: 'text,\npeople, '.repeat(700) },
    [expect.stringMatching(/^GPT Image 2 takes no negative prompt, so “text, people, .{1,60}…” may still appear\.$/)],
  ],
])('the warnings %s', (_what, modelIds, settings, sentences) => {
  const sent = modelIds.map((modelId) => ({ modelId, prompt: 'a red fox' }));
  const batch = exampleBatch({ sent, settings: { aspectRatio: '1:1', ...settings } });
  expect(findWarnings(batch).map(warningSentence)).toEqual(sentences);
});
