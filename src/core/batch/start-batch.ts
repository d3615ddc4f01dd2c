import { RequestError } from '../errors.js';
import type { Stored } from '../records.js';
import type { Batch, Destination } from './batch.js';
import { checkInput } from './check-input.js';
import type { BatchDeps } from './deps.js';
import { type Job, JobLostError, type Task } from './job.js';
import { type ImageRequest, planBatch } from './plan-batch.js';
import { type ReserveDeps, reconcileImages, refuse, reserveImages } from './quota.js';

export type StartBatchDeps = ReserveDeps &
  Pick<
    BatchDeps,
    'inputs' | 'operations' | 'batches' | 'history' | 'queues' | 'openJob' | 'enqueue' | 'messages' | 'newId' | 'random'
  >;

/**
 * Begins to draw what a user asked for, or says why not. An image to work from is checked first. The job record comes
 * before anything is counted, so that it is given back after a crash; then limits and content policy, as a refused request
 * leaves no record; then the record, the message and the drawing. What fails before anything was shown is not accepted. If the batch was shown and the record does not say
 * where, it goes on in a while as after a crash: see `redirect` in resume.ts.
 * @returns the batch as it was recorded, with the place in which it is shown
 * @throws RequestError for the user to read
 */
export async function startBatch(deps: StartBatchDeps, request: ImageRequest): Promise<Batch> {
  if (request.input) await checkInput(deps, request, request.input);
  const batch = planBatch(deps, request);
  const { id, images, requesterId, requestedAt } = batch;
  const task: Task = { kind: 'draw', seeds: images.map(({ seed }) => seed), counted: { requesterId, requestedAt } };
  const job = await deps.openJob(batch, task, request.responseUrl);
  let announced: { stored: Stored<Batch>; destination: Destination };
  try {
    await reserveImages(deps, batch);
    announced = await announce(deps, batch, job, request.replaces);
  } catch (error) {
    await job.close();
    throw error;
  }
  try {
    const { stored, destination } = announced;
    const change = deps.batches.change(stored, (unannounced) => ({ ...unannounced, destination }));
    const [recorded] = await Promise.all([change, enterHistory(deps, batch)]);
    deps.enqueue(job, recorded);
    return recorded.value;
  } catch (error) {
    deps.log.error('message not recorded, its images come in private', { batch: id, error });
    deps.queues.release(id);
    await job.release();
    throw new RequestError({ kind: 'images_delayed' });
  }
}

async function announce(deps: StartBatchDeps, batch: Batch, job: Job, replaces = false) {
  try {
    const queued = await deps.queues.enqueue(batch);
    if ('refusal' in queued) return refuse(deps, queued.refusal);
    if (!(await job.isHeld())) throw new JobLostError('Another process gave back what this request counts.');
    const stored = await deps.batches.create(batch);
    const options = { responseUrl: job.responseUrl, position: queued.position, replaces };
    return { stored, destination: await deps.messages.announce(batch, options) };
  } catch (error) {
    deps.queues.release(batch.id);
    await reconcileImages(deps, batch); // none of these images is drawn
    throw error;
  }
}

/** Makes the batch findable. Never rejects: a batch that is missing from the history is still drawn. */
export async function enterHistory({ history, log }: Pick<BatchDeps, 'history' | 'log'>, batch: Batch): Promise<void> {
  await history.enter(batch).catch((error: unknown) => log.warn('not in the history', { batch: batch.id, error }));
}
