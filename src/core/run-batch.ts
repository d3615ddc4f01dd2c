import {
  type Batch,
  type BatchImage,
  type BatchReference,
  type DrawnImage,
  forgetResponseUrl,
  settleImage,
} from './batch.js';
import { type BatchStore, createBatchWriter, type StoredBatch } from './batch-store.js';
import { type FailureReason, ImageModelError, isForOperator } from './errors.js';
import type { GeneratedImage, ImageModelRequest } from './image-model.js';
import type { DrawImage } from './line.js';
import type { Log } from './log.js';
import type { Observation, Observe } from './observation.js';
import type { OpenWork } from './open-work.js';

/** The message of one batch, kept up to date. */
export interface BatchFollower {
  /** Shows this state soon, or a later one in its place. */
  update(batch: Batch): void;
  /** Shows this state at once and for good. */
  finish(batch: Batch): Promise<void>;
  /** Nothing more comes. */
  close(): void;
}

export interface RunBatchDependencies {
  batches: BatchStore;
  /** One picture within its deadline, when its turn comes; throws `ImageModelError`. */
  generateImage: DrawImage;
  saveImage(reference: BatchReference, image: DrawnImage, bytes: Uint8Array): Promise<void>;
  /** The picture that was drawn for this seed and saved, though nobody recorded it. */
  findSaved(
    reference: BatchReference,
    image: Pick<DrawnImage, 'number' | 'askedSeed'>,
  ): Promise<(DrawnImage & { byteLength: number }) | undefined>;
  followBatch(batch: Batch): BatchFollower;
  /** Pictures that did not come are given back to whoever asked; does not fail. */
  settleUsage(batch: Batch): Promise<void>;
  observe: Observe;
  now(): Date;
  log: Log;
}

export type RunBatch = (
  reference: BatchReference,
  work: Pick<OpenWork, 'task' | 'isTakenUp' | 'isHeld'>,
) => Promise<void>;

/**
 * Draws what a batch still lacks of the pictures that the work is for, all at once; each is stored, recorded and shown as it ends. Fails where
 * people could not be shown the end, or the record does not have it: then it is worth running again.
 */
export function createRunBatch(dependencies: RunBatchDependencies): RunBatch {
  const { batches, followBatch, observe, log } = dependencies;
  return async (reference, work) => {
    const stored = await batches.load(reference);
    if (!stored) return log.error('batch to run is not in the bucket', { batch: reference.id });
    observe({ kind: 'batch begun' });
    const follower = followBatch(stored.batch);
    try {
      await run(dependencies, stored, work, follower);
    } finally {
      follower.close();
    }
  };
}

async function run(
  dependencies: RunBatchDependencies,
  stored: StoredBatch,
  work: Pick<OpenWork, 'task' | 'isTakenUp' | 'isHeld'>,
  follower: BatchFollower,
): Promise<void> {
  const { batches, settleUsage, observe, now, log } = dependencies;
  const { id } = stored.batch;
  const pending = stored.batch.images.filter(({ state }) => state === 'pending');
  const missing = pending.filter(({ seed }) => work.task.kind === 'draw' && work.task.seeds.includes(seed));
  const left = work.isTakenUp ? await findLeft(dependencies, stored.batch, missing) : [];
  const writer = createBatchWriter(batches, stored);
  const unrecorded: BatchImage[] = [];
  const shown = () => unrecorded.reduce(settleImage, writer.batch);
  const tellFirstTurn = once(() => follower.update(shown())); // until then the message says how long the line is
  await Promise.all(
    missing.map(async (image) => {
      const saved = left.find(({ number }) => number === image.number);
      const settled = saved ?? (await drawImage(dependencies, stored.batch, image, tellFirstTurn));
      await writer
        .change((batch) => endIfWhole(settleImage(batch, settled), now()))
        .catch((error: unknown) => {
          log.error('picture not recorded', { batch: id, image: image.number, error });
          unrecorded.push({ ...image, state: 'failed', reason: 'not_stored', failedAt: now().toISOString() });
        });
      follower.update(shown());
    }),
  );
  observe(batchEnded(missing, shown()));
  await settleUsage(shown());
  if (pending.length > missing.length) return; // a later click has those drawn, and shows the end
  const ended = now();
  await writer
    .change((batch) => endIfWhole(batch, ended))
    .catch((error: unknown) => log.error('end of batch not recorded', { batch: id, error }));
  if (!work.isHeld()) throw new Error('Another process took over this batch, and shows it.');
  await follower.finish({ ...shown(), finishedAt: writer.batch.finishedAt ?? ended.toISOString() });
  await writer.change(forgetResponseUrl);
  if (unrecorded.length > 0) throw new Error('The record lacks pictures that were drawn.');
}

