import { type Batch, messageOf } from './batch.js';
import type { ImageModelFacts } from './image-model.js';
import type { FindFacts } from './recipe.js';
import type { ImageRequest } from './start-batch.js';
import { findStyle } from './styles.js';

/** Who asks for more of a batch, and from where. */
export interface Asker {
  requesterId: string;
  channelId: string;
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
  const { workspaceId, prompt, settings, images } = batch;
  const { channelId } = asker;
  return {
    workspaceId,
    channelId,
    threadTs: threadIn(batch, channelId),
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

/** The thread that the batch was asked for in; none where it was brought to since. */
export function threadIn(batch: Batch, channelId: string): string | undefined {
  const { threadTs } = messageOf(batch) ?? batch;
  return channelId === batch.channelId ? threadTs : undefined;
}

function modelsOf(batch: Batch, findFacts: FindFacts, fallback: ImageModelFacts): ImageRequest['models'] {
  const [first, ...others] = batch.sent.flatMap(({ modelId }) => findFacts(modelId) ?? []);
  return first ? [first, ...others] : [fallback];
}
