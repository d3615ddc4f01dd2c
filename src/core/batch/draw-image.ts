import { z } from 'zod';
import { type FailureReason, ImageModelError, InputError, isForOperator } from '../errors.js';
import { type BatchReference, batchReferenceSchema, slackIdSchema, ulidSchema } from '../ids.js';
import {
  aspectRatioSchema,
  type GeneratedImage,
  type GenerateImage,
  type OperationInput,
  operationNames,
} from '../image-model.js';
import { aspectRatioOf, type Batch, type BatchImage, type StoredImage, sourceSchema } from './batch.js';
import type { BatchDeps } from './deps.js';
import type { Job } from './job.js';
import { sentFor } from './plan-batch.js';

/** One image to draw, as plain data: any process that shares the queue can draw it. */
export const imageTaskSchema = z.object({
  /** Of the job: the same in every attempt. */
  jobId: ulidSchema,
  /** A process that worked on the job before may have drawn it meanwhile. */
  isResumed: z.boolean(),
  /** The batch was stopped before this image was queued. */
  isStopped: z.boolean().optional(),
  /** Whose turn it takes. */
  userId: slackIdSchema,
  batch: batchReferenceSchema,
  number: z.int().positive(),
  modelId: z.string().min(1),
  request: z.object({
    prompt: z.string(),
    nativeStyle: z.string().optional(),
    negativePrompt: z.string().optional(),
    aspectRatio: aspectRatioSchema,
    seed: z.int().nonnegative(),
  }),
  input: z
    .object({ operation: z.enum(operationNames), source: sourceSchema, target: z.string().optional() })
    .optional(),
});
export type ImageTask = z.infer<typeof imageTaskSchema>;

export function imageTask(batch: Batch, image: BatchImage, job: Pick<Job, 'id' | 'task' | 'isResumed'>) {
  const { id, task, isResumed } = job;
  const { number, modelId, seed } = image;
  const { workspaceId, channelId, requesterId, input } = batch;
  const { negativePrompt } = batch.settings;
  const aspectRatio = aspectRatioOf(batch, image);
  const { prompt, nativeStyle } = sentFor(batch, image);
  return {
    jobId: id,
    isResumed,
    ...(batch.stoppedAt && { isStopped: true }),
    userId: (task.kind === 'draw' && task.again?.requesterId) || requesterId,
    batch: { workspaceId, channelId, id: batch.id },
    number,
    modelId,
    request: { prompt, nativeStyle, negativePrompt, aspectRatio, seed },
    ...(input && { input: { operation: input.operation, source: input.source, target: input.target } }),
  } satisfies ImageTask;
}

export type DrawImageDeps = Pick<BatchDeps, 'images' | 'inputs' | 'observe' | 'now' | 'log'> & {
  /** undefined for a model that cannot be called. */
  imageModel(modelId: string): GenerateImage | undefined;
};

/** An image that was paid for and saved by a process that died before it recorded it. */
export async function findSaved(
  { images, now, log }: Pick<BatchDeps, 'images' | 'now' | 'log'>,
  batch: BatchReference,
  { number, modelId, seed: askedSeed }: Pick<BatchImage, 'number' | 'modelId' | 'seed'>,
): Promise<StoredImage | undefined> {
  const saved = await images.find(batch, { number, askedSeed });
  if (!saved) return undefined;
  log.info('image was already stored', { batch: batch.id, image: number });
  const { seed, mediaType, byteLength } = saved;
  return { number, modelId, seed, state: 'stored', mediaType, byteLength, storedAt: now().toISOString() };
}

/**
 * One attempt to draw an image and save it.
 * @param deadline for both
 * @throws ImageModelError
 */
export async function drawImage(
  deps: DrawImageDeps,
  task: ImageTask,
  deadline: AbortSignal,
  onSaving: () => void,
): Promise<StoredImage> {
  const { imageModel, observe, now, log } = deps;
  const { modelId, number, batch, request } = task;
  const began = now().getTime();
  const generateImage = imageModel(modelId);
  if (!generateImage) throw new ImageModelError('retired', `No model ${modelId} can be called.`);
  const input = await prepareInput(deps, task);
  const generated = await generateImage({ ...request, input, abortSignal: deadline });
  observe({ kind: 'step ended', step: 'drawing', milliseconds: now().getTime() - began });
  await save(deps, task, generated, deadline, onSaving);
  const { mediaType, seed, bytes } = generated;
  observe({ kind: 'image ended', modelId, outcome: 'stored' });
  log.info('image stored', { batch: batch.id, image: number, modelId, milliseconds: now().getTime() - began });
  const storedAt = now().toISOString();
  return { number, modelId, seed, state: 'stored', mediaType, byteLength: bytes.byteLength, storedAt };
}

async function prepareInput(
  { inputs }: DrawImageDeps,
  { batch, input }: ImageTask,
): Promise<OperationInput | undefined> {
  if (!input) return undefined;
  const { operation, source, target } = input;
  try {
    return { operation, target, image: await inputs.load(batch.workspaceId, source, operation) };
  } catch (cause) {
    if (!(cause instanceof InputError)) throw new ImageModelError('unavailable', 'The bucket was not read.', { cause });
    const reason = cause.problem === 'gone' ? 'input_gone' : 'input_unusable';
    throw new ImageModelError(reason, `The image to work from is ${cause.problem}.`);
  }
}

export const stoppedError = () => new ImageModelError('stopped', 'The requester stopped the batch.');

/** What is recorded of an image that will not come. */
export function failImage(
  { observe, now, log }: Pick<BatchDeps, 'observe' | 'now' | 'log'>,
  { batch, number, modelId, request: { seed } }: ImageTask,
  error: unknown,
): BatchImage {
  const reason: FailureReason = error instanceof ImageModelError ? error.reason : 'failed';
  observe({ kind: 'image ended', modelId, outcome: reason });
  const severity = isForOperator(reason) ? 'error' : reason === 'stopped' ? 'info' : 'warn';
  log[severity]('image failed', { batch: batch.id, image: number, modelId, reason, error });
  return { number, modelId, seed, state: 'failed', reason, failedAt: now().toISOString() };
}

async function save(
  { images, observe, now, log }: DrawImageDeps,
  { batch, number, request }: ImageTask,
  { mediaType, seed, bytes, release }: GeneratedImage,
  deadline: AbortSignal,
  onSaving: () => void,
): Promise<void> {
  const began = now().getTime();
  try {
    await images.save(batch, { number, mediaType, askedSeed: request.seed, seed }, bytes, {
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