/** The end is written with the last picture: one write fewer for every batch. */
function endIfWhole(batch: Batch, now: Date): Batch {
  const isWhole = batch.images.every(({ state }) => state !== 'pending');
  return batch.finishedAt || !isWhole ? batch : { ...batch, finishedAt: now.toISOString() };
}

/** Only what was to be drawn this time counts: "Try again" is one picture of a batch. */
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

/** Pictures that were paid for and stored by somebody who died before recording them. */
async function findLeft(
  { findSaved, now, log }: RunBatchDependencies,
  batch: Batch,
  missing: readonly BatchImage[],
): Promise<BatchImage[]> {
  const found = await Promise.all(
    missing.map(async ({ number, modelId, seed: askedSeed }): Promise<BatchImage[]> => {
      const saved = await findSaved(batch, { number, askedSeed });
      if (!saved) return [];
      log.info('picture was stored already', { batch: batch.id, image: number });
      const { seed, mediaType, byteLength } = saved;
      return [{ number, modelId, seed, state: 'stored', mediaType, byteLength, storedAt: now().toISOString() }];
    }),
  );
  return found.flat();
}

async function drawImage(
  dependencies: RunBatchDependencies,
  batch: Batch,
  image: BatchImage,
  onTurn: () => void,
): Promise<BatchImage> {
  const { number, modelId, seed } = image;
  const started = dependencies.now().getTime();
  try {
    const generated = await dependencies.generateImage(
      modelId,
      { ...requestOf(batch, modelId), seed },
      { batchId: batch.id, onTurn },
    );
    await saveDrawn(dependencies, batch, image, generated);
    const { mediaType, bytes } = generated;
    dependencies.observe({ kind: 'picture ended', modelId, outcome: 'stored' });
    dependencies.log.info('picture stored', {
      batch: batch.id,
      image: number,
      modelId,
      milliseconds: dependencies.now().getTime() - started,
    });
    return {
      number,
      modelId,
      seed: generated.seed,
      state: 'stored',
      mediaType,
      byteLength: bytes.byteLength,
      storedAt: dependencies.now().toISOString(),
    };
  } catch (error) {
    const reason: FailureReason = error instanceof ImageModelError ? error.reason : 'failed';
    dependencies.observe({ kind: 'picture ended', modelId, outcome: reason });
    const severity = isForOperator(reason) ? 'error' : 'warn';
    dependencies.log[severity]('picture failed', { batch: batch.id, image: number, modelId, reason, error });
    return { number, modelId, seed, state: 'failed', reason, failedAt: dependencies.now().toISOString() };
  }
}

function requestOf(batch: Batch, modelId: string): Omit<ImageModelRequest, 'abortSignal' | 'seed'> {
  const { negativePrompt, aspectRatio } = batch.settings;
  const sent = batch.sent.find((to) => to.modelId === modelId);
  return { prompt: sent?.prompt ?? batch.prompt, nativeStyle: sent?.nativeStyle, negativePrompt, aspectRatio };
}

async function saveDrawn(
  { saveImage, observe, now }: RunBatchDependencies,
  batch: Batch,
  { number, seed: askedSeed }: BatchImage,
  { mediaType, seed, bytes, release }: GeneratedImage,
): Promise<void> {
  const began = now().getTime();
  try {
    await saveImage(batch, { number, mediaType, askedSeed, seed }, bytes);
    release?.(); // only where all of it arrived: after a failure somebody may still be sending it
    observe({ kind: 'step ended', step: 'storing', milliseconds: now().getTime() - began });
  } catch (cause) {
    throw new ImageModelError('not_stored', 'The bucket did not take the picture.', { cause });
  }
}
