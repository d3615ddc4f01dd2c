import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { BatchDeps } from '../../../src/core/batch/deps.js';
import { runBatch } from '../../../src/core/batch/run-batch.js';
import { ImageModelError } from '../../../src/core/errors.js';
import { imageBytes as bytes, createTestDeps } from '../batch-deps.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../example-batch.js';
import { createMemoryBatches } from '../memory-records.js';

type DrawJob = Parameters<typeof runBatch>[1];
type Differences = Partial<Omit<BatchDeps, 'images'>> & {
  generate?: BatchDeps['queues']['generate'];
  save?: BatchDeps['images']['save'];
  find?: BatchDeps['images']['find'];
};

const now = () => new Date('2026-11-20T10:00:09Z');
const firstRun: DrawJob = {
  task: { kind: 'draw', seeds: [42, 43, 44] },
  responseUrl: 'https://hooks.slack.test/commands/1',
  attempts: 0,
  isResumed: false,
  isHeld: async () => true,
};
const states = (batch: Batch | undefined) => batch?.images.map((image) => image.state);
const nextTick = () => new Promise((resolve) => setImmediate(resolve));
const person = { workspaceId: 'T0WORK', day: '2026-11-20' };

/** Runs the batch to its end and tells what was drawn, saved and shown. */
async function run(
  batch: Batch,
  { generate, save, find, ...differences }: Differences = {},
  batches = createMemoryBatches(),
  job: DrawJob = firstRun,
) {
  const drawn: unknown[] = [];
  const saved: unknown[] = [];
  const tested = createTestDeps({ now, ...differences }, batches);
  const { deps, events, shown, usage, log } = tested;
  deps.queues.generate = async (modelId, request, image) => {
    if (generate) return generate(modelId, request, image);
    drawn.push({ modelId, ...request });
    if (request.seed !== 42) await nextTick(); // so that the first image ends first
    return { bytes, mediaType: 'image/png', seed: request.seed };
  };
  deps.images.save = async (reference, image, content, options) => {
    saved.push({ id: reference.id, ...image, content });
    await save?.(reference, image, content, options);
  };
  if (find) deps.images.find = find;
  const failure = await runBatch(deps, job, batches.put(batch)).catch(String);
  expect(events.filter((event) => event === 'followed').length).toBe(
    events.filter((event) => event === 'unfollowed').length,
  );
  const counted = async (userId = 'U0ASKER') => (await usage.load({ ...person, userId })).batches;
  return { ...tested, ...shown, drawn, saved, log, recorded: batches.read(batch), failure, counted };
}

test('each image is drawn by its own seed, saved, recorded and shown', async () => {
  const batch = exampleBatch({ settings: { aspectRatio: '16:9', negativePrompt: 'snow' } });
  const { drawn, saved, updates, ends, recorded } = await run(batch);
  const asked = { modelId: batch.images[0]?.modelId, prompt: 'a red fox', aspectRatio: '16:9', negativePrompt: 'snow' };
  expect(drawn).toEqual([
    { ...asked, seed: 42 },
    { ...asked, seed: 43 },
  ]);
  expect(saved).toEqual([
    { id: batch.id, number: 1, mediaType: 'image/png', askedSeed: 42, seed: 42, content: bytes },
    { id: batch.id, number: 2, mediaType: 'image/png', askedSeed: 43, seed: 43, content: bytes },
  ]);
  expect(updates.map(states)).toEqual([
    ['stored', 'pending'],
    ['stored', 'stored'],
  ]);
  expect(recorded).toEqual({ ...batch, images: [storedImage(1), storedImage(2)], finishedAt: now().toISOString() });
  expect(ends).toEqual([recorded]);
});

test('a batch that waited is shown again when its first image starts', async () => {
  const { updates } = await run(exampleBatch(), {
    generate: async (_modelId, { seed }, image) => {
      expect(image?.batchId).toBe(exampleBatch().id);
      if (seed !== 42) await nextTick();
      image?.onStart();
      return { bytes, mediaType: 'image/png', seed };
    },
  });
  expect(updates.map(states)).toEqual([
    ['pending', 'pending'],
    ['stored', 'pending'],
    ['stored', 'stored'],
  ]);
});

test('the images that did not come are given back before the end is shown', async () => {
  const order: unknown[] = [];
  const batch = exampleBatch();
  const { deps, usage } = createTestDeps({ now });
  deps.queues.generate = async (_modelId, { seed }) => {
    if (seed === 42) throw new Error('no');
    return { bytes, mediaType: 'image/png', seed };
  };
  const follower = deps.messages.follow(batch);
  const finish = async () => void order.push((await usage.load({ ...person, userId: 'U0ASKER' })).batches);
  await runBatch({ ...deps, messages: { ...deps.messages, follow: () => ({ ...follower, finish }) } }, firstRun, {
    key: '',
    value: batch,
    etag: undefined,
  }).catch(() => undefined);
  expect(order).toEqual([{ [batch.id]: { pictures: 1 } }]);
});

