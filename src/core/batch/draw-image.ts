import { type FailureReason, ImageModelError, isForOperator } from '../errors.js';
import type { GeneratedImage, ImageModelRequest } from '../image-model.js';
import type { Log } from '../log.js';
import type { Observe } from '../observation.js';
import type { Batch, BatchImage, BatchReference, DrawnImage } from './batch.js';
import type { DrawImage, Ticket } from './queue-position.js';

export interface DrawImageDependencies {
  /** One image within its deadline, when its turn comes; throws `ImageModelError`. */
  generateImage: DrawImage;
  /** Keeps trying until the deadline, if there is one, and reports each try that failed. */
  saveImage(reference: BatchReference, image: DrawnImage, bytes: Uint8Array, options: SaveOptions): Promise<void>;
  /** The image that was drawn for this seed and saved, though nobody recorded it. */
  findSaved(
    reference: BatchReference,
    image: Pick<DrawnImage, 'number' | 'askedSeed'>,
  ): Promise<(DrawnImage & { byteLength: number }) | undefined>;
  observe: Observe;
  now(): Date;
  log: Log;
}

export interface SaveOptions {
  deadline?: AbortSignal | undefined;
  onRetry(error: unknown): void;
}

/** What an image tells of on its way. */
export interface DrawingEvents extends Pick<Ticket, 'onTurn' | 'isHeld'> {
  /** It is drawn, and saving it takes longer than usual. */
  onSaving(): void;
}

/** Images that were paid for and stored by somebody who died before recording them. */
export async function findLeft(
  { findSaved, now, log }: DrawImageDependencies,
  batch: Batch,
  missing: readonly BatchImage[],
): Promise<BatchImage[]> {
  const found = await Promise.all(
    missing.map(async ({ number, modelId, seed: askedSeed }): Promise<BatchImage[]> => {
      const saved = await findSaved(batch, { number, askedSeed });
      if (!saved) return [];
      log.info('image was stored already', { batch: batch.id, image: number });
      const { seed, mediaType, byteLength } = saved;
      return [{ number, modelId, seed, state: 'stored', mediaType, byteLength, storedAt: now().toISOString() }];
    }),
  );
  return found.flat();
}

/**
 * Draws one image and saves it. Never fails: what went wrong is in the answer, and in the log. Undefined if it is left to
 * another process, which took over the batch: recorded as failed here, it would be lost there.
 */
export async function drawImage(
  dependencies: DrawImageDependencies,
  batch: Batch,
  image: BatchImage,
  { onSaving, ...turn }: DrawingEvents,
): Promise<BatchImage | undefined> {
  const { number, modelId, seed } = image;
  const started = dependencies.now().getTime();
  try {
    const generated = await dependencies.generateImage(
      modelId,
      { ...requestOf(batch, modelId), seed },
      { batchId: batch.id, ...turn },
    );
    await saveDrawn(dependencies, batch, image, generated, onSaving);
    const { mediaType, bytes } = generated;
    dependencies.observe({ kind: 'image ended', modelId, outcome: 'stored' });
    dependencies.log.info('image stored', {
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
    if (!(await turn.isHeld())) {
      dependencies.log.info('image left to another process', { batch: batch.id, image: number });
      return undefined;
    }
    const reason: FailureReason = error instanceof ImageModelError ? error.reason : 'failed';
    dependencies.observe({ kind: 'image ended', modelId, outcome: reason });
    const severity = isForOperator(reason) ? 'error' : 'warn';
    dependencies.log[severity]('image failed', { batch: batch.id, image: number, modelId, reason, error });
    return { number, modelId, seed, state: 'failed', reason, failedAt: dependencies.now().toISOString() };
  }
}

function requestOf(batch: Batch, modelId: string): Omit<ImageModelRequest, 'abortSignal' | 'seed'> {
  const { negativePrompt, aspectRatio } = batch.settings;
  const sent = batch.sent.find((to) => to.modelId === modelId);
  return { prompt: sent?.prompt ?? batch.prompt, nativeStyle: sent?.nativeStyle, negativePrompt, aspectRatio };
}

async function saveDrawn(
  { saveImage, observe, now, log }: DrawImageDependencies,
  batch: Batch,
  { number, seed: askedSeed }: BatchImage,
  { mediaType, seed, bytes, deadline, release }: GeneratedImage,
  onSaving: () => void,
): Promise<void> {
  const began = now().getTime();
  try {
    await saveImage(batch, { number, mediaType, askedSeed, seed }, bytes, {
      deadline,
      onRetry(error) {
        log.warn('image not stored yet', { batch: batch.id, image: number, error });
        onSaving();
      },
    });
    release?.(true);
    observe({ kind: 'step ended', step: 'storing', milliseconds: now().getTime() - began });
  } catch (cause) {
    release?.(false);
    throw new ImageModelError('not_stored', 'The bucket did not take the image.', { cause });
  }
}
