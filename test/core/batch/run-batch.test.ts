import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { BatchDeps } from '../../../src/core/batch/deps.js';
import { runBatch } from '../../../src/core/batch/run-batch.js';
import { ImageModelError } from '../../../src/core/errors.js';
import { imageBytes as bytes, createTestDeps } from '../batch-deps.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../example-batch.js';
import { createMemoryBatches } from '../memory-records.js';

type DrawJob = Parameters<typeof runBatch>[1];
type Generate = BatchDeps['queues']['generate'];
interface Differences {
  generate?: Generate;
  save?: BatchDeps['images']['save'];
  find?: BatchDeps['images']['find'];
  batches?: ReturnType<typeof createMemoryBatches>;
  pause?: BatchDeps['pause'];
  job?: Partial<DrawJob>;
}

const now = () => new Date('2026-11-20T10:00:09Z');
const url = 'https://hooks.slack.test/commands/1';
const task: DrawJob['task'] = { kind: 'draw', seeds: [42, 43, 44] };
const states = (batch: Batch | undefined) => batch?.images.map((image) => image.state);
const nextTick = () => new Promise((resolve) => setImmediate(resolve));
const drawn = (seed: number) => ({ bytes, mediaType: 'image/png', seed }) as const;

/** Runs the batch to its end and tells what was drawn, saved and shown. */
async function run(batch: Batch, { generate, save, find, batches, pause, job }: Differences = {}) {
  const asked: unknown[] = [];
  const saved: unknown[] = [];
  const tested = createTestDeps({ now, ...(pause && { pause }) }, batches);
  const { deps, events, shown, usage } = tested;
  deps.queues.generate = async (modelId, request, image) => {
    asked.push({ modelId, ...request });
    if (request.seed !== 42) await nextTick(); // so that the first image ends first
    return generate ? generate(modelId, request, image) : drawn(request.seed);
  };
  deps.images.save = async (reference, image, content, options) => {
    saved.push({ id: reference.id, ...image, content });
    await save?.(reference, image, content, options);
  };
  if (find) deps.images.find = find;
  const counted = async (userId = 'U0ASKER') =>
    (await usage.load({ workspaceId: 'T0WORK', day: '2026-11-20', userId })).batches;
  const follow = deps.messages.follow;
  let countedAtEnd: unknown;
  deps.messages.follow = (followed) => ({
    ...follow(followed),
    async finish(state) {
      countedAtEnd = await counted();
      shown.ends.push(state);
    },
  });
  const firstRun: DrawJob = { task, responseUrl: url, attempts: 0, isResumed: false, isHeld: async () => true };
  const failure = await runBatch(deps, { ...firstRun, ...job }, tested.batches.put(batch)).catch(String);
  expect(events).toEqual(['followed', ...(shown.told.length > 0 ? ['notified'] : []), 'unfollowed']);
  return { ...tested, ...shown, asked, saved, recorded: tested.batches.read(batch), failure, counted, countedAtEnd };
}

test('each image is drawn by its own seed, saved, recorded and shown', async () => {
  const batch = exampleBatch({ settings: { aspectRatio: '16:9', negativePrompt: 'snow' } });
  const { asked, saved, updates, ends, recorded } = await run(batch);
  const request = { prompt: 'a red fox', aspectRatio: '16:9', negativePrompt: 'snow', nativeStyle: undefined };
  const image = { id: batch.id, mediaType: 'image/png', content: bytes };
  expect(asked).toEqual([42, 43].map((seed) => ({ modelId: batch.images[0]?.modelId, ...request, seed })));
  expect(saved).toEqual([
    { ...image, number: 1, askedSeed: 42, seed: 42 },
    { ...image, number: 2, askedSeed: 43, seed: 43 },
  ]);
  expect(updates.map(states)).toEqual([
    ['stored', 'pending'],
    ['stored', 'stored'],
  ]);
  expect(recorded).toEqual({ ...batch, images: [storedImage(1), storedImage(2)], finishedAt: now().toISOString() });
  expect(ends).toEqual([recorded]);
});

test('images that end close together share one write, and the last waits for none', async () => {
  const writes: unknown[] = [];
  const batches = createMemoryBatches((batch) => void writes.push(states(batch)));
  const { updates } = await run(exampleBatch(), { batches, pause: () => new Promise(() => undefined) });
  expect(writes).toEqual([['stored', 'stored']]);
  expect(updates.map(states)).toEqual([
    ['stored', 'stored'],
    ['stored', 'stored'],
  ]);
});

