import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import { createRunBatch, type RunBatch, type RunBatchDependencies } from '../../../src/core/batch/run-batch.js';
import { ImageModelError } from '../../../src/core/errors.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../example-batch.js';
import { createMemoryBatchStore } from '../memory-batch-store.js';
import { createRecordingLog } from '../recording-log.js';

const bytes = Uint8Array.of(1, 2, 3);
const now = () => new Date('2026-11-20T10:00:09Z');
const firstRun: Parameters<RunBatch>[1] = {
  task: { kind: 'draw', seeds: [42, 43, 44] },
  responseUrl: 'https://hooks.slack.test/commands/1',
  failures: 0,
  isTakenUp: false,
  isHeld: async () => true,
};
const states = (batch: Batch | undefined) => batch?.images.map((image) => image.state);

/** Runs the batch to its end and tells what was drawn, saved and shown. */
async function run(
  batch: Batch,
  differences: Partial<RunBatchDependencies> = {},
  store = createMemoryBatchStore(),
  work: Parameters<RunBatch>[1] = firstRun,
) {
  const drawn: unknown[] = [];
  const saved: unknown[] = [];
  const updates: Batch[] = [];
  const ends: Batch[] = [];
  const told: Batch[] = [];
  let followed = 0;
  const log = createRecordingLog();
  store.put(batch);
  const runBatch = createRunBatch({
    batches: store,
    generateImage: async (modelId, request) => {
      drawn.push({ modelId, ...request });
      return { bytes, mediaType: 'image/png', seed: request.seed };
    },
    saveImage: async ({ id }, image, content) => void saved.push({ id, ...image, content }),
    findSaved: async () => undefined,
    trackBatch: () => {
      followed += 1;
      return {
        update: (state) => void updates.push(state),
        finish: async (state) => void ends.push(state),
        tell: async (state) => void told.push(state),
        close: () => {
          followed -= 1;
        },
      };
    },
    reconcileUsage: async () => undefined,
    observe: () => undefined,
    now,
    log,
    ...differences,
  });
  const failure = await runBatch(batch, work).catch(String);
  expect(followed).toBe(0); // however it ended
  return { store, drawn, saved, updates, ends, told, log, recorded: store.read(batch), failure };
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

test('a batch that waited is shown again when its first turn comes', async () => {
  const { updates } = await run(exampleBatch(), {
    generateImage: async (_modelId, { seed }, ticket) => {
      expect(ticket?.batchId).toBe(exampleBatch().id);
      await Promise.resolve();
      ticket?.onTurn();
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
  await run(exampleBatch(), {
    generateImage: async (_modelId, { seed }) => {
      if (seed === 42) throw new Error('no');
      return { bytes, mediaType: 'image/png', seed };
    },
    reconcileUsage: async (batch) => void order.push(states(batch)),
    trackBatch: () => ({
      update: () => undefined,
      finish: async () => void order.push('shown'),
      tell: async () => undefined,
      close: () => undefined,
    }),
  });
  expect(order).toEqual([['failed', 'stored'], 'shown']);
});

test('an image that is drawn again is settled alone, also by a process that finds it drawn already', async () => {
  const settled: Batch[] = [];
  const batch = exampleBatch({ images: [storedImage(1), storedImage(2)], finishedAt: now().toISOString() });
  const again = { id: '01JCZZZZZZZZZZZZZZZZAGA1NN', requesterId: 'U0BEN', requestedAt: now().toISOString() };
  await run(batch, { reconcileUsage: async (counted) => void settled.push(counted) }, undefined, {
    ...firstRun,
    task: { kind: 'draw', seeds: [43], again: { ...again, number: 2 } },
    isTakenUp: true,
  });
  expect(settled).toMatchObject([{ ...again, images: [{ number: 2, state: 'stored' }] }]);
});

test('the record keeps the seed that the model says it used', async () => {
  const { recorded } = await run(exampleBatch(), {
    generateImage: async () => ({ bytes, mediaType: 'image/png', seed: 7 }),
  });
  expect(recorded?.images.map(({ seed }) => seed)).toEqual([7, 7]);
});

test('images that are settled already are not drawn again', async () => {
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
  const failing = (error: unknown): Partial<RunBatchDependencies> => ({
    generateImage: async (_modelId, { seed }) => {
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
    ['as failed where nobody knows why', new TypeError('x is not a function'), 'failed', 'warn'],
    ['as an error in the log where the operator has to act', new ImageModelError('denied', 'no'), 'denied', 'error'],
    ['as an error in the log where the model is gone', new ImageModelError('retired', 'no'), 'retired', 'error'],
  ])('%s', async (_what, error, reason, severity) => {
    const { recorded, log } = await run(exampleBatch(), failing(error));
    expect(recorded?.images).toEqual([{ ...failedImage(1), reason }, storedImage(2)]);
    expect(log.lines).toContainEqual({
      severity,
      event: 'image failed',
      fields: expect.objectContaining({ image: 1, reason, error }),
    });
  });

  test('as not stored where the bucket did not take it', async () => {
    const { recorded } = await run(exampleBatch(), {
      saveImage: async (_reference, { number }) => {
        if (number === 1) throw new Error('SlowDown');
      },
    });
    expect(recorded?.images).toEqual([failedImage(1, 'not_stored'), storedImage(2)]);
  });
});

describe('a record that cannot be written', () => {
  test('for one image is written again with the end', async () => {
    const store = createMemoryBatchStore(({ images: [first, second] }) => {
      if (first?.state === 'stored' && second?.state === 'pending') throw new Error('SlowDown');
    });
    const { ends, log, failure } = await run(exampleBatch(), {}, store);
    expect(failure).toBeUndefined();
    expect(ends.map(({ images }) => images)).toEqual([[storedImage(1), storedImage(2)]]);
    expect(log.lines.map(({ event }) => event)).toContain('image not recorded');
  });

  const readOnly = () =>
    createMemoryBatchStore(() => {
      throw new Error('AccessDenied');
    });

  test('is not shown again at each further try', async () => {
    const { ends, told, failure } = await run(exampleBatch(), {}, readOnly(), { ...firstRun, failures: 1 });
    expect([ends, told]).toEqual([[], []]);
    expect(failure).toContain('The record lacks the end');
  });

  test('is told in private where the end is a post, which nobody could know of', async () => {
    const destination = { kind: 'response_url', url: 'https://hooks.slack.test/commands/1' } as const;
    const { ends, told } = await run(exampleBatch({ destination }), {}, readOnly());
    expect([ends.length, told.map(({ images }) => images.length)]).toEqual([0, [2]]);
  });

  test('at all shows that the images are being saved, which a later try goes on with', async () => {
    const store = readOnly();
    const usage: Batch[] = [];
    const reconcileUsage = async (batch: Batch) => void usage.push(batch);
    const { ends, recorded, failure } = await run(exampleBatch(), { reconcileUsage }, store);
    const images = [pendingImage(1), pendingImage(2)].map((image) => ({ ...image, isSaving: true }));
    expect(ends).toEqual([{ ...exampleBatch(), images }]);
    expect(usage.map(states)).toEqual([['stored', 'stored']]);
    expect([recorded, failure]).toEqual([exampleBatch(), 'Error: The record lacks the end of this batch.']);
  });
});

test('an image that the bucket does not take at first is shown as being saved, and never recorded so', async () => {
  const { updates, recorded } = await run(exampleBatch(), {
    saveImage: async (_reference, { number }, _content, { onRetry }) => {
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
  const store = createMemoryBatchStore((next) => {
    if (hasClicked || states(next)?.[1] !== 'stored') return;
    hasClicked = true;
    store.put({ ...batch, images: [storedImage(1), pendingImage(2)], pick });
  });
  const { recorded } = await run(batch, {}, store);
  expect(recorded).toMatchObject({ pick, images: [storedImage(1), storedImage(2)] });
});

test('a batch without a record is told to the operator', async () => {
  const log = createRecordingLog();
  const store = createMemoryBatchStore();
  const { drawn } = await run(exampleBatch(), { log, batches: { ...store, load: async () => undefined } });
  expect(drawn).toEqual([]);
  expect(log.lines).toEqual([
    { severity: 'error', event: 'batch to run is not in the bucket', fields: { batch: exampleBatch().id } },
  ]);
});

describe('a batch that was taken up', () => {
  const takenUp = { ...firstRun, isTakenUp: true };
  const findFirst: RunBatchDependencies['findSaved'] = async (_reference, { number, askedSeed }) =>
    number === 1 ? { number, askedSeed, seed: 7, mediaType: 'image/jpeg', byteLength: 5 } : undefined;

  test('has the images recorded that were saved, and only the others drawn', async () => {
    const { drawn, recorded, failure } = await run(exampleBatch(), { findSaved: findFirst }, undefined, takenUp);
    expect(drawn).toEqual([expect.objectContaining({ seed: 43 })]);
    expect(recorded?.images).toEqual([
      { ...storedImage(1, 7), mediaType: 'image/jpeg', byteLength: 5, storedAt: now().toISOString() },
      storedImage(2),
    ]);
    expect(failure).toBeUndefined();
  });

  test('has nothing drawn while nobody knows what was saved', async () => {
    const findSaved = () => Promise.reject(new Error('SlowDown'));
    const { drawn, failure } = await run(exampleBatch(), { findSaved }, undefined, takenUp);
    expect([drawn, failure]).toEqual([[], 'Error: SlowDown']);
  });
});

test('a batch that runs for the first time is not looked for', async () => {
  const { drawn } = await run(exampleBatch(), { findSaved: () => Promise.reject(new Error('looked')) });
  expect(drawn).toHaveLength(2);
});

test('the end of a batch that another process took over is left to that process', async () => {
  const { ends, failure } = await run(exampleBatch(), {}, undefined, { ...firstRun, isHeld: async () => false });
  expect([ends, failure]).toEqual([[], 'Error: Another process took over this batch, and shows it.']);
});

test('an image that fails once another process took over its batch is left to that process, and so is the count', async () => {
  let isHeld = true;
  const settled: Batch[] = [];
  const { recorded, ends, failure } = await run(
    exampleBatch(),
    {
      generateImage: async (_modelId, { seed }) => {
        if (seed === 42) return { bytes, mediaType: 'image/png', seed };
        isHeld = false;
        throw new ImageModelError('unavailable', 'The connection broke while this process was paused.');
      },
      reconcileUsage: async (batch) => void settled.push(batch),
    },
    undefined,
    { ...firstRun, isHeld: async () => isHeld },
  );
  expect(recorded?.images).toEqual([storedImage(1), pendingImage(2)]);
  expect([ends, settled, failure]).toEqual([[], [], 'Error: Another process took over this batch, and shows it.']);
});

test('an image that a later click has drawn is left to it, and so is the end', async () => {
  const { drawn, recorded, ends } = await run(exampleBatch(), {}, undefined, {
    ...firstRun,
    task: { kind: 'draw', seeds: [42] },
  });
  expect(drawn).toEqual([expect.objectContaining({ seed: 42 })]);
  expect(recorded?.images).toEqual([storedImage(1), pendingImage(2)]);
  expect([recorded?.finishedAt, ends]).toEqual([undefined, []]);
});
