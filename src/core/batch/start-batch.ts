import { RequestError } from '../errors.js';
import type { Stored } from '../records.js';
import type { Batch } from './batch.js';
import type { BatchDeps } from './deps.js';
import type { Job, Task } from './job.js';
import { type ImageRequest, planBatch, textsOf } from './plan-batch.js';
import { type ReserveDeps, reconcileImages, refuse, reserveImages } from './quota.js';

export type StartBatchDeps = ReserveDeps &
  Pick<
    BatchDeps,
    'batches' | 'history' | 'checkPrompt' | 'queues' | 'openJob' | 'enqueue' | 'messages' | 'newId' | 'random'
  >;

/**
 * Begins to draw what a user asked for, or says why not. The job record comes first, so that what is counted is given back
 * after a crash; then limits and content policy, as a refused request leaves no record; then the record, the message and
 * the drawing. What fails before anything was shown is not accepted. If the batch was shown and the record does not say
 * where, it goes on in a while as after a crash: see `redirect` in resume.ts.
 * @throws RequestError for the user to read
 */
export async function startBatch(deps: StartBatchDeps, request: ImageRequest): Promise<void> {
  const batch = planBatch(deps, request);
  const job = await deps.openJob(batch, drawTask(batch), request.responseUrl);
  let stored: Stored<Batch> | undefined;
  try {
    await reserveImages(deps, batch);
    stored = await accept(deps, batch, job, request.responseUrl);
  } catch (error) {
    await job.close();
    throw error;
  }
  if (stored) return deps.enqueue(job, stored);
  await job.release();
  throw new RequestError({ kind: 'images_delayed' });
}

function drawTask({ images, requesterId, requestedAt }: Batch): Task {
  return { kind: 'draw', seeds: images.map(({ seed }) => seed), counted: { requesterId, requestedAt } };
}

/** undefined if users were shown that the batch begins, and it begins only later. */
async function accept(
  deps: StartBatchDeps,
  batch: Batch,
  job: Job,
  responseUrl: string | undefined,
): Promise<Stored<Batch> | undefined> {
  try {
    await deps.checkPrompt?.(textsOf(batch));
    const queued = deps.queues.enqueue(batch);
    if ('refusal' in queued) return refuse(deps, queued.refusal);
    if (!(await job.isHeld())) throw new Error('Another process gave back what this request counts.');
    const stored = await deps.batches.create(batch);
    const destination = await deps.messages.announce(batch, responseUrl, queued.position);
    return await recordDestination(deps, stored, destination);
  } catch (error) {
    deps.queues.release(batch.id);
    await reconcileImages(deps, batch); // none of these images is drawn
    throw error;
  }
}

async function recordDestination(
  { batches, history, queues, log }: StartBatchDeps,
  stored: Stored<Batch>,
  destination: Batch['destination'],
): Promise<Stored<Batch> | undefined> {
  const { value: batch } = stored;
  try {
    const change = batches.change(stored, (unannounced) => ({ ...unannounced, destination }));
    const [announced] = await Promise.all([change, enterHistory({ history, log }, batch)]);
    return announced;
  } catch (error) {
    log.error('message not recorded, its images come in private', { batch: batch.id, error });
    queues.release(batch.id);
    return undefined;
  }
}

/** Makes the batch findable. Never rejects: a batch that is missing from the history is still drawn. */
export async function enterHistory({ history, log }: Pick<BatchDeps, 'history' | 'log'>, batch: Batch): Promise<void> {
  await history.enter(batch).catch((error: unknown) => log.warn('not in the history', { batch: batch.id, error }));
}
