import type { Batch } from './batch.js';
import type { ImageModelFacts } from './image-model.js';
import type { FindFacts } from './recipe.js';
import type { ImageRequest } from './start-batch.js';
import { findStyle } from './styles.js';

/** Who asks for more of a batch, and from where. */
export interface Asker {
  requesterId: string;
  responseUrl: string;
  /** Address of the batch's message, where it has one. */
  link: string | undefined;
}

/** The same prompt and settings again; the seeds are new unless the person chose one. Models that are gone give way to `fallback`. */
export function requestAgain(
  batch: Batch,
  asker: Asker,
  findFacts: FindFacts,
  fallback: ImageModelFacts,
): ImageRequest {
  const { workspaceId, channelId, threadTs, prompt, settings, images } = batch;
  return {
    workspaceId,
    channelId,
    threadTs,
    prompt,
    negativePrompt: settings.negativePrompt,
    aspectRatio: settings.aspectRatio,
    style: settings.styleId ? findStyle(settings.styleId) : undefined,
    models: modelsOf(batch, findFacts, fallback),
    count: images.length,
    requesterId: asker.requesterId,
    responseUrl: asker.responseUrl,
    parent: { id: batch.id, ...(asker.link && { link: asker.link }) },
  };
}

function modelsOf(batch: Batch, findFacts: FindFacts, fallback: ImageModelFacts): ImageRequest['models'] {
  const [first, ...others] = batch.sent.flatMap(({ modelId }) => findFacts(modelId) ?? []);
  return first ? [first, ...others] : [fallback];
}
