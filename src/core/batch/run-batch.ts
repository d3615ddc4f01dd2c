import { isForOperator } from '../errors.js';
import type { Observation } from '../log.js';
import { createWriter, type Stored } from '../records.js';
import {
  type Batch,
  type BatchImage,
  forgetResponseUrl,
  isPickDeleted,
  isPostedOnce,
  settleImage,
  wasStoppedAtOnce,
} from './batch.js';
import type { BatchDeps, BatchFollower } from './deps.js';
import { findSaved, imageTask } from './draw-image.js';
import { type Job, JobLostError } from './job.js';
import { type KeepPickDeps, keepPick } from './keep-pick.js';
import { isKeptAtOnce } from './operate.js';
import { type QuotaDeps, reconcileImages, retriedImages } from './quota.js';

export type RunBatchDeps = QuotaDeps &
  KeepPickDeps &
  Pick<BatchDeps, 'images' | 'queues' | 'operations' | 'observe' | 'pause'>;

/** Images that end so close together share one write of the record. The last one waits for none. */
const gatherMilliseconds = 250;

type DrawJob = Pick<Job, 'id' | 'task' | 'responseUrl' | 'attempts' | 'isResumed' | 'isHeld'>;

/**
 * Draws the images of a job that the batch still lacks, all at once; each is stored, recorded and shown as it ends.
 * Rejects if users could not be shown the end, or the record does not have it: then it is worth running again.
 */
export async function runBatch(deps: RunBatchDeps, job: DrawJob, stored: Stored<Batch>): Promise<void> {
  const follower = deps.messages.follow(stored.value);
  try {
    const drawn = await drawMissing(deps, job, stored, follower);
    if (!drawn.isLeftToOthers) await showEnd(deps, job, drawn, follower);
  } finally {
    follower.close();
  }
}

async function drawMissing(deps: RunBatchDeps, job: DrawJob, stored: Stored<Batch>, follower: BatchFollower) {
  const { value: batch } = stored;
  const pending = batch.images.filter(({ state }) => state === 'pending');
  const missing = pending.filter(({ seed }) => job.task.kind === 'draw' && job.task.seeds.includes(seed));
  // before any is drawn: if the bucket cannot tell, nothing is under way that the next attempt would draw again
  const saved = job.isResumed ? await Promise.all(missing.map((image) => findSaved(deps, batch, image))) : [];
  const writer = createWriter(deps.batches, stored);
  const settled: BatchImage[] = []; // the record may lack some of them
  const saving = new Set<number>();
  const shown = () => markSaving(writer.value, saving);
  let hasStarted = false;
  const onStart = () => {
    if (!hasStarted) follower.update(shown()); // until then the message shows the position in the queue
    hasStarted = true;
  };

  /** For processes that share no queue: one learns of the click for all images of the batch. */
  async function isStopped(): Promise<boolean> {
    const latest = await deps.batches.load(batch).catch(() => undefined); // then it is drawn, as if it had begun before
    if (!latest?.value.stoppedAt) return false;
    deps.queues.stop(latest.value);
    return true;
  }

  async function draw(image: BatchImage): Promise<BatchImage | undefined> {
    const onSaving = () => {
      if (saving.has(image.number)) return;
      saving.add(image.number);
      follower.update(shown());
    };
    const found = saved.find((other) => other?.number === image.number);
    return (
      found ?? deps.queues.draw(imageTask(batch, image, job), { onStart, onSaving, isHeld: job.isHeld, isStopped })
    );
  }

  async function settle(drawn: BatchImage | undefined): Promise<void> {
    if (!drawn) return;
    settled.push(drawn);
    await Promise.race([allDrawn, deps.pause(gatherMilliseconds)]);
    await writer
      .change((latest) => endIfWhole(settleImage(latest, drawn), deps.now()))
      .catch((error: unknown) => {
        deps.log.error('image not recorded', { batch: batch.id, image: drawn.number, error });
        if (drawn.state === 'stored') saving.add(drawn.number);
      });
    follower.update(shown());
  }

  deps.observe({ kind: 'batch begun' });
  const drawing = missing.map(draw);
  const allDrawn = Promise.all(drawing);
  allDrawn.catch(() => undefined); // awaited below, after each image is settled
  await Promise.all(drawing.map(async (drawn) => settle(await drawn)));
  if ((await allDrawn).includes(undefined)) throw new JobLostError('Another process goes on with this batch.');
  await failIfLost(job);
  const ended = settled.reduce(settleImage, writer.value);
  deps.observe(batchEnded(missing, ended));
  disableIfDenied(deps, ended, settled);
  await reconcileImages(deps, retriedImages(ended, job.task) ?? ended);
  // if a later click has more images drawn, its job shows the end
  return { writer, settled, shown, isLeftToOthers: pending.length > missing.length };
}

