import { describe, expect, test } from 'vitest';
import type { BatchDeps } from '../../../src/core/batch/deps.js';
import type { ImageRequest } from '../../../src/core/batch/plan-batch.js';
import { startBatch } from '../../../src/core/batch/start-batch.js';
import { type LimitRefusal, RequestError } from '../../../src/core/errors.js';
import { models } from '../../../src/core/model-catalog.js';
import { findStyle } from '../../../src/core/prompt/styles.js';
import { createTestDeps, destination, testId as id, recordJobs, unlimited } from '../batch-deps.js';
import { createMemoryBatches } from '../memory-records.js';

const request: ImageRequest = {
  workspaceId: 'T0WORK',
  channelId: 'C0ROOM',
  requesterId: 'U0ASKER',
  prompt: 'a red fox',
  negativePrompt: '',
  aspectRatio: '1:1',
  style: undefined,
  seed: undefined,
  models: [models[0]],
  count: 2,
  responseUrl: 'https://hooks.slack.test/commands/1',
};
const person = { workspaceId: 'T0WORK', userId: 'U0ASKER', day: '2026-11-20' };

function begin(differences: Partial<BatchDeps> = {}, batches = createMemoryBatches()) {
  const tested = createTestDeps(differences, batches);
  const counted = async () => (await tested.usage.load(person)).batches;
  return {
    ...tested,
    counted,
    start: (changes: Partial<ImageRequest> = {}) => startBatch(tested.deps, { ...request, ...changes }),
  };
}

const messagesWith = (changes: Partial<BatchDeps['messages']>) => ({ ...createTestDeps().deps.messages, ...changes });
const queueWith = (changes: Partial<BatchDeps['queues']>) => ({ ...createTestDeps().deps.queues, ...changes });

test('a batch is recorded with everything that drawing it again needs', async () => {
  const { start, batches, enqueued, events } = begin();
  await start();
  expect(batches.read({ id })).toEqual({
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
  expect(events).toEqual(['opened', 'entered']);
});

test('the negative prompt is recorded', async () => {
  const { start, batches } = begin();
  await start({ negativePrompt: 'snow' });
  expect(batches.read({ id })?.settings).toEqual({ aspectRatio: '1:1', negativePrompt: 'snow' });
});

test('the record is written before the batch is shown', async () => {
  const batches = createMemoryBatches();
  let recorded: unknown;
  const announce: BatchDeps['messages']['announce'] = async (batch, responseUrl) => {
    recorded = batches.read(batch);
    expect(responseUrl).toBe(request.responseUrl);
    return destination;
  };
  await begin({ messages: messagesWith({ announce }) }, batches).start();
  expect(recorded).toMatchObject({ id, prompt: 'a red fox' });
});

test('every text that models will read is checked once, before anything is recorded', async () => {
  const batches = createMemoryBatches();
  const checked: (readonly string[])[] = [];
  const checkPrompt = async (texts: readonly string[]) => {
    checked.push(texts);
    expect(batches.read({ id })).toBeUndefined();
  };
  const [core, ultra] = models;
  await begin({ checkPrompt }, batches).start({
    models: ultra ? [core, ultra] : [core],
    style: findStyle('comic'),
    negativePrompt: 'text',
  });
  expect(checked).toEqual([['a red fox, comic book art, bold ink outlines, halftone shading', 'text']]);
  expect(batches.read({ id })).toBeDefined();
});

describe('a request that is refused or fails leaves no record, no job and nothing counted', () => {
  const refused = new RequestError({ kind: 'prompt_blocked' });
  const full: LimitRefusal = { kind: 'line_full', waiting: 900, milliseconds: 600_000 };
  const held = { isHeld: async () => false };
  const denied = () => {
    throw new Error('AccessDenied');
  };

  test.each<
    [why: string, differences: Partial<BatchDeps>, error: object, batches?: ReturnType<typeof createMemoryBatches>]
  >([
    ['by a limit', { limits: { ...unlimited, imagesPerUserPerDay: 1 } }, { problem: { kind: 'person_day', limit: 1 } }],
    ['by a full queue', { queues: queueWith({ enqueue: () => ({ refusal: full }) }) }, { problem: full }],
    ['by the content policy', { checkPrompt: () => Promise.reject(refused) }, refused],
    ['as another process claimed the job', { openJob: recordJobs([], held) }, { message: /Another process/ }],
    ['as the record cannot be written', {}, { message: 'AccessDenied' }, createMemoryBatches(denied)],
  ])('%s', async (_why, differences, error, batches) => {
    let announced = 0;
    const announce = async () => {
      announced += 1;
      return destination;
    };
    const {
      start,
      counted,
      enqueued,
      batches: records,
    } = begin({ messages: messagesWith({ announce }), ...differences }, batches);
    await expect(start()).rejects.toMatchObject(
      'message' in error && error.message instanceof RegExp ? { message: expect.stringMatching(error.message) } : error,
    );
    expect([records.read({ id }), announced, enqueued, await counted()]).toEqual([undefined, 0, [], {}]);
  });

  test('and closes its job', async () => {
    const { start, events } = begin({ checkPrompt: () => Promise.reject(refused) });
    await expect(start()).rejects.toBe(refused);
    expect(events).toEqual(['opened', 'closed']);
  });
});

test('a batch that could not be announced is not drawn, not in the history, and leaves the queue', async () => {
  const unreachable = new Error('expired_url');
  const { start, enqueued, events, counted } = begin({
    messages: messagesWith({ announce: () => Promise.reject(unreachable) }),
  });
  await expect(start()).rejects.toBe(unreachable);
  expect([enqueued, events, await counted()]).toEqual([[], ['opened', 'left the queue', 'closed'], {}]);
});

test('a batch that was shown, but not recorded so, is resumed later, the user reads so, and it still counts', async () => {
  const denied = new Error('AccessDenied');
  const batches = createMemoryBatches((batch) => {
    if (batch.destination) throw denied;
  });
  const { start, enqueued, events, counted, log } = begin({}, batches);
  await expect(start()).rejects.toMatchObject({ problem: { kind: 'images_delayed' } });
  expect([enqueued, events]).toEqual([[], ['opened', 'entered', 'left the queue', 'released']]);
  expect(await counted()).toMatchObject({ [id]: { pictures: 2 } });
  expect(log.lines).toMatchObject([{ severity: 'error', fields: { batch: id, error: denied } }]);
});

test('nothing is counted or recorded if the job record cannot be written', async () => {
  const { start, batches, counted } = begin({ openJob: () => Promise.reject(new Error('SlowDown')) });
  await expect(start()).rejects.toThrow('SlowDown');
  expect([await counted(), batches.read({ id })]).toEqual([{}, undefined]);
});
