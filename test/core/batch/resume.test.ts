import { describe, expect, test } from 'vitest';
import type { Batch, Destination } from '../../../src/core/batch/batch.js';
import type { BatchDeps } from '../../../src/core/batch/deps.js';
import type { Job, Task } from '../../../src/core/batch/job.js';
import { reserveImages } from '../../../src/core/batch/quota.js';
import { maxAttempts, redirect, resumeJob } from '../../../src/core/batch/resume.js';
import { createTestDeps, recordJobs } from '../batch-deps.js';
import { exampleBatch, pendingImage, storedImage } from '../example-batch.js';

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
  ])('keeps %s, whether the batch has ended or not', (_what, destination) => {
    expect([destinationOf(destination, false), destinationOf(destination, true)]).toEqual([destination, destination]);
  });

  test('keeps a response_url that was certainly not used yet', () => {
    expect(destinationOf({ kind: 'response_url', url }, false)).toEqual({ kind: 'response_url', url });
  });

  test('makes an answer private that may have been posted', () => {
    expect(destinationOf({ kind: 'response_url', url }, true)).toEqual({ kind: 'response_url', url, isPrivate });
  });

  test.each([true, false])('answers in private if a message may have been posted (ended: %s)', (finished) => {
    expect(destinationOf(undefined, finished)).toEqual({
      kind: 'response_url',
      url: 'https://hooks.slack.test/marker',
      isPrivate,
    });
  });

  test('has no URL if there is none', () => {
    const { destination: _, ...batch } = exampleBatch();
    expect(redirect(batch, undefined).destination).toEqual({ kind: 'response_url', isPrivate });
  });
});

const pick = { number: 1, pickedBy: 'U0ASKER', pickedAt: '2026-11-20T10:05:00.000Z' };

/** Resumes a job on this batch and tells what was done. */
async function resume(
  batch: Batch | undefined,
  jobDifferences: Partial<Job> = {},
  messages: Partial<BatchDeps['messages']> = {},
) {
  const { deps, batches, events, usage } = createTestDeps();
  if (batch) batches.put(batch);
  const job = await recordJobs(events, { isResumed: true, ...jobDifferences })(
    exampleBatch(),
    { kind: 'draw', seeds: [42, 43] },
    url,
  );
  const showPicked: BatchDeps['messages']['showPicked'] = async (_batch, clicked) =>
    events.push(clicked ? `picked, shown in ${JSON.stringify(clicked)}` : 'picked') > 0;
  const resumed = { ...deps, messages: { ...deps.messages, showPicked, ...messages } };
  await job.run(() => resumeJob(resumed, job)).catch(() => undefined);
  return { events: events.slice(1), recorded: batch && batches.read(batch), usage };
}

describe('a resumed job', () => {
  const stored = [storedImage(1), storedImage(2)];
  const drawing = ['entered', 'followed', 'unfollowed', 'closed'];
  const picking: Partial<Job> = { task: { kind: 'pick' } };
  const clicked = { channelId: 'C0ROOM', messageTs: '1763632800.000100' };
  const clickedMessage = JSON.stringify({ ...clicked, responseUrl: url, isPrivate: false });

  test.each<[what: string, batch: Batch | undefined, job: Partial<Job>, events: string[]]>([
    ['whose record was never written is done', undefined, {}, ['closed']],
    [
      'on a batch that was drawn and discarded is done',
      exampleBatch({ images: stored, finishedAt, discardedAt: finishedAt }),
      {},
      ['closed'],
    ],
    ['on a batch discarded while it is drawn goes on', exampleBatch({ discardedAt: finishedAt }), {}, drawing],
    ['on a batch that is being drawn goes on', exampleBatch(), {}, drawing],
    ['on a batch that was drawn shows its end', exampleBatch({ images: stored, finishedAt }), {}, drawing],
    ['on a pick keeps it', exampleBatch({ images: stored, pick }), picking, ['picked', 'closed']],
    [
      'on a pick of a discarded batch keeps it',
      exampleBatch({ images: stored, finishedAt, discardedAt: finishedAt, pick }),
      picking,
      ['picked', 'closed'],
    ],
    [
      'on a pick shows it in the clicked message',
      exampleBatch({ images: stored, pick }),
      { task: { kind: 'pick', clicked } },
      [`picked, shown in ${clickedMessage}`, 'closed'],
    ],
    [
      'on a pick leaves the pending images to the job that draws them',
      exampleBatch({ images: [storedImage(1), pendingImage(2)], pick }),
      picking,
      ['picked', 'closed'],
    ],
    ['on a pick that was not recorded is done', exampleBatch({ images: stored }), picking, ['closed']],
  ])('%s', async (_what, batch, job, events) => {
    expect((await resume(batch, job)).events).toEqual(events);
  });

  test('gives back images that were counted but never recorded', async () => {
    const { deps, usage, events } = createTestDeps();
    const { requesterId, requestedAt } = exampleBatch();
    await reserveImages(deps, exampleBatch());
    const task: Task = { kind: 'draw', seeds: [42, 43], counted: { requesterId, requestedAt } };
    await resumeJob(deps, await recordJobs(events, { isResumed: true })(exampleBatch(), task, url));
    expect([...usage.counters.values()]).toEqual([{ version: 1, batches: {} }]);
  });

  test.each([
    ['notifies the requester if no message shows the pick', { kind: 'pick' }, ['notified', 'closed']],
    ['notifies no one of a pick that the clicked message shows', { kind: 'pick', clicked }, ['closed']],
  ] as const)('%s', async (_what, task, events) => {
    const showPicked = async () => false;
    expect((await resume(exampleBatch({ images: stored, pick }), { task }, { showPicked })).events).toEqual(events);
  });

  test('is released for another attempt if it fails', async () => {
    const follow = () => {
      throw new Error('SlowDown');
    };
    expect((await resume(exampleBatch(), {}, { follow })).events).toEqual(['entered', 'released']);
  });

  test('notifies the requester after an hour of failures, and forgets the response_url', async () => {
    const destination = { kind: 'response_url', url } as const;
    const { events, recorded } = await resume(exampleBatch({ destination }), { attempts: maxAttempts });
    expect(events).toEqual(['notified', 'closed']);
    expect(recorded?.destination).toEqual({ kind: 'response_url' });
  });

  test('ends even if the requester cannot be notified', async () => {
    const notifyRequester = () => Promise.reject(new Error('channel_not_found'));
    const { events } = await resume(exampleBatch(), { attempts: maxAttempts }, { notifyRequester });
    expect(events).toEqual(['closed']);
  });
});