test('a batch that waited is shown again when its first image starts', async () => {
  const { updates } = await run(exampleBatch(), {
    generate: async (_modelId, { seed }, image) => {
      expect(image?.batchId).toBe(exampleBatch().id);
      image?.onStart();
      return drawn(seed);
    },
  });
  expect(updates.map(states)).toEqual([
    ['pending', 'pending'],
    ['stored', 'pending'],
    ['stored', 'stored'],
  ]);
});

test('a retried image counts by itself, also if another process finds it already drawn', async () => {
  const batch = exampleBatch({ images: [storedImage(1), storedImage(2)], finishedAt: now().toISOString() });
  const again = { id: '01JCZZZZZZZZZZZZZZZZAGA1NN', requesterId: 'U0BEN', requestedAt: now().toISOString() };
  const job = { task: { kind: 'draw' as const, seeds: [43], again: { ...again, number: 2 } }, isResumed: true };
  const { counted } = await run(batch, { job });
  expect(await counted('U0BEN')).toEqual({ [again.id]: { pictures: 1 } });
});

test('settled images are not drawn again', async () => {
  const batch = exampleBatch({ images: [storedImage(1), failedImage(2), pendingImage(3)] });
  const { asked, recorded } = await run(batch);
  expect(asked).toMatchObject([{ seed: 44 }]);
  expect(recorded?.images).toEqual([storedImage(1), failedImage(2), storedImage(3)]);
});

test('a batch that ended keeps the time of its end', async () => {
  const batch = exampleBatch({ images: [storedImage(1)], finishedAt: '2026-11-20T10:00:05.000Z' });
  const { asked, recorded, ends } = await run(batch);
  expect([asked, recorded, ends]).toEqual([[], batch, [batch]]);
});

const failing = (error: Error): Differences => ({
  generate: async (_modelId, { seed }) => (seed === 42 ? Promise.reject(error) : drawn(seed)),
});
const full: Differences = {
  save: async (_reference, { number }) => (number === 1 ? Promise.reject(new Error('SlowDown')) : undefined),
};

test.each<[why: string, differences: Differences, reason: string, severity: string]>([
  ['the model held back', failing(new ImageModelError('filtered_image', '')), 'filtered_image', 'warn'],
  ['failed for an unknown reason', failing(new TypeError('x is not a function')), 'failed', 'warn'],
  ['needs the operator', failing(new ImageModelError('denied', '')), 'denied', 'error'],
  ['the bucket did not take', full, 'not_stored', 'warn'],
])('an image that %s leaves the others, and is given back before the end is shown', async (...row) => {
  const [, differences, reason, severity] = row;
  const { recorded, log, countedAtEnd } = await run(exampleBatch(), differences);
  expect(recorded?.images).toEqual([{ ...failedImage(1), reason }, storedImage(2)]);
  const fields = expect.objectContaining({ image: 1, reason, error: expect.any(Error) });
  expect(log.lines).toContainEqual({ severity, event: 'image failed', fields });
  expect(countedAtEnd).toEqual({ [exampleBatch().id]: { pictures: 1 } });
});

describe('a record that cannot be written', () => {
  test('for one image is written again with the end', async () => {
    const batches = createMemoryBatches(({ images: [first, second] }) => {
      if (first?.state === 'stored' && second?.state === 'pending') throw new Error('SlowDown');
    });
    const { ends, log, failure } = await run(exampleBatch(), { batches });
    expect(failure).toBeUndefined();
    expect(ends.map(({ images }) => images)).toEqual([[storedImage(1), storedImage(2)]]);
    expect(log.lines.map(({ event }) => event)).toContain('image not recorded');
  });

  const readOnly = () =>
    createMemoryBatches(() => {
      throw new Error('AccessDenied');
    });

  test('is not shown again at each further attempt', async () => {
    const { ends, told, failure } = await run(exampleBatch(), { batches: readOnly(), job: { attempts: 1 } });
    expect([ends, told, failure]).toEqual([[], [], 'Error: The record lacks the end of this batch.']);
  });

  test('tells the requester in private if the end would be a post, of which no one could know', async () => {
    const batch = exampleBatch({ destination: { kind: 'response_url', url } });
    const { ends, told } = await run(batch, { batches: readOnly() });
    expect([ends.length, told.map(({ images }) => images.length)]).toEqual([0, [2]]);
  });

  test('shows that the images are being saved, and a later attempt goes on with it', async () => {
    const { ends, recorded, failure, counted } = await run(exampleBatch(), { batches: readOnly() });
    const images = [pendingImage(1), pendingImage(2)].map((image) => ({ ...image, isSaving: true }));
    expect(ends).toEqual([{ ...exampleBatch(), images }]);
    expect(await counted()).toEqual({ [exampleBatch().id]: { pictures: 2 } });
    expect([recorded, failure]).toEqual([exampleBatch(), 'Error: The record lacks the end of this batch.']);
  });
});

