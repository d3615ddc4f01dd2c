import { expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import { settleImage } from '../../../src/core/batch/batch.js';
import { sentFor } from '../../../src/core/batch/plan-batch.js';
import { details, settingsLine } from '../../../src/text/batch.js';
import { exampleBatch } from '../example-batch.js';

const core = 'stability.stable-image-core-v1:1';
const image = (number: number, own: object = {}): Batch['images'][number] => ({
  number,
  modelId: core,
  seed: number,
  state: 'pending',
  ...own,
});
const wide = { prompt: 'a roof from afar', title: 'Wide and quiet' };
const batch = exampleBatch({
  prompt: 'a bee on a roof',
  settings: { aspectRatio: '1:1', styleId: 'watercolor' },
  sent: [{ modelId: core, prompt: 'a bee on a roof, watercolor painting' }],
  images: [image(1), image(2, wide)],
});

test('an image with a prompt of its own is drawn from it, in the style of the batch', () => {
  const sent = batch.images.map((one) => sentFor(batch, one).prompt);
  expect(sent[0]).toBe('a bee on a roof, watercolor painting');
  expect(sent[1]).toBe('a roof from afar, watercolor painting, soft washes, visible paper texture');
});

test('an image keeps its prompt and its title when it ends', () => {
  const failed = {
    ...image(2),
    state: 'failed' as const,
    reason: 'failed' as const,
    failedAt: '2026-11-20T10:00:01.000Z',
  };
  expect(settleImage(batch, failed).images[1]).toMatchObject({ state: 'failed', ...wide });
});

test('a batch says which of its images have which title', () => {
  expect(settingsLine(batch)).toBe('Watercolor · Wide and quiet: 2.');
  expect(details(batch).map(([name]) => name)).not.toContain('Prompt');
});
