import { describe, expect, test } from 'vitest';
import type { Batch, BatchInput } from '../../../src/core/batch/batch.js';
import { checkInput } from '../../../src/core/batch/check-input.js';
import {
  isKeptAtOnce,
  operateClick,
  releaseOperation,
  requestOperation,
  type Wanted,
} from '../../../src/core/batch/operate.js';
import { imagesPerBatch, planBatch } from '../../../src/core/batch/plan-batch.js';
import { InputError, RequestError } from '../../../src/core/errors.js';
import type { OperationName } from '../../../src/core/image-model.js';
import { findOperation, operations } from '../../../src/core/model-catalog.js';
import { createTestDeps, testId } from '../batch-deps.js';
import { exampleBatch, failedImage, storedImage } from '../example-batch.js';
import { createMemoryBatches, type MemoryBatches } from '../memory-records.js';

const now = new Date('2026-11-20T10:01:00Z');
const asked = {
  requesterId: 'U0BEN',
  channelId: 'C0ROOM',
  responseUrl: undefined,
  visibility: undefined,
  link: 'https://slack.test/p1',
};
const from = exampleBatch({
  prompt: 'a red fox at a Red door',
  settings: { aspectRatio: '16:9', styleId: 'watercolor', negativePrompt: 'snow', seed: 7 },
  images: [failedImage(1), { ...storedImage(2), mediaType: 'image/jpeg' }],
});
const wanted = (name: OperationName, more: Partial<Wanted> = {}): Wanted => ({
  operation: findOperation(name),
  number: 2,
  ...more,
});
const request = (name: OperationName, more?: Partial<Wanted>, batch = from) =>
  requestOperation(batch, wanted(name, more), asked);
const problemOf = (ask: () => unknown): unknown => {
  try {
    return ask();
  } catch (error) {
    return error;
  }
};