/**
 * The record has the end before users see it. If it cannot have it, the first attempt shows that images are being saved;
 * the next one finds them in the bucket. A response_url posts once, so then only the requester is told.
 */
async function showEnd(
  deps: RunBatchDeps,
  job: DrawJob,
  { writer, settled, shown }: Awaited<ReturnType<typeof drawMissing>>,
  follower: BatchFollower,
): Promise<void> {
  const { messages, now, log } = deps;
  const { responseUrl, attempts } = job;
  const ended = now();
  await writer
    .change((batch) => endIfWhole(settled.reduce(settleImage, batch), ended))
    .catch((error: unknown) => log.error('end of batch not recorded', { batch: writer.value.id, error }));
  await failIfLost(job);
  const state = shown();
  if (state.finishedAt) {
    const isForRequester = isPostedOnce(state.destination) && wasStoppedAtOnce(state); // there is nothing to post
    await (isForRequester ? messages.notifyRequester(state, responseUrl) : follower.finish(state, responseUrl));
    await showInCopy({ messages, log }, job, state);
    const isShown = (latest: Batch) => latest.finishedAt && addressOf(latest) === addressOf(state); // or a later click's
    await writer.change((latest) => (isShown(latest) ? forgetResponseUrl(latest) : latest));
    if (isKeptAtOnce(state)) await keepResult(deps, state);
    return;
  }
  if (attempts === 0)
    await (isPostedOnce(state.destination)
      ? messages.notifyRequester(state, responseUrl)
      : follower.finish(state, responseUrl));
  throw new Error('The record lacks the end of this batch.');
}

/** "Retry failed" in a private copy: it shows the end too, if it is still there. */
async function showInCopy(
  { messages, log }: Pick<RunBatchDeps, 'messages' | 'log'>,
  { task, responseUrl }: DrawJob,
  batch: Batch,
): Promise<void> {
  if (task.kind !== 'draw' || !task.again?.isCopy || !responseUrl) return;
  const copy = { channelId: batch.channelId, responseUrl, isPrivate: true };
  await messages
    .showClicked(batch, copy)
    .catch((error: unknown) => log.info('private copy not updated', { batch: batch.id, error }));
}

function addressOf({ destination }: Batch): string | undefined {
  return destination?.kind === 'response_url' ? destination.url : undefined;
}

async function failIfLost({ isHeld }: DrawJob): Promise<void> {
  if (!(await isHeld())) throw new JobLostError('Another process claimed this batch, and shows it.');
}

function markSaving(batch: Batch, numbers: ReadonlySet<number>): Batch {
  const images = batch.images.map((image) =>
    image.state === 'pending' && numbers.has(image.number) ? { ...image, isSaving: true } : image,
  );
  return { ...batch, images };
}

/** The end is written with the last image: one write fewer for every batch. A result without a choice is kept at once. */
function endIfWhole(batch: Batch, now: Date): Batch {
  const isWhole = batch.images.every(({ state }) => state !== 'pending');
  if (batch.finishedAt || !isWhole) return batch;
  const finishedAt = now.toISOString();
  const [image] = batch.images;
  const pick = { number: 1, pickedBy: batch.requesterId, pickedAt: finishedAt };
  const isKept = isKeptAtOnce(batch) && image?.state === 'stored' && !batch.discardedAt;
  return { ...batch, finishedAt, ...(isKept && { pick }) };
}

/** The file takes the place of the link, as after a click. */
async function keepResult(deps: KeepPickDeps, batch: Batch): Promise<void> {
  const stored = await deps.batches.load(batch);
  if (stored?.value.pick && !isPickDeleted(stored.value)) await keepPick(deps, stored, undefined);
}

/** Other users are not to find out the same way. */
function disableIfDenied(
  { operations }: Pick<BatchDeps, 'operations'>,
  { input }: Batch,
  settled: readonly BatchImage[],
): void {
  for (const image of input ? settled : []) {
    if (image.state === 'failed' && isForOperator(image.reason)) operations.disable(image.modelId, image.reason);
  }
}

/** Only what was to be drawn this time counts: "Try again" is one image of a batch. */
function batchEnded(missing: readonly BatchImage[], { images }: Batch): Observation {
  const numbers = missing.map(({ number }) => number);
  const stored = images.filter((image) => image.state === 'stored' && numbers.includes(image.number));
  const outcome = stored.length === missing.length ? 'all' : stored.length > 0 ? 'some' : 'none';
  return { kind: 'batch ended', outcome };
}
