import { describe, expect, test } from 'vitest';
import type { Batch, BatchImage } from '../../src/core/batch/batch.js';
import { costOf, imageLabel, modelLabels, recipeLine } from '../../src/text/recipe.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../core/example-batch.js';

const by = (modelId: string, image: BatchImage): BatchImage => ({ ...image, modelId });

const finishedAt = '2026-11-20T10:00:11.400Z';
const four = [1, 2, 3, 4].map((number) => storedImage(number));

describe('recipeLine', () => {
  test.each<[what: string, batch: Batch, images: BatchImage[], line: string]>([
    [
      'four images',
      exampleBatch({ images: four, finishedAt }),
      four,
      '1:1 · seeds 42–45 · Stable Image Core · 11 s · about $0.16 · batch 7f3a2c',
    ],
    [
      'the picked image, with the price of all that were drawn',
      exampleBatch({ images: four, finishedAt }),
      [storedImage(3)],
      '1:1 · seed 44 · Stable Image Core · 11 s · about $0.16 · batch 7f3a2c',
    ],
    [
      'one of two, of which the other failed and so cost nothing',
      exampleBatch({ images: [failedImage(1), storedImage(2)], finishedAt, settings: { aspectRatio: '16:9' } }),
      [storedImage(2)],
      '16:9 · seed 43 · Stable Image Core · 11 s · about $0.04 · batch 7f3a2c',
    ],
    [
      'images that all failed and so cost nothing',
      exampleBatch({ images: [failedImage(1), failedImage(2)], finishedAt }),
      [failedImage(1), failedImage(2)],
      '1:1 · seeds 42–43 · Stable Image Core · 11 s · batch 7f3a2c',
    ],
    [
      'a batch that has not ended',
      exampleBatch({ images: [storedImage(1), pendingImage(2)] }),
      [storedImage(1)],
      '1:1 · seed 42 · Stable Image Core · about $0.04 · batch 7f3a2c',
    ],
    [
      'a model without a known price',
      exampleBatch({ images: [by('amazon.nova-canvas-v1:0', storedImage(1))], finishedAt }),
      [by('amazon.nova-canvas-v1:0', storedImage(1))],
      '1:1 · seed 42 · Amazon Nova Canvas · 11 s · batch 7f3a2c',
    ],
    [
      'a model that left the catalog',
      exampleBatch({ images: [by('old.model', storedImage(1))], finishedAt }),
      [by('old.model', storedImage(1))],
      '1:1 · seed 42 · old.model · 11 s · batch 7f3a2c',
    ],
    [
      'a model without seeds beside one with them',
      exampleBatch({ images: [by('gpt-image-2', storedImage(1)), storedImage(2)], finishedAt }),
      [by('gpt-image-2', storedImage(1)), storedImage(2)],
      '1:1 · seed 43 · GPT Image 2, Stable Image Core · 11 s · batch 7f3a2c',
    ],
  ])('describes %s', (_what, batch, images, line) => {
    expect(recipeLine(batch, images)).toBe(line);
  });
});

describe('imageLabel', () => {
  const sentTo = (...modelIds: string[]) =>
    exampleBatch({ sent: modelIds.map((modelId) => ({ modelId, prompt: 'a red fox' })) });

  test.each<[what: string, batch: Batch, image: BatchImage, label: string]>([
    ['the seed', sentTo('stability.stable-image-core-v1:1'), storedImage(1), 'seed 42'],
    [
      'the model too if there are several',
      sentTo('stability.stable-image-core-v1:1', 'x'),
      storedImage(1),
      'Stable Image Core · seed 42',
    ],
    ['the model alone if it takes no seed', sentTo('gpt-image-2'), by('gpt-image-2', storedImage(1)), 'GPT Image 2'],
  ])('is %s', (_what, batch, image, label) => {
    expect(imageLabel(batch, image)).toBe(label);
  });
});

test('modelLabels names each model once', () => {
  const images = [storedImage(1), by('amazon.nova-canvas-v1:0', storedImage(2)), storedImage(3)];
  expect(modelLabels(images)).toBe('Stable Image Core, Amazon Nova Canvas');
});

test('costOf is undefined if any price is unknown', () => {
  expect(costOf([storedImage(1), storedImage(2)])).toBe('about $0.08');
  expect(costOf([storedImage(1), by('amazon.nova-canvas-v1:0', storedImage(2))])).toBeUndefined();
});