test('a retried image counts by itself, also if another process finds it already drawn', async () => {
  const batch = exampleBatch({ images: [storedImage(1), storedImage(2)], finishedAt: now().toISOString() });
  const again = { id: '01JCZZZZZZZZZZZZZZZZAGA1NN', requesterId: 'U0BEN', requestedAt: now().toISOString() };
  const { counted } = await run(batch, {}, undefined, {
    ...firstRun,
    task: { kind: 'draw', seeds: [43], again: { ...again, number: 2 } },
    isResumed: true,
  });
  expect(await counted('U0BEN')).toEqual({ [again.id]: { pictures: 1 } });
});

test('the record keeps the seed that the model reports', async () => {
  const { recorded } = await run(exampleBatch(), {
    generate: async () => ({ bytes, mediaType: 'image/png', seed: 7 }),
  });
  expect(recorded?.images.map(({ seed }) => seed)).toEqual([7, 7]);
});

test('settled images are not drawn again', async () => {
  const batch = exampleBatch({ images: [storedImage(1), failedImage(2), pendingImage(3)] });
  const { drawn, recorded } = await run(batch);
  expect(drawn).toEqual([expect.objectContaining({ seed: 44 })]);
  expect(recorded?.images).toEqual([storedImage(1), failedImage(2), storedImage(3)]);
});

test('a batch that ended keeps the time of its end', async () => {
  const batch = exampleBatch({ images: [storedImage(1)], finishedAt: '2026-11-20T10:00:05.000Z' });
  const { drawn, recorded, ends } = await run(batch);
  expect(drawn).toEqual([]);
  expect(recorded).toBe(batch);
  expect(ends).toEqual([batch]);
});

describe('one failed image leaves the others', () => {
  const failing = (error: unknown): Differences => ({
    generate: async (_modelId, { seed }) => {
      if (seed === 42) throw error;
      return { bytes, mediaType: 'image/png', seed };
    },
  });

  test.each([
    [
      'with the reason that the model gave',
      new ImageModelError('filtered_image', 'held back'),
      'filtered_image',
      'warn',
    ],
    ['as failed if the reason is unknown', new TypeError('x is not a function'), 'failed', 'warn'],
    ['as an error in the log if the operator has to act', new ImageModelError('denied', 'no'), 'denied', 'error'],
    ['as an error in the log if the model is retired', new ImageModelError('retired', 'no'), 'retired', 'error'],
  ])('%s', async (_what, error, reason, severity) => {
    const { recorded, log } = await run(exampleBatch(), failing(error));
    expect(recorded?.images).toEqual([{ ...failedImage(1), reason }, storedImage(2)]);
    expect(log.lines).toContainEqual({
      severity,
      event: 'image failed',
      fields: expect.objectContaining({ image: 1, reason, error }),
    });
  });

  test('as not stored if the bucket did not take it', async () => {
    const { recorded } = await run(exampleBatch(), {
      save: async (_reference, { number }) => {
        if (number === 1) throw new Error('SlowDown');
      },
    });
    expect(recorded?.images).toEqual([failedImage(1, 'not_stored'), storedImage(2)]);
  });
});

describe('a record that cannot be written', () => {
  test('for one image is written again with the end', async () => {
    const store = createMemoryBatches(({ images: [first, second] }) => {
      if (first?.state === 'stored' && second?.state === 'pending') throw new Error('SlowDown');
    });
    const { ends, log, failure } = await run(exampleBatch(), {}, store);
    expect(failure).toBeUndefined();
    expect(ends.map(({ images }) => images)).toEqual([[storedImage(1), storedImage(2)]]);
    expect(log.lines.map(({ event }) => event)).toContain('image not recorded');
  });

  const readOnly = () =>
    createMemoryBatches(() => {
      throw new Error('AccessDenied');
    });

  test('is not shown again at each further attempt', async () => {
    const { ends, told, failure } = await run(exampleBatch(), {}, readOnly(), { ...firstRun, attempts: 1 });
    expect([ends, told]).toEqual([[], []]);
    expect(failure).toContain('The record lacks the end');
  });

  test('tells the requester in private if the end would be a post, of which no one could know', async () => {
    const destination = { kind: 'response_url', url: 'https://hooks.slack.test/commands/1' } as const;
    const { ends, told } = await run(exampleBatch({ destination }), {}, readOnly());
    expect([ends.length, told.map(({ images }) => images.length)]).toEqual([0, [2]]);
  });

  test('shows that the images are being saved, and a later attempt goes on with it', async () => {
    const { ends, recorded, failure, counted } = await run(exampleBatch(), {}, readOnly());
    const images = [pendingImage(1), pendingImage(2)].map((image) => ({ ...image, isSaving: true }));
    expect(ends).toEqual([{ ...exampleBatch(), images }]);
    expect(await counted()).toEqual({ [exampleBatch().id]: { pictures: 2 } });
    expect([recorded, failure]).toEqual([exampleBatch(), 'Error: The record lacks the end of this batch.']);
  });
});

