import { describe, expect, test } from 'vitest';
import type { BatchDeps } from '../../../src/core/batch/deps.js';
import type { ImageRequest } from '../../../src/core/batch/plan-batch.js';
import { startBatch } from '../../../src/core/batch/start-batch.js';
import { type LimitRefusal, RequestError } from '../../../src/core/errors.js';
import { models } from '../../../src/core/model-catalog.js';
import { findStyle } from '../../../src/core/prompt/styles.js';
import { createTestDeps, destination, testId as id, recordJobs, unlimited } from '../batch-deps.js';
import { createMemoryBatches } from '../memory-records.js';

const [core, ultra] = models;
const request: ImageRequest = {
  workspaceId: 'T0WORK',
  channelId: 'C0ROOM',
  requesterId: 'U0ASKER',
  prompt: 'a red fox',
  negativePrompt: '',
  aspectRatio: '1:1',
  style: undefined,
  visibility: 'channel',
  seed: undefined,
  models: [core],
  count: 2,
  responseUrl: 'https://hooks.slack.test/commands/1',
};
const counted = { requesterId: 'U0ASKER', requestedAt: '2026-11-20T10:00:00.000Z' };

function begin(differences: Partial<BatchDeps> = {}, store = createMemoryBatches()) {
  const tested = createTestDeps(differences, store);
  const today = { workspaceId: 'T0WORK', userId: 'U0ASKER', day: '2026-11-20' };
  return {
    ...tested,
    counted: async () => (await tested.usage.load(today)).batches,
    recorded: () => store.read({ id }),
    start: (changes: Partial<ImageRequest> = {}) => startBatch(tested.deps, { ...request, ...changes }),
  };
}

const messagesWith = (changes: Partial<BatchDeps['messages']>) => ({ ...createTestDeps().deps.messages, ...changes });

test('a batch is recorded with everything that drawing it again needs', async () => {
  const { start, recorded, enqueued, events } = begin();
  await start({ negativePrompt: 'snow' });
  const image = { modelId: core.modelId, state: 'pending' };
  expect(recorded()).toEqual({
    version: 1,
    revision: 0,
    id,
    workspaceId: 'T0WORK',
    channelId: 'C0ROOM',
    ...counted,
    prompt: 'a red fox',
    settings: { aspectRatio: '1:1', negativePrompt: 'snow' },
    sent: [{ modelId: core.modelId, prompt: 'a red fox' }],
    images: [
      { ...image, number: 1, seed: 1 },
      { ...image, number: 2, seed: 2 },
    ],
    destination,
  });
  const task = { kind: 'draw', seeds: [1, 2], counted };
  expect(enqueued).toMatchObject([{ batch: { id }, task, responseUrl: request.responseUrl }]);
  expect(events).toEqual(['opened', 'entered']);
});

test('the record is written before the batch is shown', async () => {
  const store = createMemoryBatches();
  let atAnnouncement: unknown;
  const announce: BatchDeps['messages']['announce'] = async (batch, { responseUrl }) => {
    atAnnouncement = [store.read(batch)?.prompt, responseUrl];
    return destination;
  };
  await begin({ messages: messagesWith({ announce }) }, store).start();
  expect(atAnnouncement).toEqual(['a red fox', request.responseUrl]);
});

test('every text that models will read is checked once, before anything is recorded', async () => {
  const checked: (readonly string[])[] = [];
  const { start, recorded } = begin({
    checkPrompt: async (texts) => {
      checked.push(texts);
      expect(recorded()).toBeUndefined();
    },
  });
  await start({ models: ultra ? [core, ultra] : [core], style: findStyle('comic'), negativePrompt: 'text' });
  expect(checked).toEqual([['a red fox, comic book art, bold ink outlines, halftone shading', 'text']]);
  expect(recorded()).toBeDefined();
});

describe('a request leaves no record, so no message, and nothing counted if it', () => {
  const blocked = new RequestError({ kind: 'prompt_blocked' });
  const full: LimitRefusal = { kind: 'line_full', waiting: 900, milliseconds: 600_000 };
  const unreachable = () => Promise.reject(new RequestError({ kind: 'queue_unreachable' }));
  const { queues } = createTestDeps().deps;
  const denied = () => {
    throw new Error('AccessDenied');
  };

  const closed = ['opened', 'closed'];
  const isHeld = async () => false;

  test.each<[why: string, differences: Partial<BatchDeps>, error: string, events: string[], store?: typeof denied]>([
    ['passes a limit', { limits: { ...unlimited, imagesPerUserPerDay: 1 } }, 'person_day', closed],
    ['finds a full queue', { queues: { ...queues, enqueue: async () => ({ refusal: full }) } }, 'line_full', closed],
    ['finds no queue', { queues: { ...queues, enqueue: unreachable } }, 'queue_unreachable', closed],
    ['breaks the content policy', { checkPrompt: () => Promise.reject(blocked) }, 'prompt_blocked', closed],
    ['loses its job', { openJob: recordJobs([], { isHeld }) }, 'Another process', ['left the queue']],
    ['cannot be recorded', {}, 'AccessDenied', ['opened', 'left the queue', 'closed'], denied],
    ['cannot have a job', { openJob: () => Promise.reject(new Error('SlowDown')) }, 'SlowDown', []],
  ])('%s', async (_why, differences, error, events, beforeWrite) => {
    const tested = begin(differences, createMemoryBatches(beforeWrite));
    await expect(tested.start()).rejects.toThrow(error);
    expect([tested.recorded(), tested.enqueued, await tested.counted()]).toEqual([undefined, [], {}]);
    expect(tested.events).toEqual(events);
  });
});

test('a batch that could not be announced is not drawn, not in the history, and leaves the queue', async () => {
  const announce = () => Promise.reject(new Error('expired_url'));
  const tested = begin({ messages: messagesWith({ announce }) });
  await expect(tested.start()).rejects.toThrow('expired_url');
  expect([tested.enqueued, await tested.counted()]).toEqual([[], {}]);
  expect(tested.events).toEqual(['opened', 'left the queue', 'closed']);
});

test('a batch that was shown, but not recorded so, is resumed later, the user reads so, and it still counts', async () => {
  const error = new Error('AccessDenied');
  const store = createMemoryBatches((batch) => {
    if (batch.destination) throw error;
  });
  const { start, enqueued, events, counted: countedNow, log } = begin({}, store);
  await expect(start()).rejects.toMatchObject({ problem: { kind: 'images_delayed' } });
  expect([enqueued, events]).toEqual([[], ['opened', 'entered', 'left the queue', 'released']]);
  expect(await countedNow()).toMatchObject({ [id]: { pictures: 2 } });
  expect(log.lines).toMatchObject([{ severity: 'error', fields: { batch: id, error } }]);
});
