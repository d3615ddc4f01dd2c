import type { AspectRatio, ModelInfo } from '../image-model.js';
import { applyStyle, type Style } from '../prompt/styles.js';
import type { Batch } from './batch.js';
import { chooseSeeds } from './seeds.js';

/** What a person asked for, checked and in plain words. */
export interface ImageRequest {
  workspaceId: string;
  channelId: string;
  /** The thread to answer in; left out, the channel itself. */
  threadTs?: string | undefined;
  requesterId: string;
  prompt: string;
  negativePrompt?: string | undefined;
  /** Left out: what the first model draws by itself. */
  aspectRatio?: AspectRatio | undefined;
  style?: Style | undefined;
  /** The first image's; left out, a random one. */
  seed?: number | undefined;
  /** The images are dealt out among these. */
  models: readonly [ModelInfo, ...ModelInfo[]];
  count: number;
  parent?: Batch['parent'];
  /** Slack's answer address of the request, for places where the bot may not post. */
  responseUrl?: string | undefined;
}

export interface PlanBatchDependencies {
  newBatchId(): string;
  now(): Date;
  random(): number;
}

/** A new batch as its record begins: every image pending. */
export function planBatch(request: ImageRequest, { newBatchId, now, random }: PlanBatchDependencies): Batch {
  const { workspaceId, channelId, requesterId, threadTs, prompt, models, parent } = request;
  return {
    version: 1,
    revision: 0,
    id: newBatchId(),
    workspaceId,
    channelId,
    requesterId,
    requestedAt: now().toISOString(),
    prompt,
    settings: planSettings(request),
    sent: models.map((modelInfo) => ({ modelId: modelInfo.modelId, ...applyStyle(prompt, request.style, modelInfo) })),
    ...(parent && { parent }),
    ...(threadTs && { threadTs }),
    images: planImages(request, random),
  };
}

function planSettings({ negativePrompt, aspectRatio, style, seed, models }: ImageRequest): Batch['settings'] {
  return {
    aspectRatio: aspectRatio ?? models[0].defaultAspectRatio,
    ...(negativePrompt && { negativePrompt }),
    ...(style && { styleId: style.id }),
    ...(seed !== undefined && { seed }),
  };
}

/** Several models take turns, so that each draws as many as the others, or one fewer. */
function planImages({ models, count, seed }: ImageRequest, random: () => number): Batch['images'] {
  const seedRange = {
    min: Math.max(...models.map((modelInfo) => modelInfo.seedRange.min)),
    max: Math.min(...models.map((modelInfo) => modelInfo.seedRange.max)),
  };
  const range = seed === undefined ? seedRange : { min: seed, max: seed + count - 1 };
  return chooseSeeds(count, range, random).map((imageSeed, index) => ({
    number: index + 1,
    modelId: (models[index % models.length] ?? models[0]).modelId,
    seed: imageSeed,
    state: 'pending',
  }));
}
