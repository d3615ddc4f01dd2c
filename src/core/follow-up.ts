import type { Batch } from './batch.js';
import { nearestAspectRatio, sameAspectRatio } from './command/aspect-ratio.js';
import type { AspectRatio } from './image-model.js';
import type { ImageRequest } from './start-batch.js';
import { findStyle } from './styles.js';

/** Who asks for more of a batch, and from where. */
export interface Asker {
  requesterId: string;
  responseUrl: string;
  /** Address of the batch's message, where it has one. */
  link: string | undefined;
}

/**
 * The same prompt and settings again, with new seeds. Models that are not offered any more give way to the default, and a
 * shape that the models do not draw to the nearest that they do.
 */
export function requestAgain(batch: Batch, asker: Asker, offered: ImageRequest['models']): ImageRequest {
  const { workspaceId, channelId, threadTs, prompt, settings, images } = batch;
  const models = modelsOf(batch, offered);
  return {
    workspaceId,
    channelId,
    threadTs,
    prompt,
    negativePrompt: settings.negativePrompt,
    aspectRatio: fitAspectRatio(settings.aspectRatio, models),
    style: settings.styleId ? findStyle(settings.styleId) : undefined,
    models,
    count: images.length,
    requesterId: asker.requesterId,
    responseUrl: asker.responseUrl,
    parent: { id: batch.id, ...(asker.link && { link: asker.link }) },
  };
}

function modelsOf({ sent }: Batch, offered: ImageRequest['models']): ImageRequest['models'] {
  const used = sent.flatMap(({ modelId }) => offered.find((facts) => facts.modelId === modelId) ?? []);
  const [first, ...others] = used;
  return first ? [first, ...others] : [offered[0]];
}

function fitAspectRatio(wanted: AspectRatio, models: ImageRequest['models']): AspectRatio {
  const unfit = models.find(({ aspectRatios }) => !sameAspectRatio(wanted, aspectRatios));
  return unfit ? nearestAspectRatio(wanted, unfit.aspectRatios) : wanted;
}
