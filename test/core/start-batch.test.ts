import { expect, test } from 'vitest';
import type { BatchReference, Destination } from '../../src/core/batch.js';
import { createStartBatch, type ImageRequest, type StartBatchDependencies } from '../../src/core/start-batch.js';
import { models } from '../../src/image-models/models.js';
import { createMemoryBatchStore } from './memory-batch-store.js';

const request: ImageRequest = {
  workspaceId: 'T0WORK',
  channelId: 'C0ROOM',
  requesterId: 'U0ASKER',
  prompt: 'a red fox',
  aspectRatio: '1:1',
  models: [models[0]],
  count: 2,
  responseUrl: 'https://hooks.slack.test/commands/1',
};
const id = '01JCZZZZZZZZZZZZZZZZ7F3A2C';
const destination: Destination = { kind: 'message', ts: '1763632800.000100' };

function begin(differences: Partial<StartBatchDependencies> = {}) {
  const enqueued: BatchReference[] = [];
  const store = createMemoryBatchStore();
  const startBatch = createStartBatch({
    batches: store,
    enterHistory: async () => undefined,
    announceBatch: async () => destination,
    enqueue: (reference) => enqueued.push(reference),
    newBatchId: () => id,
    now: () => new Date('2026-11-20T10:00:00Z'),
    random: () => 0,
    ...differences,
  });
  return { startBatch, store, enqueued };
}

test('a batch is recorded with everything that drawing it again needs', async () => {
  const { startBatch, store, enqueued } = begin();
  await startBatch(request);
  expect(store.read({ id })).toEqual({
    version: 1,
    revision: 0,
    id,
    workspaceId: 'T0WORK',
    channelId: 'C0ROOM',
    requesterId: 'U0ASKER',
    requestedAt: '2026-11-20T10:00:00.000Z',
    prompt: 'a red fox',
    settings: { aspectRatio: '1:1' },
    sent: [{ modelId: models[0].modelId, prompt: 'a red fox' }],
    images: [
      { number: 1, modelId: models[0].modelId, seed: 1, state: 'pending' },
      { number: 2, modelId: models[0].modelId, seed: 2, state: 'pending' },
    ],
    destination,
  });
  expect(enqueued).toEqual([store.read({ id })]);
});

test('what must not be seen is recorded where it was said', async () => {
  const { startBatch, store } = begin();
  await startBatch({ ...request, negativePrompt: 'snow' });
  expect(store.read({ id })?.settings).toEqual({ aspectRatio: '1:1', negativePrompt: 'snow' });
});

test('the record stands before anybody sees the batch', async () => {
  const store = createMemoryBatchStore();
  let recorded: unknown;
  const { startBatch } = begin({
    batches: store,
    announceBatch: async (batch, responseUrl) => {
      recorded = store.read(batch);
      expect(responseUrl).toBe(request.responseUrl);
      return destination;
    },
  });
  await startBatch(request);
  expect(recorded).toMatchObject({ id, prompt: 'a red fox' });
});

test('nothing is shown or drawn where the record cannot be written', async () => {
  const denied = new Error('AccessDenied');
  let announced = 0;
  const { startBatch, enqueued } = begin({
    batches: createMemoryBatchStore(() => {
      throw denied;
    }),
    announceBatch: async () => {
      announced += 1;
      return destination;
    },
  });
  await expect(startBatch(request)).rejects.toBe(denied);
  expect([announced, enqueued]).toEqual([0, []]);
});

test('nothing is drawn where nobody could be told', async () => {
  const unreachable = new Error('expired_url');
  const { startBatch, enqueued } = begin({ announceBatch: () => Promise.reject(unreachable) });
  await expect(startBatch(request)).rejects.toBe(unreachable);
  expect(enqueued).toEqual([]);
});
