import type { Observation } from '../observation.js';
import {
  type Batch,
  type BatchImage,
  type BatchReference,
  forgetResponseUrl,
  isPostedOnce,
  settleImage,
} from './batch.js';
import { type BatchStore, type BatchWriter, createBatchWriter, type StoredBatch } from './batch-store.js';
import { countedFor } from './draw-again.js';
import { type DrawImageDependencies, drawImage, findLeft } from './draw-image.js';
import type { OpenWork } from './job.js';

/** The message of one batch, kept up to date. */
export interface BatchFollower {
  /** Shows this state soon, or a later one in its place. */
  update(batch: Batch): void;
  /**
   * Shows this state at once and for good; where its message takes no more, tells whoever waits for it alone.
   * @param responseUrl of the request: a way to that person where no other is open
   */
  finish(batch: Batch, responseUrl: string | undefined): Promise<void>;
  /** Shows this state to whoever waits for it alone. */
  tell(batch: Batch, responseUrl: string | undefined): Promise<void>;
  /** Nothing more comes. */
  close(): void;
}

export interface RunBatchDependencies extends DrawImageDependencies {
  batches: BatchStore;
  trackBatch(batch: Batch): BatchFollower;
  /** Images that did not come are given back to whoever asked; does not fail. */
  reconcileUsage(batch: Batch): Promise<void>;
}

type Work = Pick<OpenWork, 'task' | 'responseUrl' | 'failures' | 'isTakenUp' | 'isHeld'>;

export type RunBatch = (reference: BatchReference, work: Work) => Promise<void>;

/**
 * Draws what a batch still lacks of the images that the work is for, all at once; each is stored, recorded and shown as it ends. Fails where
 * people could not be shown the end, or the record does not have it: then it is worth running again.
 */
export function createRunBatch(dependencies: RunBatchDependencies): RunBatch {
  const { batches, trackBatch, log } = dependencies;
  return async (reference, work) => {
    const stored = await batches.load(reference);
    if (!stored) return log.error('batch to run is not in the bucket', { batch: reference.id });
    const follower = trackBatch(stored.batch);
    try {
      const drawn = await drawMissing(dependencies, stored, work, follower);
      if (!drawn.isLeftToOthers) await showEnd(dependencies, drawn, work, follower);
    } finally {
      follower.close();
    }
  };
}

interface Drawn {
  writer: BatchWriter;
  /** Settled, and not in the record so far. */
  unrecorded: readonly BatchImage[];
  /** The record, and which of its images are being saved. */
  shown(): Batch;
  /** A later click has further images drawn, and shows the end. */
  isLeftToOthers: boolean;
}

async function drawMissing(
  dependencies: RunBatchDependencies,
  stored: StoredBatch,
  work: Work,
  follower: BatchFollower,
): Promise<Drawn> {
  const { batches, reconcileUsage, observe, now, log } = dependencies;
  const pending = stored.batch.images.filter(({ state }) => state === 'pending');
  const missing = pending.filter(({ seed }) => work.task.kind === 'draw' && work.task.seeds.includes(seed));
  const left = work.isTakenUp ? await findLeft(dependencies, stored.batch, missing) : [];
  const writer = createBatchWriter(batches, stored);
  const unrecorded: BatchImage[] = [];
  const saving = new Set<number>();
  const shown = () => markSaving(writer.batch, saving);
  const onTurn = once(() => follower.update(shown())); // until then the message says how long the line is
  const { isHeld } = work;
  observe({ kind: 'batch begun' });
  await Promise.all(
    missing.map(async (image) => {
      const showSaving = () => {
        if (saving.has(image.number)) return;
        saving.add(image.number);
        follower.update(shown());
      };
      const events = { onTurn, isHeld, onSaving: showSaving };
      const saved = left.find(({ number }) => number === image.number);
      const settled = saved ?? (await drawImage(dependencies, stored.batch, image, events));
      if (!settled) return;
      await writer
        .change((batch) => endIfWhole(settleImage(batch, settled), now()))
        .catch((error: unknown) => {
          log.error('image not recorded', { batch: stored.batch.id, image: image.number, error });
          unrecorded.push(settled);
          if (settled.state === 'stored') saving.add(image.number);
        });
      follower.update(shown());
    }),
  );
  await failIfLost(work);
  const ended = unrecorded.reduce(settleImage, writer.batch);
  observe(batchEnded(missing, ended));
  await reconcileUsage(countedFor(ended, work.task));
  return { writer, unrecorded, shown, isLeftToOthers: pending.length > missing.length };
}

/**
 * The record has the end before people see it. If it cannot have it, they see at the first try that images are being saved:
 * the next try finds those in the bucket. A post is made once, so nobody but the requester is told then.
 */
async function showEnd(
  { now, log }: RunBatchDependencies,
  { writer, unrecorded, shown }: Drawn,
  work: Work,
  follower: BatchFollower,
): Promise<void> {
  const { responseUrl, failures } = work;
  const ended = now();
  await writer
    .change((batch) => endIfWhole(unrecorded.reduce(settleImage, batch), ended))
    .catch((error: unknown) => log.error('end of batch not recorded', { batch: writer.batch.id, error }));
  await failIfLost(work);
  const state = shown();
  if (state.finishedAt) {
    await follower.finish(state, responseUrl);
    await writer.change(forgetResponseUrl);
    return;
  }
  if (failures === 0)
    await (isPostedOnce(state.destination) ? follower.tell(state, responseUrl) : follower.finish(state, responseUrl));
  throw new Error('The record lacks the end of this batch.');
}

async function failIfLost({ isHeld }: Work): Promise<void> {
  if (!(await isHeld())) throw new Error('Another process took over this batch, and shows it.');
}

function markSaving(batch: Batch, numbers: ReadonlySet<number>): Batch {
  const images = batch.images.map((image) =>
    image.state === 'pending' && numbers.has(image.number) ? { ...image, isSaving: true } : image,
  );
  return { ...batch, images };
}

/** The end is written with the last image: one write fewer for every batch. */
function endIfWhole(batch: Batch, now: Date): Batch {
  const isWhole = batch.images.every(({ state }) => state !== 'pending');
  return batch.finishedAt || !isWhole ? batch : { ...batch, finishedAt: now.toISOString() };
}

/** Only what was to be drawn this time counts: "Try again" is one image of a batch. */
function batchEnded(missing: readonly BatchImage[], { images }: Batch): Observation {
  const numbers = missing.map(({ number }) => number);
  const stored = images.filter((image) => image.state === 'stored' && numbers.includes(image.number));
  const outcome = stored.length === missing.length ? 'all' : stored.length > 0 ? 'some' : 'none';
  return { kind: 'batch ended', outcome };
}

function once(tell: () => void): () => void {
  let isTold = false;
  return () => {
    if (!isTold) tell();
    isTold = true;
  };
}
