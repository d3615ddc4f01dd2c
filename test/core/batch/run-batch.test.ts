import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { BatchDeps } from '../../../src/core/batch/deps.js';
import { type ImageTask, imageTask } from '../../../src/core/batch/draw-image.js';
import { runBatch } from '../../../src/core/batch/run-batch.js';
import { createTestDeps, testId } from '../batch-deps.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../example-batch.js';
import { createMemoryBatches } from '../memory-records.js';

type DrawJob = Parameters<typeof runBatch>[1];
interface Differences {
  draw?: BatchDeps['queues']['draw'];
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

/** Runs the batch to its end and tells what was drawn and shown. */
async function run(batch: Batch, { draw, find, batches, pause, job }: Differences = {}) {
  const asked: ImageTask[] = [];
  const tested = createTestDeps({ now, ...(pause && { pause }) }, batches);
  const { deps, events, shown, usage } = tested;
  const drawImage = draw ?? deps.queues.draw;
  deps.queues.draw = async (image, events) => {
    asked.push(image);
    if (image.number !== 1) await nextTick(); // so that the first image ends first
    return drawImage(image, events);
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
  const isHeld = async () => true;
  const firstRun: DrawJob = { id: testId, task, responseUrl: url, attempts: 0, isResumed: false, isHeld };
  const failure = await runBatch(deps, { ...firstRun, ...job }, tested.batches.put(batch)).catch(String);
  expect(events).toEqual(['followed', ...(shown.told.length > 0 ? ['notified'] : []), 'unfollowed']);
  return { ...tested, ...shown, asked, recorded: tested.batches.read(batch), failure, counted, countedAtEnd };
}

test('each image is drawn by its own seed, recorded and shown', async () => {
  const batch = exampleBatch();
  const { asked, updates, ends, recorded } = await run(batch);
  expect(asked).toEqual(batch.images.map((image) => imageTask(batch, image, { id: testId, task, isResumed: false })));
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
    draw: async ({ number }, { onStart }) => {
      onStart();
      return storedImage(number);
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
  expect(await counted('U0BEN')).toEqual({ [again.id]: { pictures: 1, cost: 0.04 } });
});

test('settled images are not drawn again', async () => {
  const batch = exampleBatch({ images: [storedImage(1), failedImage(2), pendingImage(3)] });
  const { asked, recorded } = await run(batch);
  expect(asked).toMatchObject([{ request: { seed: 44 } }]);
  expect(recorded?.images).toEqual([storedImage(1), failedImage(2), storedImage(3)]);
});

test('a batch that ended keeps the time of its end', async () => {
  const batch = exampleBatch({ images: [storedImage(1)], finishedAt: '2026-11-20T10:00:05.000Z' });
  const { asked, recorded, ends } = await run(batch);
  expect([asked, recorded, ends]).toEqual([[], batch, [batch]]);
});

test.each([
  ['forgets', url, undefined],
  ['keeps', 'https://hooks.slack.test/actions/2', 'https://hooks.slack.test/actions/2'],
])('the end %s the answer address %s', async (_what, latest, left) => {
  const begun = exampleBatch({ destination: { kind: 'response_url', url, isPrivate: true } });
  const tested = createTestDeps({ now });
  const follow = tested.deps.messages.follow;
  tested.deps.messages.follow = (followed) => ({
    ...follow(followed),
    finish: async (state) =>
      void tested.batches.put({ ...state, destination: { kind: 'response_url', isPrivate: true, url: latest } }),
  });
  const job = { id: testId, task, responseUrl: url, attempts: 0, isResumed: false, isHeld: async () => true };
  await runBatch(tested.deps, job, tested.batches.put(begun));
  const destination = { kind: 'response_url', isPrivate: true, ...(left && { url: left }) };
  expect(tested.batches.read(begun)?.destination).toEqual(destination);
});

test('an image that failed leaves the others, and is given back before the end is shown', async () => {
  const { recorded, countedAtEnd } = await run(exampleBatch(), {
    draw: async ({ number }) => (number === 1 ? failedImage(1, 'filtered_image') : storedImage(number)),
  });
  expect(recorded?.images).toEqual([failedImage(1, 'filtered_image'), storedImage(2)]);
  expect(countedAtEnd).toEqual({ [exampleBatch().id]: { pictures: 1, cost: 0.04 } });
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
    expect(await counted()).toEqual({ [exampleBatch().id]: { pictures: 2, cost: 0.08 } });
    expect([recorded, failure]).toEqual([exampleBatch(), 'Error: The record lacks the end of this batch.']);
  });
});

test('an image that the bucket does not take at first is shown as being saved, and never recorded so', async () => {
  const { updates, recorded } = await run(exampleBatch(), {
    draw: async ({ number }, { onSaving }) => {
      if (number === 1) for (const _ of [1, 2]) onSaving();
      return storedImage(number);
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
    expect(asked).toMatchObject([{ request: { seed: 43 } }]);
    const found = { mediaType: 'image/jpeg', byteLength: 5, storedAt: now().toISOString() };
    expect(recorded?.images).toEqual([{ ...storedImage(1, 7), ...found }, storedImage(2)]);
    expect(failure).toBeUndefined();
  });

  test.each([
    ['hold a whole resumed batch up while one of them is not known', true, 0, 'Error: SlowDown'],
    ['are not looked for by a new batch', false, 2, undefined],
  ])('%s', async (_what, isResumed, count, outcome) => {
    const find: BatchDeps['images']['find'] = async (_reference, { number }) =>
      number === 2 ? Promise.reject(new Error('SlowDown')) : undefined;
    const { asked, failure } = await run(exampleBatch(), { find, job: { isResumed } });
    expect([asked.length, failure]).toEqual([count, outcome]);
  });
});

describe('a batch that was stopped', () => {
  const stopped: BatchDeps['queues']['draw'] = async ({ number }) => failedImage(number, 'stopped');

  test('has what was not drawn given back, and is not posted where a post could only say so', async () => {
    const batch = exampleBatch({ destination: { kind: 'response_url', url } });
    const { ends, told, counted } = await run(batch, { draw: stopped });
    expect([ends.length, told.map(({ images }) => images.length), await counted()]).toEqual([0, [2], {}]);
  });

  test('by another process gives up its other images too as soon as one learns of it', async () => {
    const { deps, batches, events } = createTestDeps({ now });
    const stored = batches.put(exampleBatch());
    const learned: boolean[] = [];
    deps.queues.draw = async ({ number }, { isStopped }) => {
      learned.push(await isStopped());
      batches.put(exampleBatch({ stoppedAt: now().toISOString() }));
      learned.push(await isStopped());
      return failedImage(number, 'stopped');
    };
    await runBatch(
      deps,
      {
        id: testId,
        task: { kind: 'draw', seeds: [42] },
        responseUrl: url,
        attempts: 0,
        isResumed: false,
        isHeld: async () => true,
      },
      stored,
    );
    expect([learned, events]).toEqual([
      [false, true],
      ['followed', 'stopped', 'unfollowed'],
    ]);
  });
});

test('the end of a batch that another process claimed is left to that process', async () => {
  const { ends, failure } = await run(exampleBatch(), { job: { isHeld: async () => false } });
  expect([ends, failure]).toEqual([[], 'JobLostError: Another process claimed this batch, and shows it.']);
});

test('an image that is left to another process leaves the batch to it, with the end and the count', async () => {
  const draw = async ({ number }: ImageTask) => (number === 1 ? storedImage(1) : undefined);
  const { recorded, ends, counted, failure } = await run(exampleBatch(), { draw });
  expect(recorded?.images).toEqual([storedImage(1), pendingImage(2)]);
  expect([ends, await counted()]).toEqual([[], {}]);
  expect(failure).toBe('JobLostError: Another process goes on with this batch.');
});

test('an image that a later click draws is left to it, and so is the end', async () => {
  const { asked, recorded, ends } = await run(exampleBatch(), { job: { task: { kind: 'draw', seeds: [42] } } });
  expect(asked).toMatchObject([{ request: { seed: 42 } }]);
  expect(recorded?.images).toEqual([storedImage(1), pendingImage(2)]);
  expect([recorded?.finishedAt, ends]).toEqual([undefined, []]);
});

describe('a result without a choice', () => {
  const source = { channelId: 'C0ROOM', id: '01JCZZZZZZZZZZZZZZZZPARENT', number: 2, mediaType: 'image/png' } as const;
  const upscale = (differences: Partial<Batch> = {}) =>
    exampleBatch({ images: [pendingImage(1)], input: { operation: 'upscale', source }, ...differences });

  /** Runs it, and tells which writes had what, and what followed. */
  async function keep(batch: Batch, draw: Differences['draw'] = async ({ number }) => storedImage(number)) {
    const writes: unknown[] = [];
    const batches = createMemoryBatches(({ images: [image], pick }) => void writes.push([image?.state, pick?.number]));
    const tested = createTestDeps({ now }, batches);
    tested.deps.queues.draw = draw;
    tested.deps.messages.uploadPick = async ({ pick }) => {
      tested.events.push(`uploaded ${pick?.number}`);
      return 'F0000000001';
    };
    const job: DrawJob = {
      id: testId,
      task,
      responseUrl: url,
      attempts: 0,
      isResumed: false,
      isHeld: async () => true,
    };
    await runBatch(tested.deps, job, batches.put(batch));
    return { ...tested, writes, recorded: batches.read(batch) };
  }

  test('is picked for its requester in the write that ends the batch, and uploaded once it is shown', async () => {
    const { writes, recorded, events, shown } = await keep(upscale());
    expect(writes[0]).toEqual(['stored', 1]);
    expect(recorded?.pick).toMatchObject({
      number: 1,
      pickedBy: 'U0ASKER',
      pickedAt: now().toISOString(),
      slackFileId: 'F0000000001',
    });
    expect(events).toEqual(['followed', 'uploaded 1', 'unfollowed']);
    expect(shown.ends.map(({ pick }) => pick?.number)).toEqual([1]);
  });

  test.each<[what: string, batch: Batch, draw: Differences['draw']]>([
    ['that failed', upscale(), async () => failedImage(1, 'filtered_input')],
    ['whose batch was discarded meanwhile', upscale({ discardedAt: now().toISOString() }), undefined],
    ['of which there are several to choose from', upscale({ input: { operation: 'replace', source } }), undefined],
    ['drawn from a prompt alone', exampleBatch({ images: [pendingImage(1)] }), undefined],
  ])('is not picked if it is one %s', async (_what, batch, draw) => {
    const { recorded, events } = await keep(batch, draw);
    expect([recorded?.pick, recorded?.finishedAt]).toEqual([undefined, now().toISOString()]);
    expect(events.filter((event) => event.startsWith('uploaded'))).toEqual([]);
  });

  test.each([
    ['denied', ['disabled stability.stable-image-core-v1:1']],
    ['retired', ['disabled stability.stable-image-core-v1:1']],
    ['throttled', []],
    ['filtered_input', []],
  ] as const)('that was %s disables its model only if all users would meet the same', async (reason, disabled) => {
    const { events } = await keep(upscale(), async () => failedImage(1, reason));
    expect(events.filter((event) => event.startsWith('disabled'))).toEqual(disabled);
  });

  test('that was denied disables nothing if it was drawn from a prompt alone', async () => {
    const { events } = await keep(exampleBatch({ images: [pendingImage(1)] }), async () => failedImage(1, 'denied'));
    expect(events).toEqual(['followed', 'unfollowed']);
  });
});
