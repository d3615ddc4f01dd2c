import { type Batch, type BatchImage, type BatchReference, forgetResponseUrl, settleImage } from './batch.js';
import { type BatchStore, createBatchWriter } from './batch-store.js';
import { type FailureReason, ImageModelError } from './errors.js';
import type { GeneratedImage, ImageMediaType, ImageModelRequest } from './image-model.js';
import type { DrawImage } from './line.js';
import type { Log } from './log.js';
import type { Observation, Observe } from './observation.js';

/** The message of one batch, kept up to date. */
export interface BatchFollower {
  /** Shows this state soon, or a later one in its place. */
  update(batch: Batch): void;
  /** Shows this state at once and for good. */
  finish(batch: Batch): Promise<void>;
}

export interface RunBatchDependencies {
  batches: BatchStore;
  /** One picture within its deadline, when its turn comes; throws `ImageModelError`. */
  generateImage: DrawImage;
  saveImage(
    reference: BatchReference,
    image: { number: number; mediaType: ImageMediaType },
    bytes: Uint8Array,
  ): Promise<void>;
  followBatch(batch: Batch): BatchFollower;
  /** Pictures that did not come are given back to whoever asked; does not fail. */
  settleUsage(batch: Batch): Promise<void>;
  observe: Observe;
  now(): Date;
  log: Log;
}

export type RunBatch = (reference: BatchReference) => Promise<void>;

/** Draws the pictures that a batch still lacks, all at once; each is stored, recorded and shown as it ends. */
export function createRunBatch(dependencies: RunBatchDependencies): RunBatch {
  const { batches, followBatch, settleUsage, observe, now, log } = dependencies;
  return async (reference) => {
    const stored = await batches.load(reference);
    if (!stored) return log.error('batch to run is not in the bucket', { batch: reference.id });
    observe({ kind: 'batch begun' });
    const writer = createBatchWriter(batches, stored);
    const follower = followBatch(stored.batch);
    const unrecorded: BatchImage[] = [];
    const shown = () => unrecorded.reduce(settleImage, writer.batch);
    const tellFirstTurn = once(() => follower.update(shown())); // until then the message says how long the line is
    const missing = stored.batch.images.filter((image) => image.state === 'pending');
    await Promise.all(
      missing.map(async (image) => {
        const settled = await drawImage(dependencies, stored.batch, image, tellFirstTurn);
        await writer
          .change((batch) => settleImage(batch, settled))
          .catch((error: unknown) => {
            log.error('picture not recorded', { batch: reference.id, image: image.number, error });
            unrecorded.push({ ...image, state: 'failed', reason: 'not_stored', failedAt: now().toISOString() });
          });
        follower.update(shown());
      }),
    );
    observe(batchEnded(missing, shown()));
    await settleUsage(shown());
    const finishedAt = now().toISOString();
    await writer
      .change((batch) => (batch.finishedAt ? batch : { ...batch, finishedAt }))
      .catch((error: unknown) => log.error('end of batch not recorded', { batch: reference.id, error }));
    await follower.finish({ ...shown(), finishedAt: writer.batch.finishedAt ?? finishedAt });
    await writer.change(forgetResponseUrl);
  };
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
    await saveDrawn(dependencies, batch, number, generated);
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
    dependencies.log.warn('picture failed', { batch: batch.id, image: number, modelId, reason, error });
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
  number: number,
  { mediaType, bytes }: GeneratedImage,
): Promise<void> {
  const began = now().getTime();
  try {
    await saveImage(batch, { number, mediaType }, bytes);
    observe({ kind: 'step ended', step: 'storing', milliseconds: now().getTime() - began });
  } catch (cause) {
    throw new ImageModelError('not_stored', 'The bucket did not take the picture.', { cause });
  }
}
