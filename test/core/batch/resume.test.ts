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

describe('redirect', () => {
  const once = { kind: 'response_url', url } as const;
  const jobUrl = 'https://hooks.slack.test/job';
  const privately = (address: string): Destination => ({ kind: 'response_url', url: address, isPrivate: true });

  const stays = (destination: Destination) => [destination, destination, destination] as const;

  test.each<readonly [what: string, from: Destination | undefined, running: Destination, ended: Destination]>([
    ['a message of its own stays', ...stays({ kind: 'message', ts: '1.2' })],
    ['an answer that replaces a message stays', ...stays({ ...once, replaces: true })],
    ['an answer in private stays', ...stays(privately(url))],
    ['an answer that was given stays', ...stays({ kind: 'response_url' })],
    ['an answer that may have been posted becomes private', once, once, privately(url)],
    ['a message that may have been posted becomes a private answer', undefined, privately(jobUrl), privately(jobUrl)],
  ])('%s', (_what, destination, running, ended) => {
    const { destination: _, ...batch } = exampleBatch();
    const from = { ...batch, ...(destination && { destination }) };
    expect(redirect(from, jobUrl).destination).toEqual(running);
    expect(redirect({ ...from, finishedAt }, jobUrl).destination).toEqual(ended);
  });

  test('has no URL if there is none', () => {
    const { destination: _, ...batch } = exampleBatch();
    expect(redirect(batch, undefined).destination).toEqual({ kind: 'response_url', isPrivate: true });
  });
});

const deletedAt = '2026-11-20T10:06:00.000Z';
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
  const picking: Partial<BatchDeps['messages']> = {
    async updateOwn() {
      events.push('picked');
      return 'shown';
    },
    showPick: async (_batch, clicked) => void events.push(`shown in ${JSON.stringify(clicked)}`),
  };
  const resumed = { ...deps, messages: { ...deps.messages, ...picking, ...messages } };
  await job.run(() => resumeJob(resumed, job)).catch(() => undefined);
  return { events: events.slice(1), recorded: batch && batches.read(batch), usage };
}

describe('a resumed job', () => {
  const stored = [storedImage(1), storedImage(2)];
  const drawing = ['entered', 'followed', 'unfollowed', 'closed'];
  /** By its link, and then once more, as no file came of it. */
  const kept = ['picked', 'picked'];
  const picking: Partial<Job> = { task: { kind: 'pick' } };
  const clicked = { channelId: 'C0ROOM', messageTs: '1763632800.000200' };
  const clickedMessage = JSON.stringify({ ...clicked, responseUrl: url, isPrivate: false });

  const drawn = { images: stored, finishedAt };

  test.each<[what: string, batch: Partial<Batch>, job: Partial<Job>, events: string[]]>([
    ['on a batch that was drawn and discarded is done', { ...drawn, discardedAt: finishedAt }, {}, ['closed']],
    ['on a batch discarded while it is drawn goes on', { discardedAt: finishedAt }, {}, drawing],
    ['on a batch that is being drawn goes on', {}, {}, drawing],
    ['on a batch that was drawn shows its end', drawn, {}, drawing],
    ['on a pick keeps it', { images: stored, pick }, picking, [...kept, 'closed']],
    ['on a pick whose message was deleted is done', { ...drawn, discardedAt: deletedAt, pick }, picking, ['closed']],
    [
      'on a pick of images discarded before keeps it',
      { ...drawn, discardedAt: finishedAt, pick },
      picking,
      [...kept, 'closed'],
    ],
    [
      'on a pick shows it in the clicked message',
      { images: stored, pick },
      { task: { kind: 'pick', clicked } },
      ['picked', `shown in ${clickedMessage}`, 'picked', 'closed'],
    ],
    [
      'on a pick leaves the pending images to the job that draws them',
      { images: [storedImage(1), pendingImage(2)], pick },
      picking,
      [...kept, 'closed'],
    ],
    ['on a pick that was not recorded is done', { images: stored }, picking, ['closed']],
  ])('%s', async (_what, differences, job, events) => {
    expect((await resume(exampleBatch(differences), job)).events).toEqual(events);
  });

  test('whose record was never written is done', async () => {
    expect((await resume(undefined)).events).toEqual(['closed']);
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
    [
      'notifies no one of a pick that the clicked message shows',
      { kind: 'pick', clicked },
      [`shown in ${clickedMessage}`, 'closed'],
    ],
  ] as const)('%s', async (_what, task, events) => {
    const updateOwn = async () => 'gone' as const;
    expect((await resume(exampleBatch({ images: stored, pick }), { task }, { updateOwn })).events).toEqual(events);
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