describe('what is made of an image', () => {
  test.each(operations.map(({ name }) => name))(
    'by %s is drawn by its own model, as many times as its row says',
    (name) => {
      const { models, count, seed, input, parent } = request(name);
      expect([models, count, seed]).toEqual([[findOperation(name).model], findOperation(name).count, undefined]);
      expect(input).toMatchObject({
        operation: name,
        source: { channelId: 'C0ROOM', id: from.id, number: 2, mediaType: 'image/jpeg' },
      });
      expect(parent).toEqual({ id: from.id, number: 2, link: asked.link });
    },
  );

  test.each<[name: OperationName, said: Partial<Wanted>, prompt: string]>([
    ['vary_subtle', {}, 'a red fox at a Red door'],
    ['upscale', {}, 'a red fox at a Red door'],
    ['replace', { target: 'red DOOR', text: 'open window' }, 'a red fox at a open window'],
    ['replace', { target: 'lamp', text: 'open window' }, 'a red fox at a Red door, open window'],
    ['replace', { target: 'ox', text: 'hare' }, 'a red fox at a Red door, hare'],
    ['replace', { target: 'fox.*', text: 'hare' }, 'a red fox at a Red door, hare'],
    ['recolor', { target: 'the door', text: 'cobalt blue' }, 'a red fox at a Red door, the door in cobalt blue'],
    ['style_guide', { text: 'two robots play chess' }, 'two robots play chess'],
    ['edit', { text: 'make it evening' }, 'a red fox at a Red door, make it evening'],
  ])('by %s of %o has a prompt that describes the result', (name, said, prompt) => {
    expect(request(name, said).prompt).toBe(prompt);
  });

  test.each(['replace', 'recolor', 'edit'] as const)('by %s has a prompt that its model takes', (name) => {
    const long = { target: 'x'.repeat(3000), text: 'y'.repeat(32_000) };
    const { model } = findOperation(name);
    expect(request(name, long).prompt.length).toBeLessThanOrEqual(model.promptLimit);
  });

  test('is sent what the user said of it, and recorded as what it shows', () => {
    const { deps } = createTestDeps();
    const plan = (name: OperationName, said?: Partial<Wanted>) => planBatch(deps, request(name, said));
    expect(plan('replace', { target: 'door', text: 'window' })).toMatchObject({
      prompt: 'a red fox at a Red window',
      sent: [{ prompt: 'window' }],
      input: { target: 'door', text: 'window' },
    });
    expect(plan('upscale')).not.toMatchObject({ input: { text: expect.anything() } });
  });

  test.each<[name: OperationName, ratios: Wanted['aspectRatios'], common: string, each: unknown, count: number]>([
    ['vary_strong', undefined, '16:9', undefined, imagesPerBatch],
    ['upscale', undefined, '16:9', undefined, 1],
    ['aspect_ratio', ['9:16'], '9:16', undefined, 1],
    ['aspect_ratio', ['9:16', '4:5', '21:9'], '1:1', ['9:16', '4:5', '21:9'], 3],
    ['style_guide', undefined, '16:9', undefined, 4],
    ['edit', undefined, '16:9', undefined, 1],
  ])('by %s in %o is laid out at %s', (name, aspectRatios, common, each, count) => {
    const planned = request(name, { ...(aspectRatios && { aspectRatios }) });
    expect([planned.aspectRatio, planned.aspectRatios, planned.count]).toEqual([common, each, count]);
  });

  test.each([
    ['style_guide', '1:1'],
    ['edit', '1:1'],
    ['upscale', '11:12'],
  ] as const)('by %s of an image of 11:12 is at %s: two of them draw in the model’s own sizes', (name, aspectRatio) => {
    const odd = exampleBatch({ ...from, images: [failedImage(1), { ...storedImage(2), aspectRatio: '11:12' }] });
    expect(request(name, {}, odd).aspectRatio).toBe(aspectRatio);
  });

  test('keeps the style unless that is what it takes from the image, and the negative prompt too', () => {
    const settings = (['vary_subtle', 'replace', 'style_guide'] as const).map((name) => {
      const { style, negativePrompt } = request(name);
      return [style?.id, negativePrompt];
    });
    expect(settings).toEqual([
      ['watercolor', 'snow'],
      ['watercolor', 'snow'],
      [undefined, ''],
    ]);
  });

  test('is answered in the thread of the batch only in its own channel', () => {
    const inThread = exampleBatch({ ...from, threadTs: '1763632800.000001' });
    const threadOf = (channelId: string) =>
      requestOperation(inThread, wanted('upscale'), { ...asked, channelId }).threadTs;
    expect([threadOf('C0ROOM'), threadOf('C0OTHER')]).toEqual(['1763632800.000001', undefined]);
  });

  test.each<[what: string, batch: Partial<Batch>, number: number, kind: string]>([
    ['that was discarded', { discardedAt: now.toISOString() }, 2, 'input_discarded'],
    ['that failed', {}, 1, 'input_gone'],
    ['that was never asked for', {}, 7, 'input_gone'],
  ])('is refused of an image %s', (_what, batch, number, kind) => {
    expect(problemOf(() => request('upscale', { number }, { ...from, ...batch }))).toMatchObject({ problem: { kind } });
  });
});

