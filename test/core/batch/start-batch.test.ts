import { describe, expect, test } from 'vitest';
import type { Destination } from '../../../src/core/batch/batch.js';
import type { OpenWork } from '../../../src/core/batch/job.js';
import type { ImageRequest } from '../../../src/core/batch/plan-batch.js';
import { createStartBatch, type StartBatchDependencies } from '../../../src/core/batch/start-batch.js';
import type { LimitRefusal } from '../../../src/core/errors.js';
import { RequestError } from '../../../src/core/errors.js';
import { models } from '../../../src/core/model-catalog.js';
import { findStyle } from '../../../src/core/prompt/styles.js';
import { createMemoryBatchStore } from '../memory-batch-store.js';
import { createRecordingLog } from '../recording-log.js';
import { createRecordingWork } from '../recording-work.js';

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
  const enqueued: OpenWork[] = [];
  const { openWork, events } = createRecordingWork();
  const store = createMemoryBatchStore();
  const startBatch = createStartBatch({
    quota: { reserve: async () => undefined, reconcile: async () => undefined },
    lines: { join: () => ({ place: undefined }), leave: () => undefined },
    batches: store,
    enterHistory: async () => undefined,
    announceBatch: async () => destination,
    observe: () => undefined,
    log: createRecordingLog(),
    openWork,
    enqueue: (work) => enqueued.push(work),
    newBatchId: () => id,
    now: () => new Date('2026-11-20T10:00:00Z'),
    random: () => 0,
    ...differences,
  });
  return { startBatch, store, enqueued, events };
}

test('a batch is recorded with everything that drawing it again needs', async () => {
  const { startBatch, store, enqueued, events } = begin();
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
  expect(enqueued).toMatchObject([
    {
      batch: { id },
      task: {
        kind: 'draw',
        seeds: [1, 2],
        counted: { requesterId: 'U0ASKER', requestedAt: '2026-11-20T10:00:00.000Z' },
      },
      responseUrl: request.responseUrl,
    },
  ]);
  expect(events).toEqual(['opened']);
});

describe('a request that is refused', () => {
  const dayIsSpent: LimitRefusal = { kind: 'person_day', used: 4, asked: 2, limit: 4 };
  const lineIsFull: LimitRefusal = { kind: 'line_full', waiting: 900, milliseconds: 600_000 };

  test('by a limit leaves no record and no message, and says why', async () => {
    const { startBatch, store, enqueued, events } = begin({
      quota: { reserve: async () => dayIsSpent, reconcile: async () => undefined },
    });
    await expect(startBatch(request)).rejects.toMatchObject({ problem: { kind: 'person_day', limit: 4 } });
    expect([store.read({ id }), enqueued, events]).toEqual([undefined, [], ['opened', 'closed']]);
  });

  test('as a repeat does nothing, and nobody is told', async () => {
    const hashes: (string | undefined)[] = [];
    const { startBatch, store, enqueued, events } = begin({
      quota: {
        reserve: async (_batch, requestHash) => {
          hashes.push(requestHash);
          return { kind: 'repeated' };
        },
        reconcile: async () => undefined,
      },
    });
    await startBatch(request);
    expect([store.read({ id }), enqueued, events]).toEqual([undefined, [], ['opened', 'closed']]);
    expect(hashes).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]); // nothing of the address, which is a secret
  });

  test('by a full line gives its images back', async () => {
    const settled: unknown[] = [];
    const { startBatch, store } = begin({
      quota: { reserve: async () => undefined, reconcile: async (batch) => void settled.push(batch.images) },
      lines: { join: () => ({ refusal: lineIsFull }), leave: () => undefined },
    });
    await expect(startBatch(request)).rejects.toMatchObject({ problem: { kind: 'line_full', waiting: 900 } });
    expect(store.read({ id })).toBeUndefined();
    expect(settled).toEqual([[expect.objectContaining({ state: 'pending' }), expect.anything()]]);
  });
});

