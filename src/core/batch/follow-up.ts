import type { AspectRatio } from '../image-model.js';
import { nearestAspectRatio, sameAspectRatio } from '../prompt/command/aspect-ratio.js';
import { findStyle } from '../prompt/styles.js';
import { type Batch, messageOf } from './batch.js';
import type { ImageRequest } from './plan-batch.js';

/** Who asks for more of a batch, and from where. */
export interface Asker {
  requesterId: string;
  channelId: string;
  responseUrl: string;
  /** Address of the batch's message, where it has one. */
  link: string | undefined;
}

/**
 * The same prompt and settings again, with new seeds. Models that are not offered any more give way to the default, and a
 * shape that the models do not draw to the nearest that they do.
 */
export function requestAgain(batch: Batch, asker: Asker, offered: ImageRequest['models']): ImageRequest {
  const { workspaceId, prompt, settings, images } = batch;
  const { channelId } = asker;
  const models = modelsOf(batch, offered);
  return {
    workspaceId,
    channelId,
    threadTs: threadIn(batch, channelId),
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

/** The thread that the batch was asked for in; none where it was brought to since. */
export function threadIn(batch: Batch, channelId: string): string | undefined {
  const { threadTs } = messageOf(batch) ?? batch;
  return channelId === batch.channelId ? threadTs : undefined;
}

function modelsOf({ sent }: Batch, offered: ImageRequest['models']): ImageRequest['models'] {
  const used = sent.flatMap(({ modelId }) => offered.find((modelInfo) => modelInfo.modelId === modelId) ?? []);
  const [first, ...others] = used;
  return first ? [first, ...others] : [offered[0]];
}

function fitAspectRatio(wanted: AspectRatio, models: ImageRequest['models']): AspectRatio {
  const unfit = models.find(({ aspectRatios }) => !sameAspectRatio(wanted, aspectRatios));
  return unfit ? nearestAspectRatio(wanted, unfit.aspectRatios) : wanted;
}