describe('a click on an operation', () => {
  const click = (name: OperationName, userId = 'U0ASKER', number = 2, at = now) =>
    operateClick(wanted(name, { number }), userId, { clickId: testId, now: at });
  const clicked = click('upscale').apply(from);

  test.each<[what: string, again: ReturnType<typeof click>, refusal: string | undefined]>([
    [
      'the same user within a minute',
      click('upscale', 'U0ASKER', 2, new Date(now.getTime() + 59_999)),
      'already_asked',
    ],
    ['the same user a minute later', click('upscale', 'U0ASKER', 2, new Date(now.getTime() + 60_000)), undefined],
    ['another user', click('upscale', 'U0BEN'), undefined],
    ['the same user for another image', click('upscale', 'U0ASKER', 3), undefined],
    ['the same user for something else', click('remove_background'), undefined],
  ])('of one result is a double click only by the same user for the same: %s', (_what, again, refusal) => {
    expect(again.judge(clicked)).toBe(refusal);
  });

  test('may be made again at once if nothing came of it, and leaves nothing else in the record', () => {
    const release = (batch: Batch) => releaseOperation(batch, wanted('upscale'), 'U0ASKER');
    expect(click('upscale').judge(release(clicked))).toBeUndefined();
    expect(release(clicked)).toEqual({ ...from, operated: {} });
    expect(release(click('upscale', 'U0BEN').apply(from)), 'of another user').toMatchObject({
      operated: { 'upscale:2:U0BEN': { at: now.toISOString(), clickId: testId } },
    });
  });

  test('is forgotten by the next click after a minute, and a click in between keeps it', () => {
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    const both = click('upscale', 'U0BEN', 2, at(30)).apply(clicked);
    expect(Object.keys(both.operated ?? {})).toEqual(['upscale:2:U0ASKER', 'upscale:2:U0BEN']);
    expect(Object.keys(click('upscale', 'U0BEN', 3, at(60)).apply(both).operated ?? {})).toEqual([
      'upscale:2:U0BEN',
      'upscale:3:U0BEN',
    ]);
  });

  test('on the picked image is one on that image, whichever is picked', () => {
    const pick = (number: number) => ({ number, pickedBy: 'U0ASKER', pickedAt: now.toISOString() });
    const first = operateClick(wanted('upscale', { number: 0 }), 'U0ASKER', { clickId: testId, now }).apply({
      ...from,
      pick: pick(2),
    });
    const judge = (number: number) =>
      operateClick(wanted('upscale', { number: 0 }), 'U0ASKER', { clickId: testId, now }).judge({
        ...first,
        pick: pick(number),
      });
    expect([judge(2), judge(1)]).toEqual(['already_asked', undefined]);
  });

  test('whose results differ each time is no double click', () => {
    const vary = click('vary_subtle');
    expect(vary.apply(from)).toBe(from);
    expect(vary.judge(vary.apply(from))).toBeUndefined();
  });
});

test('only what has a single possible result is kept at once', () => {
  const source = { channelId: 'C0ROOM', id: from.id, number: 2, mediaType: 'image/png' } as const;
  const kept = operations.filter(({ name }) => isKeptAtOnce(exampleBatch({ input: { operation: name, source } })));
  expect(kept.map(({ name }) => name)).toEqual(['upscale', 'remove_background']);
  expect(isKeptAtOnce(exampleBatch())).toBe(false);
});

describe('before anything is counted, an operation', () => {
  const input: BatchInput = {
    operation: 'upscale',
    source: { channelId: 'C0ROOM', id: from.id, number: 2, mediaType: 'image/png' },
  };
  const asker = { workspaceId: from.workspaceId, requesterId: 'U0BEN' };
  const check = (differences: Parameters<typeof createTestDeps>[0], batches?: MemoryBatches) =>
    checkInput(createTestDeps(differences, batches).deps, asker, input);

  test('that is not offered is refused', async () => {
    const others = operations.filter(({ name }) => name !== 'upscale');
    const checking = check({ operations: { list: () => others, disable: () => undefined } });
    await expect(checking).rejects.toMatchObject({ problem: { kind: 'operation_not_offered' } });
  });

  test('of an image that cannot be used is refused with the reason, and any other failure is thrown', async () => {
    const loading = (error: Error) =>
      check({ inputs: { load: () => Promise.reject(error), keep: () => Promise.reject(error) } });
    await expect(loading(new InputError('too_slim'))).rejects.toMatchObject({ problem: { kind: 'input_too_slim' } });
    await expect(loading(new Error('SlowDown'))).rejects.toThrow('SlowDown');
    await expect(check({})).resolves.toMatchObject({ width: 1024 });
  });

  test.each<[what: string, record: Partial<Batch>, kind: string | undefined]>([
    ['of a private image of another user', { visibility: 'private' }, 'input_private'],
    ['of a private image of one’s own', { visibility: 'private', requesterId: 'U0BEN' }, undefined],
    ['of a discarded image', { discardedAt: now.toISOString() }, 'input_discarded'],
    ['of an image that everyone sees', {}, undefined],
  ])('%s is judged by the record of its batch', async (_what, record, kind) => {
    const batches = createMemoryBatches();
    await batches.create({ ...from, ...record });
    const problem = await check({}, batches).then(
      () => undefined,
      (error: unknown) => (error instanceof RequestError ? error.problem.kind : error),
    );
    expect(problem).toBe(kind);
  });
});
