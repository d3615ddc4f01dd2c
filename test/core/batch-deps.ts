import type { Batch } from '../../src/core/batch/batch.js';
import type { BatchDeps, Limits } from '../../src/core/batch/deps.js';
import type { Job, OpenJob } from '../../src/core/batch/job.js';
import { operations } from '../../src/core/model-catalog.js';
import { storedImage } from './example-batch.js';
import { createMemoryBatches, createMemoryUsage, type MemoryBatches } from './memory-records.js';
import { createRecordingLog } from './recording-log.js';

export const unlimited: Limits = {
  imagesPerUserPerDay: undefined,
  imagesPerWorkspacePerDay: undefined,
  batchesPerUser: 100,
  allowedUsers: [],
  blockedUsers: [],
  allowedChannels: [],
  blockedChannels: [],
};

export const imageBytes = Uint8Array.of(1, 2, 3);
export const testId = '01JCZZZZZZZZZZZZZZZZ7F3A2C';
export const destination = { kind: 'message', ts: '1763632800.000100' } as const;

/** Jobs that record what is done with them. */
export function recordJobs(events: string[], differences: Partial<Job> = {}): OpenJob {
  return async (batch, task, responseUrl) => {
    const close = async () => void events.push('closed');
    const release = async () => void events.push('released');
    events.push('opened');
    return {
      id: testId,
      batch,
      task,
      responseUrl,
      attempts: 0,
      takeovers: 0,
      isResumed: false,
      isHeld: async () => true,
      close,
      release,
      async run(work) {
        await work().catch(async (error: unknown) => {
          await release();
          throw error;
        });
        await close();
      },
      ...differences,
    };
  };
}

/** The dependencies of the use cases in memory. `events` tells what was done with jobs, queue, history and messages. */
export function createTestDeps(differences: Partial<BatchDeps> = {}, batches: MemoryBatches = createMemoryBatches()) {
  const events: string[] = [];
  const enqueued: Job[] = [];
  const usage = createMemoryUsage();
  const log = createRecordingLog();
  const shown: { updates: Batch[]; ends: Batch[]; told: Batch[] } = { updates: [], ends: [], told: [] };
  const deps: BatchDeps = {
    batches,
    usage,
    history: { enter: async () => void events.push('entered'), newest: async () => [], named: async () => [] },
    images: {
      save: async () => undefined,
      find: async () => undefined,
      saveInput: async () => undefined,
      removeInput: async () => undefined,
      load: async () => imageBytes,
      markPicked: async () => undefined,
      isThere: async () => true,
    },
    inputs: {
      load: async () => ({ bytes: imageBytes, width: 1024, height: 1024 }),
      keep: async ({ channelId, id }) => ({ channelId, id, number: 0, mediaType: 'image/png' }),
    },
    operations: { list: () => operations, disable: (modelId) => void events.push(`disabled ${modelId}`) },
    limits: unlimited,
    maxBatchMilliseconds: 600_000,
    queues: {
      enqueue: async () => ({ position: undefined }),
      release: () => void events.push('left the queue'),
      stop: () => void events.push('stopped'),
      draw: async ({ number, modelId, request: { seed } }) => ({ ...storedImage(number, seed), modelId }),
    },
    openJob: recordJobs(events),
    enqueue: (job) => void enqueued.push(job),
    messages: {
      announce: async () => destination,
      follow: () => {
        events.push('followed');
        return {
          update: (state) => void shown.updates.push(state),
          finish: async (state) => void shown.ends.push(state),
          close: () => void events.push('unfollowed'),
        };
      },
      updateOwn: async () => 'shown',
      showPick: async () => undefined,
      showClicked: async () => undefined,
      removePrivateCopy: async () => undefined,
      uploadPick: async () => undefined,
      deleteFiles: async () => undefined,
      notifyRequester: async (state) => {
        shown.told.push(state);
        events.push('notified');
      },
      showPrivately: async () => undefined,
      share: async () => destination,
    },
    observe: () => undefined,
    log,
    now: () => new Date('2026-11-20T10:00:00Z'),
    pause: async () => undefined,
    newId: () => testId,
    random: () => 0,
    ...differences,
  };
  return { deps, batches, usage, log, events, enqueued, shown };
}