test('a batch that could not be begun leaves the line', async () => {
  const left: string[] = [];
  const { startBatch } = begin({
    lines: { join: () => ({ place: undefined }), leave: (batchId) => void left.push(batchId) },
    announceBatch: () => Promise.reject(new Error('expired_url')),
  });
  await expect(startBatch(request)).rejects.toThrow('expired_url');
  expect(left).toEqual([id]);
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

test('the words that models will read are checked before anything is kept, each text once', async () => {
  const store = createMemoryBatchStore();
  const checked: (readonly string[])[] = [];
  const { startBatch } = begin({
    batches: store,
    checkPrompt: async (texts) => {
      checked.push(texts);
      expect(store.read({ id })).toBeUndefined();
    },
  });
  const [core, ultra] = models;
  const style = findStyle('comic');
  await startBatch({ ...request, models: ultra ? [core, ultra] : [core], style, negativePrompt: 'text' });
  expect(checked).toEqual([['a red fox, comic book art, bold ink outlines, halftone shading', 'text']]);
  expect(store.read({ id })).toBeDefined();
});

test('words that may not be drawn leave no record, no message and no work', async () => {
  const refused = new RequestError({ kind: 'prompt_blocked' });
  let announced = 0;
  const { startBatch, store, enqueued } = begin({
    checkPrompt: () => Promise.reject(refused),
    announceBatch: async () => {
      announced += 1;
      return destination;
    },
  });
  await expect(startBatch(request)).rejects.toBe(refused);
  expect([store.read({ id }), announced, enqueued]).toEqual([undefined, 0, []]);
});

test('nothing is shown or drawn where the record cannot be written', async () => {
  const denied = new Error('AccessDenied');
  let announced = 0;
  const { startBatch, enqueued, events } = begin({
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
  expect(events).toEqual(['opened', 'closed']);
});

test('nothing is drawn, and nothing can be found, where nobody could be told', async () => {
  const unreachable = new Error('expired_url');
  const entered: string[] = [];
  const { startBatch, enqueued, events } = begin({
    announceBatch: () => Promise.reject(unreachable),
    enterHistory: async (batch) => void entered.push(batch.id),
  });
  await expect(startBatch(request)).rejects.toBe(unreachable);
  expect([enqueued, entered]).toEqual([[], []]);
  expect(events).toEqual(['opened', 'closed']);
});

test('where it was shown and that cannot be recorded it is taken up later, the person reads so, and nothing is given back', async () => {
  const denied = new Error('AccessDenied');
  const log = createRecordingLog();
  const happened: string[] = [];
  const { startBatch, enqueued, events } = begin({
    batches: createMemoryBatchStore((batch) => {
      if (batch.destination) throw denied;
    }),
    quota: { reserve: async () => undefined, reconcile: async () => void happened.push('settled') },
    lines: { join: () => ({ place: undefined }), leave: () => void happened.push('left the line') },
    log,
  });
  await expect(startBatch(request)).rejects.toMatchObject({ problem: { kind: 'images_delayed' } });
  expect([events, enqueued, happened]).toEqual([['opened', 'left'], [], ['left the line']]);
  expect(log.lines).toMatchObject([{ severity: 'error', fields: { batch: id, error: denied } }]);
});

test('nothing is counted or recorded that no marker would lead back to', async () => {
  const store = createMemoryBatchStore();
  const counted: string[] = [];
  const { startBatch } = begin({
    batches: store,
    openWork: () => Promise.reject(new Error('SlowDown')),
    quota: { reserve: async (batch) => void counted.push(batch.id), reconcile: async () => undefined },
  });
  await expect(startBatch(request)).rejects.toThrow('SlowDown');
  expect([counted, store.read({ id })]).toEqual([[], undefined]);
});

test('nothing is recorded or shown once another process gave back what was counted', async () => {
  const store = createMemoryBatchStore();
  const given: string[] = [];
  const { startBatch, enqueued } = begin({
    batches: store,
    openWork: createRecordingWork({ isHeld: async () => false }).openWork,
    quota: { reserve: async () => undefined, reconcile: async (batch) => void given.push(batch.id) },
  });
  await expect(startBatch(request)).rejects.toThrow('Another process');
  expect([store.read({ id }), enqueued, given]).toEqual([undefined, [], [id]]);
});
