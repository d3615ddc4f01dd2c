import { expect, test } from 'vitest';
import type { GeneratedImage } from '../../src/core/image-model.js';
import { models } from '../../src/core/model-catalog.js';
import { limitModel } from '../../src/engine/model-queue.js';
import { createModelQueues } from '../../src/engine/model-queues.js';
import { exampleBatch, pendingImage } from '../core/example-batch.js';

const [{ modelId }] = models;
const image: GeneratedImage = { bytes: Uint8Array.of(1), mediaType: 'image/png', seed: 1 };
const request = { prompt: 'a red fox', aspectRatio: '1:1', seed: 1 } as const;

function open(requestsPerMinute: number) {
  return createModelQueues((id) =>
    id === modelId
      ? limitModel(async () => image, { requestsPerMinute, timeoutSeconds: 5, now: () => 0, observe: () => undefined })
      : undefined,
  );
}

const batch = (digit: number, count = 4) =>
  exampleBatch({
    id: `01JCZZZZZZZZZZZZZZZZ7F3A2${digit}`,
    images: Array.from({ length: count }, (_, index) => pendingImage(index + 1)),
  });

test('room is reserved as soon as a batch is enqueued, so that no other batch can take it', () => {
  const { enqueue, waiting } = open(4);
  expect(enqueue(batch(1))).toEqual({ position: undefined });
  expect(enqueue(batch(2))).toEqual({ position: { ahead: 4, milliseconds: 60_000 } });
  expect(enqueue(batch(3))).toEqual({ position: { ahead: 8, milliseconds: 120_000 } });
  expect(waiting().get(modelId)).toBe(12);
});

test('a queue of ten minutes is full, and has room again when a batch is released', () => {
  const { enqueue, release, waiting } = open(1);
  expect(enqueue(batch(1))).toEqual({ position: undefined });
  expect(enqueue(batch(2))).toMatchObject({ position: { ahead: 4 } });
  expect(enqueue(batch(3))).toEqual({ refusal: { kind: 'line_full', waiting: 8, milliseconds: 480_000 } });
  expect(waiting().get(modelId)).toBe(8);
  release(batch(1).id);
  expect(enqueue(batch(3))).toMatchObject({ position: { ahead: 4 } });
});

test('an image that is drawn uses up the room that was reserved for it', async () => {
  const { enqueue, generate, waiting } = open(100);
  enqueue(batch(1, 2));
  await generate(modelId, request, { batchId: batch(1).id, onStart: () => undefined, isHeld: async () => true });
  expect(waiting().get(modelId)).toBe(1);
  await generate(modelId, request);
  expect(waiting().get(modelId)).toBe(1);
});

test('a model that cannot be called has no queue, and says so when it is asked to draw', async () => {
  const { enqueue, generate } = open(1);
  const gone = { ...pendingImage(1), modelId: 'gone' };
  expect(enqueue(exampleBatch({ images: Array.from({ length: 100 }, () => gone) }))).toEqual({ position: undefined });
  await expect(generate('gone', request)).rejects.toMatchObject({ name: 'ImageModelError', reason: 'retired' });
});