test('an image that the bucket does not take at first is shown as being saved, and never recorded so', async () => {
  const { updates, recorded } = await run(exampleBatch(), {
    save: async (_reference, { number }, _content, { onRetry }) => {
      if (number === 1) for (const _ of [1, 2]) onRetry(new Error('SlowDown'));
    },
  });
  const saving = updates.filter(({ images }) => images.some((image) => 'isSaving' in image));
  expect(saving.map(({ images }) => images)).toEqual([[{ ...pendingImage(1), isSaving: true }, pendingImage(2)]]);
  expect(recorded?.images).toEqual([storedImage(1), storedImage(2)]);
});

test('a pick made while images are still being drawn stays', async () => {
  const pick = { number: 1, pickedBy: 'U0ASKER', pickedAt: now().toISOString() };
  let hasClicked = false;
  const batches = createMemoryBatches((next) => {
    if (hasClicked || states(next)?.[1] !== 'stored') return;
    hasClicked = true;
    batches.put(exampleBatch({ images: [storedImage(1), pendingImage(2)], pick }));
  });
  const { recorded } = await run(exampleBatch(), { batches });
  expect(recorded).toMatchObject({ pick, images: [storedImage(1), storedImage(2)] });
});

describe('images that were saved', () => {
  test('are recorded by a resumed batch, which draws only the others', async () => {
    const { asked, recorded, failure } = await run(exampleBatch(), {
      find: async (_reference, { number, askedSeed }) =>
        number === 1 ? { number, askedSeed, seed: 7, mediaType: 'image/jpeg', byteLength: 5 } : undefined,
      job: { isResumed: true },
    });
    expect(asked).toMatchObject([{ seed: 43 }]);
    const found = { mediaType: 'image/jpeg', byteLength: 5, storedAt: now().toISOString() };
    expect(recorded?.images).toEqual([{ ...storedImage(1, 7), ...found }, storedImage(2)]);
    expect(failure).toBeUndefined();
  });

  test.each([
    ['hold a resumed batch up while they are not known', true, 0, 'Error: SlowDown'],
    ['are not looked for by a new batch', false, 2, undefined],
  ])('%s', async (_what, isResumed, count, outcome) => {
    const find = () => Promise.reject(new Error('SlowDown'));
    const { asked, failure } = await run(exampleBatch(), { find, job: { isResumed } });
    expect([asked.length, failure]).toEqual([count, outcome]);
  });
});

test('the end of a batch that another process claimed is left to that process', async () => {
  const { ends, failure } = await run(exampleBatch(), { job: { isHeld: async () => false } });
  expect([ends, failure]).toEqual([[], 'Error: Another process claimed this batch, and shows it.']);
});

test('an image that fails after another process claimed its batch is left to that process, and so is the count', async () => {
  let isHeld = true;
  const generate: Generate = async (_modelId, { seed }) => {
    if (seed === 42) return drawn(seed);
    isHeld = false;
    throw new ImageModelError('unavailable', 'The connection broke while this process was paused.');
  };
  const { recorded, ends, counted } = await run(exampleBatch(), { generate, job: { isHeld: async () => isHeld } });
  expect(recorded?.images).toEqual([storedImage(1), pendingImage(2)]);
  expect([ends, await counted()]).toEqual([[], {}]);
});

test('an image that a later click draws is left to it, and so is the end', async () => {
  const { asked, recorded, ends } = await run(exampleBatch(), { job: { task: { kind: 'draw', seeds: [42] } } });
  expect(asked).toMatchObject([{ seed: 42 }]);
  expect(recorded?.images).toEqual([storedImage(1), pendingImage(2)]);
  expect([recorded?.finishedAt, ends]).toEqual([undefined, []]);
});

test.each<[what: string, save: () => Promise<void>]>([
  ['saved', async () => undefined],
  ['not saved', () => Promise.reject(new Error('SlowDown'))],
])('an image that was %s makes room for other answers, once', async (_what, save) => {
  let released = 0;
  const release = () => {
    released += 1;
  };
  await run(exampleBatch(), { save, generate: async (_modelId, { seed }) => ({ ...drawn(seed), release }) });
  expect(released).toBe(2);
});
