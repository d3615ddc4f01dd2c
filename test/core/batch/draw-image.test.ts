import { describe, expect, test } from 'vitest';
import type { BatchDeps } from '../../../src/core/batch/deps.js';
import {
  drawImage,
  failImage,
  findSaved,
  type ImageTask,
  imageTask,
  imageTaskSchema,
} from '../../../src/core/batch/draw-image.js';
import { ImageModelError } from '../../../src/core/errors.js';
import type { GenerateImage, ImageModelRequest } from '../../../src/core/image-model.js';
import type { Observation } from '../../../src/core/log.js';
import { imageBytes as bytes, createTestDeps, testId } from '../batch-deps.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../example-batch.js';

const now = () => new Date('2026-11-20T10:00:09Z');
const batch = exampleBatch({ settings: { aspectRatio: '16:9', negativePrompt: 'snow' } });
const job = { id: testId, isResumed: false, task: { kind: 'draw' as const, seeds: [42, 43] } };
const task: ImageTask = imageTask(batch, pendingImage(1), job);
const { id, workspaceId, channelId } = batch;

describe('the task of an image', () => {
  test('has all that another process needs to draw it, as plain data', () => {
    expect(imageTaskSchema.parse(JSON.parse(JSON.stringify(task)))).toEqual({
      jobId: testId,
      isResumed: false,
      userId: 'U0ASKER',
      batch: { id, workspaceId, channelId },
      number: 1,
      modelId: pendingImage(1).modelId,
      request: { prompt: 'a red fox', aspectRatio: '16:9', negativePrompt: 'snow', seed: 42 },
    });
  });

  test('has the prompt and the style that its own model is sent', () => {
    const sent = [
      { modelId: 'core', prompt: 'for core' },
      { modelId: 'sdxl', prompt: 'for sdxl', nativeStyle: 'comic-book' },
    ];
    const { request } = imageTask({ ...batch, sent }, { ...pendingImage(1), modelId: 'sdxl' }, job);
    expect(request).toMatchObject({ prompt: 'for sdxl', nativeStyle: 'comic-book' });
  });

  test('takes the turn of the user who had it drawn again', () => {
    const again = { id: testId, number: 1, requesterId: 'U0BEN', requestedAt: now().toISOString() };
    const retry = { ...job, task: { kind: 'draw' as const, seeds: [42], again } };
    expect(imageTask(batch, pendingImage(1), retry).userId).toBe('U0BEN');
  });
});

interface Differences {
  imageModel?: (modelId: string) => GenerateImage | undefined;
  save?: BatchDeps['images']['save'];
}

const drawn: GenerateImage = async ({ seed }) => ({ bytes, mediaType: 'image/png', seed });

/** Draws the image of `task`, in 2 s, saves it, in half a second, and tells what was asked for, saved and reported. */
async function draw({ imageModel = () => drawn, save }: Differences = {}) {
  const asked: ImageModelRequest[] = [];
  const saved: unknown[] = [];
  const observed: Observation[] = [];
  const deadline = new AbortController().signal;
  let time = Date.parse('2026-11-20T10:00:06.500Z');
  let savings = 0;
  const { deps, log } = createTestDeps({
    now: () => new Date(time),
    observe: (observation) => void observed.push(observation),
  });
  deps.images.save = async (reference, image, content, options) => {
    saved.push({ reference, ...image, content, deadline: options.deadline });
    await save?.(reference, image, content, options);
    time += 500;
  };
  const model = (modelId: string): GenerateImage | undefined => {
    const generateImage = imageModel(modelId);
    if (!generateImage) return undefined;
    return async (request) => {
      asked.push(request);
      time += 2000;
      return generateImage(request);
    };
  };
  const onSaving = () => {
    savings += 1;
  };
  const outcome = await drawImage({ ...deps, imageModel: model }, task, deadline, onSaving).catch(
    (error: unknown) => error,
  );
  return { outcome, asked, saved, observed, log, deadline, savings };
}

test('an image is drawn by its model and saved by one deadline, logged and counted', async () => {
  const { modelId } = task;
  const { outcome, asked, saved, observed, log, deadline, savings } = await draw({
    imageModel: (wanted) => (wanted === modelId ? drawn : undefined),
  });
  expect(outcome).toEqual(storedImage(1));
  expect(asked).toEqual([{ ...task.request, abortSignal: deadline }]);
  const image = { number: 1, mediaType: 'image/png', askedSeed: 42, seed: 42 };
  expect(saved).toEqual([{ reference: task.batch, ...image, content: bytes, deadline }]);
  expect(observed).toEqual([
    { kind: 'step ended', step: 'drawing', milliseconds: 2000 },
    { kind: 'step ended', step: 'storing', milliseconds: 500 },
    { kind: 'image ended', modelId, outcome: 'stored' },
  ]);
  const fields = { batch: id, image: 1, modelId, milliseconds: 2500 };
  expect(log.lines).toEqual([{ severity: 'info', event: 'image stored', fields }]);
  expect(savings).toBe(0);
});

