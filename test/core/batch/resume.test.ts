import { describe, expect, test } from 'vitest';
import type { Batch, Destination } from '../../../src/core/batch/batch.js';
import type { OpenWork } from '../../../src/core/batch/job.js';
import { createTakeUp, maxFailures, redirect, type TakeUpDependencies } from '../../../src/core/batch/resume.js';
import { exampleBatch, pendingImage, storedImage } from '../example-batch.js';
import { createMemoryBatchStore } from '../memory-batch-store.js';
import { createRecordingLog } from '../recording-log.js';
import { createRecordingWork } from '../recording-work.js';

const url = 'https://hooks.slack.test/commands/1';
const finishedAt = '2026-11-20T10:00:30.000Z';
const isPrivate = true;

describe('redirect', () => {
  const destinationOf = (destination: Destination | undefined, finished: boolean): unknown => {
    const { destination: _, ...batch } = exampleBatch();
    return redirect(
      { ...batch, ...(destination && { destination }), ...(finished && { finishedAt }) },
      'https://hooks.slack.test/marker',
    ).destination;
  };

  test.each<[what: string, destination: Destination]>([
    ['a message of its own', { kind: 'message', ts: '1.2' }],
    ['an answer that replaces a message', { kind: 'response_url', url, replaces: true }],
    ['an answer in private', { kind: 'response_url', url, isPrivate }],
    ['an answer that was given', { kind: 'response_url' }],
  ])('leaves %s, whether the batch ended or not', (_what, destination) => {
    expect([destinationOf(destination, false), destinationOf(destination, true)]).toEqual([destination, destination]);
  });

  test('leaves an answer that was certainly not given yet', () => {
    expect(destinationOf({ kind: 'response_url', url }, false)).toEqual({ kind: 'response_url', url });
  });

  test('makes an answer private that may have been given', () => {
    expect(destinationOf({ kind: 'response_url', url }, true)).toEqual({ kind: 'response_url', url, isPrivate });
  });

  test.each([true, false])('answers in private where a message may have been posted (ended: %s)', (finished) => {
    expect(destinationOf(undefined, finished)).toEqual({
      kind: 'response_url',
      url: 'https://hooks.slack.test/marker',
      isPrivate,
    });
  });

  test('does without an address where there is none', () => {
    const { destination: _, ...batch } = exampleBatch();
    expect(redirect(batch, undefined).destination).toEqual({ kind: 'response_url', isPrivate });
  });
});

const pick = { number: 1, pickedBy: 'U0ASKER', pickedAt: '2026-11-20T10:05:00.000Z' };

/** Takes up work on this batch and tells what was done. */
async function takeUp(
  batch: Batch | undefined,
  workDifferences: Partial<OpenWork> = {},
  differences: Partial<TakeUpDependencies> = {},
) {
  const { openWork, events } = createRecordingWork({ isTakenUp: true, ...workDifferences });
  const store = createMemoryBatchStore();
  if (batch) store.put(batch);
  const work = await openWork(exampleBatch(), { kind: 'draw', seeds: [42, 43] }, url);
  const resume = createTakeUp({
    batches: store,
    enterHistory: async () => void events.push('entered'),
    reconcileUsage: async ({ requesterId, images }) =>
      void events.push(`gave back all but ${images.length} of ${requesterId}`),
    runBatch: async () => void events.push('ran'),
    keepPick: async (_batch, place) => events.push(place ? `kept with ${JSON.stringify(place)}` : 'kept') > 0,
    notifyRequester: async () => void events.push('told'),
    log: createRecordingLog(),
    ...differences,
  });
  await resume(work).catch(() => undefined);
  return { events: events.slice(1), recorded: batch && store.read(batch) };
}

describe('work that is taken up', () => {
  const stored = [storedImage(1), storedImage(2)];

  const picking: Partial<OpenWork> = { task: { kind: 'pick' } };
  const clicked = { channelId: 'C0ROOM', messageTs: '1763632800.000100' };
  const place = JSON.stringify({ ...clicked, responseUrl: url, isPrivate: false });

  test.each<[what: string, batch: Batch | undefined, work: Partial<OpenWork>, events: string[]]>([
    ['whose record was never written is done with', undefined, {}, ['closed']],
    [
      'whose images were counted, but never recorded, gives them back',
      undefined,
      { task: { kind: 'draw', seeds: [42], counted: { requesterId: 'U0ASKER', requestedAt: finishedAt } } },
      ['gave back all but 0 of U0ASKER', 'closed'],
    ],
    [
      'on a batch that was drawn and discarded is done with',
      exampleBatch({ images: stored, finishedAt, discardedAt: finishedAt }),
      {},
      ['closed'],
    ],
    [
      'on a batch that was discarded while it is drawn goes on, so that nothing stays pending',
      exampleBatch({ discardedAt: finishedAt }),
      {},
      ['entered', 'ran', 'closed'],
    ],
    ['on a batch that is being drawn goes on', exampleBatch(), {}, ['entered', 'ran', 'closed']],
    [
      'on a batch that was drawn has its end shown',
      exampleBatch({ images: stored, finishedAt }),
      {},
      ['entered', 'ran', 'closed'],
    ],
    ['on a pick keeps it', exampleBatch({ images: stored, pick }), picking, ['kept', 'closed']],
    [
      'on a pick of a discarded batch keeps it',
      exampleBatch({ images: stored, finishedAt, discardedAt: finishedAt, pick }),
      picking,
      ['kept', 'closed'],
    ],
    [
      'on a pick keeps it where it was clicked',
      exampleBatch({ images: stored, pick }),
      { task: { kind: 'pick', clicked } },
      [`kept with ${place}`, 'closed'],
    ],
    [
      'on a pick leaves the images to come to whoever draws them',
      exampleBatch({ images: [storedImage(1), pendingImage(2)], pick }),
      picking,
      ['kept', 'closed'],
    ],
    ['on a pick that was not recorded is done with', exampleBatch({ images: stored }), picking, ['closed']],
  ])('%s', async (_what, batch, work, events) => {
    expect((await takeUp(batch, work)).events).toEqual(events);
  });

  test.each([
    ['tells whoever picked, if no message shows the pick', { kind: 'pick' }, ['told', 'closed']],
    ['tells nobody of a pick that the clicked message shows', { kind: 'pick', clicked }, ['closed']],
  ] as const)('%s', async (_what, task, events) => {
    const keepPick = async () => false;
    expect((await takeUp(exampleBatch({ images: stored, pick }), { task }, { keepPick })).events).toEqual(events);
  });

  test('stays for another try where it fails', async () => {
    const { events } = await takeUp(exampleBatch(), {}, { runBatch: () => Promise.reject(new Error('SlowDown')) });
    expect(events).toEqual(['entered', 'left']);
  });

  test('is told another way once it failed for an hour, and its address is forgotten', async () => {
    const destination = { kind: 'response_url', url } as const;
    const { events, recorded } = await takeUp(exampleBatch({ destination }), { failures: maxFailures });
    expect(events).toEqual(['told', 'closed']);
    expect(recorded?.destination).toEqual({ kind: 'response_url' });
  });

  test('ends even where nobody can be told', async () => {
    const notifyRequester = () => Promise.reject(new Error('channel_not_found'));
    const { events } = await takeUp(exampleBatch(), { failures: maxFailures }, { notifyRequester });
    expect(events).toEqual(['closed']);
  });
});