test('an image that the bucket does not take at first is shown as being saved, and never recorded so', async () => {
  const { updates, recorded } = await run(exampleBatch(), {
    save: async (_reference, { number }, _content, { onRetry }) => {
      if (number !== 1) return;
      onRetry(new Error('SlowDown'));
      onRetry(new Error('SlowDown'));
    },
  });
  const saving = updates.filter(({ images }) => images.some((image) => 'isSaving' in image));
  expect(saving.map(({ images }) => images)).toEqual([[{ ...pendingImage(1), isSaving: true }, pendingImage(2)]]);
  expect(recorded?.images).toEqual([storedImage(1), storedImage(2)]);
});

test('a pick made while images are still being drawn stays', async () => {
  const batch = exampleBatch();
  const pick = { number: 1, pickedBy: 'U0ASKER', pickedAt: now().toISOString() };
  let hasClicked = false;
  const store = createMemoryBatches((next) => {
    if (hasClicked || states(next)?.[1] !== 'stored') return;
    hasClicked = true;
    store.put({ ...batch, images: [storedImage(1), pendingImage(2)], pick });
  });
  const { recorded } = await run(batch, {}, store);
  expect(recorded).toMatchObject({ pick, images: [storedImage(1), storedImage(2)] });
});

describe('a resumed batch', () => {
  const resumed = { ...firstRun, isResumed: true };
  const findFirst: BatchDeps['images']['find'] = async (_reference, { number, askedSeed }) =>
    number === 1 ? { number, askedSeed, seed: 7, mediaType: 'image/jpeg', byteLength: 5 } : undefined;

  test('records the images that were saved, and draws only the others', async () => {
    const { drawn, recorded, failure } = await run(exampleBatch(), { find: findFirst }, undefined, resumed);
    expect(drawn).toEqual([expect.objectContaining({ seed: 43 })]);
    expect(recorded?.images).toEqual([
      { ...storedImage(1, 7), mediaType: 'image/jpeg', byteLength: 5, storedAt: now().toISOString() },
      storedImage(2),
    ]);
    expect(failure).toBeUndefined();
  });

  test('draws nothing while it is unknown what was saved', async () => {
    const findSaved = () => Promise.reject(new Error('SlowDown'));
    const { drawn, failure } = await run(exampleBatch(), { find: findSaved }, undefined, resumed);
    expect([drawn, failure]).toEqual([[], 'Error: SlowDown']);
  });
});

test('a new batch is not searched for saved images', async () => {
  const { drawn } = await run(exampleBatch(), { find: () => Promise.reject(new Error('looked')) });
  expect(drawn).toHaveLength(2);
});

test('the end of a batch that another process claimed is left to that process', async () => {
  const { ends, failure } = await run(exampleBatch(), {}, undefined, { ...firstRun, isHeld: async () => false });
  expect([ends, failure]).toEqual([[], 'Error: Another process claimed this batch, and shows it.']);
});

test('an image that fails after another process claimed its batch is left to that process, and so is the count', async () => {
  let isHeld = true;
  const generate: Differences['generate'] = async (_modelId, { seed }) => {
    if (seed === 42) return { bytes, mediaType: 'image/png', seed };
    isHeld = false;
    throw new ImageModelError('unavailable', 'The connection broke while this process was paused.');
  };
  const { recorded, ends, failure, counted } = await run(exampleBatch(), { generate }, undefined, {
    ...firstRun,
    isHeld: async () => isHeld,
  });
  expect(recorded?.images).toEqual([storedImage(1), pendingImage(2)]);
  expect([ends, await counted(), failure]).toEqual([
    [],
    {},
    'Error: Another process claimed this batch, and shows it.',
  ]);
});

test('an image that a later click draws is left to it, and so is the end', async () => {
  const { drawn, recorded, ends } = await run(exampleBatch(), {}, undefined, {
    ...firstRun,
    task: { kind: 'draw', seeds: [42] },
  });
  expect(drawn).toEqual([expect.objectContaining({ seed: 42 })]);
  expect(recorded?.images).toEqual([storedImage(1), pendingImage(2)]);
  expect([recorded?.finishedAt, ends]).toEqual([undefined, []]);
});

test.each<[what: string, save: () => Promise<void>]>([
  ['saved', async () => undefined],
  ['not saved', () => Promise.reject(new Error('SlowDown'))],
])('an image that was %s makes room for other answers, once', async (_what, save) => {
  const released: string[] = [];
  const release = () => void released.push('an answer');
  const batch = exampleBatch();
  const pending = batch.images.filter(({ state }) => state === 'pending').length;
  await run(batch, {
    save,
    generate: async (_modelId, { seed }) => ({ bytes, mediaType: 'image/png', seed, release }),
  });
  expect(released).toHaveLength(pending);
  expect(pending).toBe(2);
});
