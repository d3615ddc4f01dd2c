import { type FailureReason, ImageModelError, isForOperator } from '../errors.js';
import type { GeneratedImage } from '../image-model.js';
import type { Batch, BatchImage } from './batch.js';
import type { BatchDeps, DrawRequest, QueuedImage } from './deps.js';

export type DrawImageDeps = Pick<BatchDeps, 'queues' | 'images' | 'observe' | 'now' | 'log'>;

/** `onSaving`: the image is drawn, and saving it takes longer than usual. */
type DrawingEvents = Pick<QueuedImage, 'onStart' | 'isHeld'> & { onSaving(): void };

/** Images that were paid for and saved by a process that died before it recorded them. */
export async function findSaved(
  { images, now, log }: DrawImageDeps,
  batch: Batch,
  missing: readonly BatchImage[],
): Promise<BatchImage[]> {
  const found = await Promise.all(
    missing.map(async ({ number, modelId, seed: askedSeed }): Promise<BatchImage[]> => {
      const saved = await images.find(batch, { number, askedSeed });
      if (!saved) return [];
      log.info('image was already stored', { batch: batch.id, image: number });
      const { seed, mediaType, byteLength } = saved;
      return [{ number, modelId, seed, state: 'stored', mediaType, byteLength, storedAt: now().toISOString() }];
    }),
  );
  return found.flat();
}

/**
 * Draws one image and saves it. Never rejects: a failure is in the answer and in the log. undefined if another process
 * claimed the batch: recorded as failed here, the image would be lost there.
 */
export async function drawImage(
  deps: DrawImageDeps,
  batch: Batch,
  image: BatchImage,
  { onSaving, onStart, isHeld }: DrawingEvents,
): Promise<BatchImage | undefined> {
  const { queues, observe, now, log } = deps;
  const { number, modelId, seed } = image;
  const started = now().getTime();
  try {
    const request = requestFor(batch, image);
    const generated = await queues.generate(modelId, request, { batchId: batch.id, onStart, isHeld });
    await save(deps, batch, image, generated, onSaving);
    const { mediaType, bytes } = generated;
    observe({ kind: 'image ended', modelId, outcome: 'stored' });
    log.info('image stored', { batch: batch.id, image: number, modelId, milliseconds: now().getTime() - started });
    const stored = { mediaType, byteLength: bytes.byteLength, storedAt: now().toISOString() };
    return { number, modelId, seed: generated.seed, state: 'stored', ...stored };
  } catch (error) {
    if (!(await isHeld())) {
      log.info('image left to another process', { batch: batch.id, image: number });
      return undefined;
    }
    const reason: FailureReason = error instanceof ImageModelError ? error.reason : 'failed';
    observe({ kind: 'image ended', modelId, outcome: reason });
    const severity = isForOperator(reason) ? 'error' : 'warn';
    log[severity]('image failed', { batch: batch.id, image: number, modelId, reason, error });
    return { number, modelId, seed, state: 'failed', reason, failedAt: now().toISOString() };
  }
}

function requestFor(batch: Batch, { modelId, seed }: BatchImage): DrawRequest {
  const { negativePrompt, aspectRatio } = batch.settings;
  const sent = batch.sent.find((to) => to.modelId === modelId);
  return { prompt: sent?.prompt ?? batch.prompt, nativeStyle: sent?.nativeStyle, negativePrompt, aspectRatio, seed };
}

async function save(
  { images, observe, now, log }: DrawImageDeps,
  batch: Batch,
  { number, seed: askedSeed }: BatchImage,
  { mediaType, seed, bytes, deadline, release }: GeneratedImage,
  onSaving: () => void,
): Promise<void> {
  const began = now().getTime();
  try {
    await images.save(batch, { number, mediaType, askedSeed, seed }, bytes, {
      deadline,
      onRetry(error) {
        log.warn('image not stored yet', { batch: batch.id, image: number, error });
        onSaving();
      },
    });
    observe({ kind: 'step ended', step: 'storing', milliseconds: now().getTime() - began });
  } catch (cause) {
    throw new ImageModelError('not_stored', 'The bucket did not take the image.', { cause });
  } finally {
    release?.();
  }
}
