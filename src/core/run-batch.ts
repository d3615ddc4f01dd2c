import { type Batch, type BatchImage, type BatchReference, forgetResponseUrl, settleImage } from './batch.js';
import { type BatchStore, createBatchWriter } from './batch-store.js';
import { type FailureReason, ImageModelError, isForOperator } from './errors.js';
import type { GeneratedImage, ImageMediaType, ImageModelRequest } from './image-model.js';
import type { Log } from './log.js';

/** The message of one batch, kept up to date. */
export interface BatchFollower {
  /** Shows this state soon, or a later one in its place. */
  update(batch: Batch): void;
  /** Shows this state at once and for good. */
  finish(batch: Batch): Promise<void>;
}

export interface RunBatchDependencies {
  batches: BatchStore;
  /** One picture within its deadline; throws `ImageModelError`. */
  generateImage(modelId: string, request: Omit<ImageModelRequest, 'abortSignal'>): Promise<GeneratedImage>;
  saveImage(
    reference: BatchReference,
    image: { number: number; mediaType: ImageMediaType },
    bytes: Uint8Array,
  ): Promise<void>;
  followBatch(batch: Batch): BatchFollower;
  now(): Date;
  log: Log;
}

export type RunBatch = (reference: BatchReference) => Promise<void>;

/** Draws the pictures that a batch still lacks, all at once; each is stored, recorded and shown as it ends. */
export function createRunBatch(dependencies: RunBatchDependencies): RunBatch {
  const { batches, followBatch, now, log } = dependencies;
  return async (reference) => {
    const stored = await batches.load(reference);
    if (!stored) return log.error('batch to run is not in the bucket', { batch: reference.id });
    const writer = createBatchWriter(batches, stored);
    const follower = followBatch(stored.batch);
    const unrecorded: BatchImage[] = [];
    const shown = () => unrecorded.reduce(settleImage, writer.batch);
    const missing = stored.batch.images.filter((image) => image.state === 'pending');
    await Promise.all(
      missing.map(async (image) => {
        const settled = await drawImage(dependencies, stored.batch, image);
        await writer
          .change((batch) => settleImage(batch, settled))
          .catch((error: unknown) => {
            log.error('picture not recorded', { batch: reference.id, image: image.number, error });
            unrecorded.push({ ...image, state: 'failed', reason: 'not_stored', failedAt: now().toISOString() });
          });
        follower.update(shown());
      }),
    );
    const finishedAt = now().toISOString();
    await writer
      .change((batch) => (batch.finishedAt ? batch : { ...batch, finishedAt }))
      .catch((error: unknown) => log.error('end of batch not recorded', { batch: reference.id, error }));
    await follower.finish({ ...shown(), finishedAt: writer.batch.finishedAt ?? finishedAt });
    await writer.change(forgetResponseUrl);
  };
}

async function drawImage(dependencies: RunBatchDependencies, batch: Batch, image: BatchImage): Promise<BatchImage> {
  const { number, modelId, seed } = image;
  const started = dependencies.now().getTime();
  try {
    const generated = await dependencies.generateImage(modelId, { ...requestOf(batch, modelId), seed });
    await saveDrawn(dependencies, batch, number, generated);
    const { mediaType, bytes } = generated;
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
  { saveImage }: RunBatchDependencies,
  batch: Batch,
  number: number,
  { mediaType, bytes }: GeneratedImage,
): Promise<void> {
  try {
    await saveImage(batch, { number, mediaType }, bytes);
  } catch (cause) {
    throw new ImageModelError('not_stored', 'The bucket did not take the picture.', { cause });
  }
}
