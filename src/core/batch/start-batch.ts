import type { LimitRefusal } from '../errors.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';
import type { Observe } from '../observation.js';
import type { Batch, Destination } from './batch.js';
import type { BatchStore, StoredBatch } from './batch-store.js';
import { hashRequest } from './hash-request.js';
import type { OpenBatchWork, OpenWork, Task } from './job.js';
import { type ImageRequest, type PlanBatchDependencies, planBatch } from './plan-batch.js';
import type { Lines, QueuePosition } from './queue-position.js';
import type { Quota } from './quota.js';

/** Resolves where these words may be drawn. @throws RequestError that says why they may not */
export type CheckPrompt = (texts: readonly string[]) => Promise<void>;

export interface StartBatchDependencies extends PlanBatchDependencies {
  quota: Pick<Quota, 'reserve' | 'reconcile'>;
  lines: Lines;
  batches: BatchStore;
  /** Makes the batch to be found again by its name and by who asked for it. Never fails. */
  enterHistory(batch: Batch): Promise<void>;
  /** Left out: every prompt may be drawn. */
  checkPrompt?: CheckPrompt | undefined;
  /** Shows that work has begun, or that it waits, and says where. */
  announceBatch(batch: Batch, responseUrl: string | undefined, place: QueuePosition | undefined): Promise<Destination>;
  openWork: OpenBatchWork;
  enqueue(work: OpenWork): void;
  observe: Observe;
  log: Log;
}

export type StartBatch = (request: ImageRequest) => Promise<void>;

/**
 * The marker of open work first, so that what is counted is given back after a crash. Then the limits and the check of the
 * words, for what is refused leaves no record. Then the record, the message and the drawing: whatever was accepted is found
 * again after a crash, and finished. What fails before people were shown anything is not accepted, and they are told. Where
 * they were shown it, and the record does not say where, it goes on in a while as after a crash: see `redirect` in take-up.ts.
 */
export function createStartBatch(dependencies: StartBatchDependencies): StartBatch {
  const { quota, openWork, observe, log } = dependencies;
  function refuse(refusal: LimitRefusal): never {
    observe({ kind: 'request refused', reason: refusal.kind });
    throw new RequestError(refusal);
  }

  async function begin(batch: Batch, work: OpenWork, request: ImageRequest): Promise<boolean> {
    const { checkPrompt, lines } = dependencies;
    try {
      await checkPrompt?.(textsOf(batch));
      const joined = lines.join(batch);
      if ('refusal' in joined) return refuse(joined.refusal);
      return await accept(dependencies, batch, work, request.responseUrl, joined.place);
    } catch (error) {
      lines.leave(batch.id);
      await quota.reconcile(batch); // of these images none is drawn
      throw error;
    }
  }

  return async (request) => {
    const batch = planBatch(request, dependencies);
    const work = await openWork(batch, drawing(batch), request.responseUrl);
    let isLate: boolean;
    try {
      const refusal = await quota.reserve(batch, hashRequest(request));
      if (refusal?.kind === 'repeated') {
        log.info('the same request was admitted before', { batch: batch.id });
        return await work.close();
      }
      if (refusal) refuse(refusal);
      isLate = await begin(batch, work, request);
    } catch (error) {
      await work.close();
      throw error;
    }
    if (isLate) throw new RequestError({ kind: 'images_delayed' });
  };
}

function drawing({ images, requesterId, requestedAt }: Batch): Task {
  return { kind: 'draw', seeds: images.map(({ seed }) => seed), counted: { requesterId, requestedAt } };
}

/** All words that models will read: the prompts as they are sent, and what is to be left out, which can be misused as well. */
export function textsOf({ sent, settings: { negativePrompt } }: Batch): string[] {
  const prompts = sent.map(({ prompt }) => prompt);
  return [...new Set(negativePrompt ? [...prompts, negativePrompt] : prompts)];
}

/** True where people were shown that it begins, and it begins only later. */
async function accept(
  dependencies: StartBatchDependencies,
  batch: Batch,
  work: OpenWork,
  responseUrl: string | undefined,
  place: QueuePosition | undefined,
): Promise<boolean> {
  const { lines, enqueue, log } = dependencies;
  if (!(await work.isHeld())) throw new Error('Another process gave back what this request counts.');
  const announced = await announce(dependencies, batch, responseUrl, place);
  try {
    await recordAnnounced(dependencies, announced);
  } catch (error) {
    log.error('message not recorded, its images come in private', { batch: batch.id, error });
    lines.leave(batch.id);
    await work.leave();
    return true;
  }
  enqueue(work);
  return false;
}

interface Announced {
  stored: StoredBatch;
  destination: Destination;
}

async function announce(
  { batches, announceBatch }: StartBatchDependencies,
  batch: Batch,
  responseUrl: string | undefined,
  place: QueuePosition | undefined,
): Promise<Announced> {
  const stored = await batches.create(batch);
  return { stored, destination: await announceBatch(stored.batch, responseUrl, place) };
}

/** After a crash before this has ended, whoever takes up the work enters the history. */
async function recordAnnounced(
  { batches, enterHistory }: StartBatchDependencies,
  { stored, destination }: Announced,
): Promise<void> {
  const change = batches.change(stored, (unannounced) => ({ ...unannounced, destination }));
  await Promise.all([change, enterHistory(stored.batch)]);
}
