import { expect, test } from 'vitest';
import type { GeneratedImage } from '../../src/core/image-model.js';
import { models } from '../../src/core/model-catalog.js';
import { limitModel } from '../../src/engine/model-queue.js';
import { createLines } from '../../src/engine/model-queues.js';
import { exampleBatch, pendingImage } from '../core/example-batch.js';

const [{ modelId }] = models;
const image: GeneratedImage = { bytes: Uint8Array.of(1), mediaType: 'image/png', seed: 1 };
const request = { prompt: 'a red fox', aspectRatio: '1:1', seed: 1 } as const;

function open(requestsPerMinute: number) {
  return createLines((id) =>
    id === modelId
      ? limitModel(
          { modelInfo: models[0], generateImage: async () => image },
          { requestsPerMinute, timeoutSeconds: 5, now: () => 0, observe: () => undefined },
        )
      : undefined,
  );
}

const batch = (digit: number, count = 4) =>
  exampleBatch({
    id: `01JCZZZZZZZZZZZZZZZZ7F3A2${digit}`,
    images: Array.from({ length: count }, (_, index) => pendingImage(index + 1)),
  });

test('places are kept from the moment a batch joins, so nobody else can take them', () => {
  const { join, waiting } = open(4);
  expect(join(batch(1))).toEqual({ place: undefined });
  expect(join(batch(2))).toEqual({ place: { ahead: 4, milliseconds: 60_000 } });
  expect(join(batch(3))).toEqual({ place: { ahead: 8, milliseconds: 120_000 } });
  expect(waiting().get(modelId)).toBe(12);
});

test('a line of ten minutes is full, and has room again when a batch leaves', () => {
  const { join, leave, waiting } = open(1);
  expect(join(batch(1))).toEqual({ place: undefined });
  expect(join(batch(2))).toMatchObject({ place: { ahead: 4 } });
  expect(join(batch(3))).toEqual({ refusal: { kind: 'line_full', waiting: 8, milliseconds: 480_000 } });
  expect(waiting().get(modelId)).toBe(8);
  leave(batch(1).id);
  expect(join(batch(3))).toMatchObject({ place: { ahead: 4 } });
});

test('an image that is drawn gives up the place that was kept for it', async () => {
  const { join, draw, waiting } = open(100);
  join(batch(1, 2));
  await draw(modelId, request, { batchId: batch(1).id, onTurn: () => undefined, isHeld: async () => true });
  expect(waiting().get(modelId)).toBe(1);
  await draw(modelId, request);
  expect(waiting().get(modelId)).toBe(1);
});

test('a model that cannot be called has no line, and says so when it is asked to draw', async () => {
  const { join, draw } = open(1);
  const gone = { ...pendingImage(1), modelId: 'gone' };
  expect(join(exampleBatch({ images: Array.from({ length: 100 }, () => gone) }))).toEqual({ place: undefined });
  await expect(draw('gone', request)).rejects.toMatchObject({ name: 'ImageModelError', reason: 'retired' });
});