test('an image keeps the seed and the type that the model says, beside the seed that was asked for', async () => {
  const { outcome, saved } = await draw({
    imageModel: () => async () => ({ bytes, mediaType: 'image/jpeg', seed: 7 }),
  });
  expect(outcome).toEqual({ ...storedImage(1, 7), mediaType: 'image/jpeg' });
  expect(saved).toMatchObject([{ askedSeed: 42, seed: 7, mediaType: 'image/jpeg' }]);
});

test('an image that the bucket does not take at first is reported each time', async () => {
  const { outcome, savings, log } = await draw({
    save: async (_reference, _image, _content, { onRetry }) => {
      for (const _ of [1, 2]) onRetry(new Error('SlowDown'));
    },
  });
  expect([outcome, savings]).toEqual([storedImage(1), 2]);
  const late = { severity: 'warn', event: 'image not stored yet', fields: expect.objectContaining({ image: 1 }) };
  expect(log.lines.slice(0, 2)).toEqual([late, late]);
});

const full = () => Promise.reject(new Error('SlowDown'));
const throttled: GenerateImage = () => Promise.reject(new ImageModelError('throttled', ''));

test.each<[what: string, differences: Differences, error: object, saves: number]>([
  ['the model does not draw', { imageModel: () => throttled }, { reason: 'throttled' }, 0],
  ['no model can be called for', { imageModel: () => undefined }, { reason: 'retired' }, 0],
  ['the bucket does not take', { save: full }, { reason: 'not_stored', cause: new Error('SlowDown') }, 1],
])('an image that %s fails, and has not ended yet: another attempt may follow', async (...row) => {
  const [, differences, error, saves] = row;
  const { outcome, saved, observed } = await draw(differences);
  expect(outcome).toBeInstanceOf(ImageModelError);
  expect(outcome).toMatchObject(error);
  expect(saved).toHaveLength(saves);
  expect(observed.filter(({ kind }) => kind === 'image ended')).toEqual([]);
});

test.each<[what: string, save: () => Promise<void>]>([
  ['saved', async () => undefined],
  ['not saved', full],
])('an image that was %s makes room for other answers, once', async (_what, save) => {
  let released = 0;
  const release = () => {
    released += 1;
  };
  await draw({ save, imageModel: () => async (request) => ({ ...(await drawn(request)), release }) });
  expect(released).toBe(1);
});

test.each<[why: string, error: Error, reason: string, severity: string]>([
  ['the model held back', new ImageModelError('filtered_image', ''), 'filtered_image', 'warn'],
  ['failed for an unknown reason', new TypeError('x is not a function'), 'failed', 'warn'],
  ['needs the operator', new ImageModelError('denied', ''), 'denied', 'error'],
  ['the bucket did not take', new ImageModelError('not_stored', ''), 'not_stored', 'warn'],
])('an image that %s is recorded, logged and counted with its reason', (_why, error, reason, severity) => {
  const observed: Observation[] = [];
  const { deps, log } = createTestDeps({ now, observe: (observation) => void observed.push(observation) });
  expect(failImage(deps, task, error)).toEqual({ ...failedImage(1), reason });
  const { modelId } = task;
  expect(log.lines).toEqual([
    { severity, event: 'image failed', fields: { batch: id, image: 1, modelId, reason, error } },
  ]);
  expect(observed).toEqual([{ kind: 'image ended', modelId, outcome: reason }]);
});

describe('an image that a process saved before it died', () => {
  test('is found by the seed that was asked for, and recorded with its own', async () => {
    const { deps, log } = createTestDeps({ now });
    deps.images.find = async (reference, { number, askedSeed }) =>
      reference.id === id ? { number, askedSeed, seed: 7, mediaType: 'image/jpeg', byteLength: 5 } : undefined;
    const found = { ...storedImage(1, 7), mediaType: 'image/jpeg', byteLength: 5 };
    expect(await findSaved(deps, batch, pendingImage(1))).toEqual(found);
    expect(log.lines.map(({ event }) => event)).toEqual(['image was already stored']);
  });

  test('is not made up', async () => {
    expect(await findSaved(createTestDeps().deps, batch, pendingImage(1))).toBeUndefined();
  });
});
