import { describe, expect, test } from 'vitest';
import type { Batch, BatchImage } from '../../src/core/batch/batch.js';
import { imageLabel, progressLine, recipeLine } from '../../src/text/batch.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../core/example-batch.js';

const by = (modelId: string, image: BatchImage): BatchImage => ({ ...image, modelId });
const seeded = (...seeds: number[]) => seeds.map((seed, index) => storedImage(index + 1, seed));

const finishedAt = '2026-11-20T10:00:11.400Z';
const four = [1, 2, 3, 4].map((number) => storedImage(number));

test.each<[what: string, images: BatchImage[], shown: BatchImage[], line: string, more?: Partial<Batch>]>([
  ['four images', four, four, '1:1 · seeds 42–45 · Stable Image Core · 11 s · about $0.16 · batch 7f3a2c'],
  [
    'the picked image, with the price of all that were drawn',
    four,
    [storedImage(3)],
    '1:1 · seed 44 · Stable Image Core · 11 s · about $0.16 · batch 7f3a2c',
  ],
  [
    'one of two, of which the other failed and so cost nothing',
    [failedImage(1), storedImage(2)],
    [storedImage(2)],
    '16:9 · seed 43 · Stable Image Core · 11 s · about $0.04 · batch 7f3a2c',
    { settings: { aspectRatio: '16:9' } },
  ],
  [
    'images that all failed and so cost nothing',
    [failedImage(1), failedImage(2)],
    [failedImage(1), failedImage(2)],
    '1:1 · seeds 42–43 · Stable Image Core · 11 s · batch 7f3a2c',
  ],
  [
    'a batch that has not ended',
    [storedImage(1), pendingImage(2)],
    [storedImage(1)],
    '1:1 · seed 42 · Stable Image Core · about $0.04 · batch 7f3a2c',
    { finishedAt: undefined },
  ],
  [
    'a batch that took no time, with a style',
    four,
    four,
    '1:1 · Watercolor · seeds 42–45 · Stable Image Core · 1 s · about $0.16 · batch 7f3a2c',
    { finishedAt: '2026-11-20T10:00:00.000Z', settings: { aspectRatio: '1:1', styleId: 'watercolor' } },
  ],
  [
    'a model without a known price',
    [by('amazon.nova-canvas-v1:0', storedImage(1))],
    [by('amazon.nova-canvas-v1:0', storedImage(1))],
    '1:1 · seed 42 · Amazon Nova Canvas · 11 s · batch 7f3a2c',
  ],
  [
    'a model that left the catalog',
    [by('old.model', storedImage(1))],
    [by('old.model', storedImage(1))],
    '1:1 · seed 42 · old.model · 11 s · batch 7f3a2c',
  ],
  [
    'a model without seeds and price beside one with them',
    [by('gpt-image-2', storedImage(1)), storedImage(2)],
    [by('gpt-image-2', storedImage(1)), storedImage(2)],
    '1:1 · seed 43 · GPT Image 2, Stable Image Core · 11 s · batch 7f3a2c',
  ],
])('a recipe describes %s', (_what, images, shown, line, more) => {
  expect(recipeLine(exampleBatch({ images, finishedAt, ...more }), shown)).toBe(line);
});

test.each([
  [[42, 43, 45], 'seeds 42, 43, 45'],
  [[42, 99, 44], 'seeds 42, 99, 44'],
  [[45, 44], 'seeds 45, 44'],
])('seeds with gaps are listed: %o', (seeds, line) => {
  expect(recipeLine(exampleBatch(), seeded(...seeds))).toContain(` · ${line} · `);
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
  expect(line).toBe(`${waiting} · 1:1 · Stable Image Core · about $0.08`);
});
