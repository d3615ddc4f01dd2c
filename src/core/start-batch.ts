import type { Batch, BatchReference, Destination } from './batch.js';
import type { BatchStore } from './batch-store.js';
import type { AspectRatio, ImageModelFacts } from './image-model.js';
import { chooseSeeds } from './seeds.js';

/** What a person asked for, checked and in plain words. */
export interface ImageRequest {
  workspaceId: string;
  channelId: string;
  requesterId: string;
  prompt: string;
  negativePrompt?: string;
  aspectRatio: AspectRatio;
  model: ImageModelFacts;
  count: number;
  /** Slack's answer address of the request, for places where the bot may not post. */
  responseUrl: string;
}

export interface StartBatchDependencies {
  batches: BatchStore;
  /** Shows that work has begun, and says where. */
  announceBatch(batch: Batch, responseUrl: string): Promise<Destination>;
  enqueue(reference: BatchReference): void;
  newBatchId(): string;
  now(): Date;
  random(): number;
}

export type StartBatch = (request: ImageRequest) => Promise<void>;

/** Record first, then the message, then the work: whatever is shown can be found again after a crash. */
export function createStartBatch(dependencies: StartBatchDependencies): StartBatch {
  const { batches, announceBatch, enqueue } = dependencies;
  return async (request) => {
    const stored = await batches.create(planBatch(request, dependencies));
    const destination = await announceBatch(stored.batch, request.responseUrl);
    const { batch } = await batches.change(stored, (unannounced) => ({ ...unannounced, destination }));
    enqueue(batch);
  };
}

function planBatch(
  request: ImageRequest,
  { newBatchId, now, random }: Pick<StartBatchDependencies, 'newBatchId' | 'now' | 'random'>,
): Batch {
  const { workspaceId, channelId, requesterId, prompt, negativePrompt, aspectRatio, model, count } = request;
  return {
    version: 1,
    id: newBatchId(),
    workspaceId,
    channelId,
    requesterId,
    requestedAt: now().toISOString(),
    prompt,
    settings: { aspectRatio, ...(negativePrompt ? { negativePrompt } : {}) },
    images: chooseSeeds(count, model.seedRange, random).map((seed, index) => ({
      number: index + 1,
      modelId: model.modelId,
      seed,
      state: 'pending',
    })),
  };
}
