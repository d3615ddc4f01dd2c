import { describe, expect, test } from 'vitest';
import type { Batch, BatchImage } from '../../src/core/batch/batch.js';
import {
  details,
  imageLabel,
  modelsByNumber,
  outcome,
  progressLine,
  settingsLine,
  words,
} from '../../src/text/batch.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../core/example-batch.js';

const by = (modelId: string, image: BatchImage): BatchImage => ({ ...image, modelId });
const seeded = (...seeds: number[]) => seeds.map((seed, index) => storedImage(index + 1, seed));

const finishedAt = '2026-11-20T10:00:11.400Z';
const four = [1, 2, 3, 4].map((number) => storedImage(number));

const detailOf = (name: string, batch: Batch) => Object.fromEntries(details(batch))[name];

test('details say how to make the images again, beside what was written', () => {
  const settings = { aspectRatio: '16:9', styleId: 'watercolor', negativePrompt: 'snow, ice' } as const;
  expect(details(exampleBatch({ images: four, finishedAt, settings }))).toEqual([
    ['Style', 'Watercolor'],
    ['Aspect ratio', '16:9'],
    ['Model', 'Stable Image Core'],
    ['Seed', '42–45'],
    ['Time', '11 s'],
    ['Cost', 'about $0.16'],
    ['Batch', '7f3a2c'],
  ]);
});

test.each<
  [what: string, images: BatchImage[], seed: string | undefined, cost: string | undefined, more?: Partial<Batch>]
>([
  ['an image that failed, and so cost nothing', [failedImage(1), storedImage(2)], '43', 'about $0.04'],
  ['images that all failed', [failedImage(1), failedImage(2)], '42–43', undefined],
  ['an image that is still drawn', [storedImage(1), pendingImage(2)], '42', 'about $0.04', { finishedAt: undefined }],
  ['a model without a known price', [by('amazon.nova-canvas-v1:0', storedImage(1))], '42', undefined],
  ['a model that takes no seed', [by('gpt-image-2', storedImage(1))], undefined, undefined],
  ['a model without seeds beside one with them', [by('gpt-image-2', storedImage(1)), storedImage(2)], '43', undefined],
  ['seeds with a gap', seeded(42, 43, 45), '42, 43, 45', 'about $0.12'],
  ['seeds in another order', seeded(45, 44), '45, 44', 'about $0.08'],
])('details of %s', (_what, images, seed, cost, more) => {
  const batch = exampleBatch({ images, finishedAt, ...more });
  expect([detailOf('Seed', batch), detailOf('Cost', batch)]).toEqual([seed, cost]);
});

test.each([
  ['2026-11-20T10:00:00.000Z', '1 s'],
  ['2026-11-20T10:01:10.000Z', '70 s'],
  [undefined, undefined],
])('details of a batch that ended at %s say that it took %s', (ended, time) => {
  expect(detailOf('Time', exampleBatch({ images: four, finishedAt: ended }))).toBe(time);
});

test('details name every model of a comparison, even one that left the catalog', () => {
  expect(detailOf('Model', exampleBatch({ images: [storedImage(1), by('old.model', storedImage(2))] }))).toBe(
    'Stable Image Core, old.model',
  );
});

test.each([
  [{ ahead: 6, milliseconds: 36_000 }, 'When you asked, 6 images were ahead of yours, and the wait was about 40 s.'],
  [{ ahead: 1, milliseconds: 0 }, 'When you asked, 1 image was ahead of yours.'],
  [{ ahead: 0, milliseconds: 9_000 }, 'When you asked, the wait was about 10 s.'],
  [{ ahead: 0, milliseconds: 0 }, ''],
])('the position %o in the queue is told afterwards as “%s”', (position, waited) => {
  expect(words.waited(position)).toBe(waited);
});

test('a comparison names the images of each model', () => {
  const images = [storedImage(1), by('gpt-image-2', failedImage(2)), pendingImage(3), by('old.model', storedImage(4))];
  expect(modelsByNumber(images)).toBe('Stable Image Core: 1, 3. GPT Image 2: 2. old.model: 4.');
});

test.each<[Partial<Batch['settings']>, string]>([
  [{}, ''],
  [{ aspectRatio: '16:9' }, '16:9'],
  [{ styleId: 'watercolor', aspectRatio: '16:9', negativePrompt: 'snow' }, 'Watercolor · 16:9 · without snow'],
  [
    { negativePrompt: 'snow '.repeat(100) },
    expect.stringMatching(/^without (snow )+snow?…$|^without (snow )+.{0,4}…$/),
  ],
])('above the images, the settings %o read as %o', (settings, line) => {
  expect(settingsLine(exampleBatch({ settings: { aspectRatio: '1:1', ...settings } }))).toEqual(line);
});

describe('the label of an image', () => {
  const core = 'stability.stable-image-core-v1:1';
  test.each<[what: string, models: string[], image: BatchImage, label: string]>([
    ['is its seed', [core], storedImage(1), 'seed 42'],
    ['has the model too if there are several', [core, 'x'], storedImage(1), 'Stable Image Core · seed 42'],
    ['is the model alone if that takes no seed', ['gpt-image-2'], by('gpt-image-2', storedImage(1)), 'GPT Image 2'],
  ])('%s', (_what, models, image, label) => {
    const sent = models.map((modelId) => ({ modelId, prompt: 'a red fox' }));
    expect(imageLabel(exampleBatch({ sent }), image)).toBe(label);
  });
});

test.each([
  [{ ahead: 6, milliseconds: 36_000 }, 'Waiting: 6 images ahead of yours, about 40 s'],
  [{ ahead: 1, milliseconds: 240_001 }, 'Waiting: 1 image ahead of yours, about 5 minutes'],
  [{ ahead: 16, milliseconds: 0 }, 'Waiting: 16 images ahead of yours'],
  [{ ahead: 0, milliseconds: 0 }, 'Waiting for the model'],
  [undefined, 'Drawing 2 images'],
])('the position %o in the queue is shown as %s', (position, waiting) => {
  const line = progressLine(exampleBatch(), position);
  expect(line).toBe(`${waiting} · Stable Image Core`);
});

test('the time that drawing takes is shown until the first image has come', () => {
  const lineOf = (images: BatchImage[]) => progressLine(exampleBatch({ images }), undefined, 7_400);
  expect(lineOf([pendingImage(1), pendingImage(2)])).toBe('Drawing 2 images, about 10 s · Stable Image Core');
  expect(lineOf([storedImage(1), pendingImage(2)])).toBe('1 of 2 ready · Stable Image Core');
});

test('details and history say what a user stopped', () => {
  const stopped = [1, 2].map((number) => failedImage(number, 'stopped'));
  expect(outcome(exampleBatch({ images: stopped, finishedAt }))).toBe('stopped before anything was drawn');
  expect(detailOf('Stopped', exampleBatch({ images: stopped, finishedAt }))).toBe(
    '2 images, not drawn and not charged',
  );
  const some = exampleBatch({ images: [storedImage(3), ...stopped], finishedAt });
  expect([outcome(some), detailOf('Cost', some)]).toEqual(['1 of 3 drawn, none chosen', 'about $0.04']);
});
