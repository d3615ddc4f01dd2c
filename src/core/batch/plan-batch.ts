import { type AspectRatio, defaultAspectRatio, type ModelInfo, type Models } from '../image-model.js';
import { findModel, models } from '../model-catalog.js';
import { nearestAspectRatio, sameAspectRatio } from '../prompt/aspect-ratio.js';
import { type CheckedRequest, commonSeeds, orDefault } from '../prompt/command/check-request.js';
import { applyStyle, findStyle } from '../prompt/styles.js';
import { shorten } from '../shorten.js';
import { type Batch, type BatchImage, messageOf } from './batch.js';
import type { BatchDeps } from './deps.js';

/** Unless the user asks for fewer. */
export const imagesPerBatch = 4;

/** What one image of several is to show, and its name. */
export interface ImagePrompt {
  title: string;
  prompt: string;
}

/** What a user asked for, checked, and where to show it. */
export interface ImageRequest extends Omit<CheckedRequest, 'withoutStyle' | 'refine' | 'asIs'> {
  workspaceId: string;
  channelId: string;
  /** The thread to answer in; left out, the channel itself. */
  threadTs?: string | undefined;
  requesterId: string;
  /** Of the batch, if its folder is in use already. */
  id?: string | undefined;
  parent?: Batch['parent'];
  input?: Batch['input'];
  /** One image for each; left out: all have the one of the request. */
  aspectRatios?: readonly AspectRatio[] | undefined;
  /** The same; the first is the prompt of the request. */
  prompts?: readonly ImagePrompt[] | undefined;
  /** As typed, if the prompt is its translation. */
  original?: string | undefined;
  /** Slack's response_url of the request, for conversations in which the bot may not post. */
  responseUrl?: string | undefined;
  /** It came with a click in a private message, which the new batch replaces. */
  replaces?: boolean | undefined;
}

/** A new batch as its record begins: every image pending. */
export function planBatch(
  { newId, now, random }: Pick<BatchDeps, 'newId' | 'now' | 'random'>,
  request: ImageRequest,
): Batch {
  const { workspaceId, channelId, requesterId, threadTs, visibility, prompt, original, models, parent, input } =
    request;
  const { negativePrompt, aspectRatio = defaultAspectRatio, style, seed } = request;
  return {
    version: 1,
    revision: 0,
    id: request.id ?? newId(),
    workspaceId,
    channelId,
    requesterId,
    requestedAt: now().toISOString(),
    ...(visibility === 'private' && { visibility }),
    prompt,
    ...(original && { original }),
    settings: {
      aspectRatio,
      ...(negativePrompt && { negativePrompt }),
      ...(style && { styleId: style.id }),
      ...(seed !== undefined && { seed }),
    },
    sent: models.map((modelInfo) => ({ modelId: modelInfo.modelId, ...promptFor(modelInfo, request) })),
    ...(input && { input }),
    ...(parent && { parent }),
    ...(threadTs && { threadTs }),
    images: planImages(request, random),
  };
}

/** What the model is sent: an operation's own words, or the prompt in its style. One of another model's may be too long. */
function promptFor(modelInfo: ModelInfo, { prompt, style, input }: Pick<ImageRequest, 'prompt' | 'style' | 'input'>) {
  if (input?.text) return { prompt: input.text };
  const styled = applyStyle(prompt, style, modelInfo);
  return input ? { ...styled, prompt: shorten(styled.prompt, modelInfo.promptLimit) } : styled;
}

/**
 * Several models take turns, so that each draws as many as the others, or one fewer. Consecutive seeds, so that a batch is
 * described by its first seed and no two of its images are alike.
 */
function planImages(
  { models, count, seed, aspectRatios, prompts }: ImageRequest,
  random: () => number,
): Batch['images'] {
  const firstSeed = seed ?? chooseSeed(commonSeeds(models, count), random);
  return Array.from({ length: count }, (_, index) => {
    const { modelId, seedRange } = models[index % models.length] ?? models[0];
    const seed = fitSeed(fitSeed(firstSeed, seedRange) + index, seedRange);
    const aspectRatio = aspectRatios?.[index];
    const own = prompts?.[index];
    const differs = { ...(aspectRatio && { aspectRatio }), ...(own && ownPrompt(own)) };
    return { number: index + 1, modelId, seed, state: 'pending', ...differs };
  });
}

const ownPrompt = ({ title, prompt }: ImagePrompt) => ({ prompt, ...(title && { title }) });

/** What the model of this image is sent. */
export function sentFor(batch: Batch, image: BatchImage): { prompt: string; nativeStyle?: string | undefined } {
  const { prompt, sent, settings, input } = batch;
  const ofBatch = sent.find(({ modelId }) => modelId === image.modelId);
  const modelInfo = image.prompt ? findModel(image.modelId) : undefined;
  if (!image.prompt || !modelInfo) return ofBatch ?? { prompt };
  return promptFor(modelInfo, { prompt: image.prompt, style: findStyle(settings.styleId ?? ''), input });
}

/** A seed as the model takes it: one out of its range, such as another model's, is counted on from the range's other end. */
export function fitSeed(seed: number, { min, max }: ModelInfo['seedRange']): number {
  const size = max - min + 1;
  return min + ((((seed - min) % size) + size) % size);
}

/** Never 0, which models read as "random". */
export function chooseSeed({ min, max }: { min: number; max: number }, random: () => number): number {
  const lowest = Math.max(1, min);
  return lowest + Math.floor(random() * (max - lowest + 1));
}

/** One that every model takes, as only the record says which of them draws the image again. */
export function chooseRetrySeed(random: () => number): number {
  return chooseSeed(commonSeeds(models, 1), random);
}

/** Something the user asked for that a model cannot do but can do without: it is not sent there. */
export type Warning = {
  given: string;
  /** The model's label. */
  model: string;
} & ({ lacks: 'negative_prompt' | 'seed' } | { lacks: 'this_seed'; used: number });

export function findWarnings({ settings: { negativePrompt, seed }, sent }: Batch): Warning[] {
  const asked = sent.flatMap(({ modelId }) => findModel(modelId) ?? []);
  return asked.flatMap(({ label: model, takesNegativePrompt, takesSeed, seedRange }) => {
    const warnings: Warning[] = [];
    if (negativePrompt && !takesNegativePrompt)
      warnings.push({ lacks: 'negative_prompt', given: negativePrompt, model });
    if (seed === undefined) return warnings;
    const used = fitSeed(seed, seedRange);
    if (!takesSeed) warnings.push({ lacks: 'seed', given: String(seed), model });
    else if (used !== seed) warnings.push({ lacks: 'this_seed', given: String(seed), model, used });
    return warnings;
  });
}

/**
 * The same request again with new seeds, from the same image if there is one. A model that is no longer offered gives way
 * to the default, and an aspect ratio that the models do not draw to the nearest one that they do.
 * @param asked by whom and where; `link` is the URL of the batch's message, if it has one
 */
export function requestAgain(
  batch: Batch,
  {
    link,
    ...asked
  }: Pick<ImageRequest, 'requesterId' | 'channelId' | 'responseUrl' | 'visibility' | 'replaces'> & {
    link: string | undefined;
  },
  offered: Models,
): ImageRequest {
  const { workspaceId, prompt, original, settings, sent, images, input } = batch;
  const findOffered = (id: string) => offered.find(({ modelId }) => modelId === id);
  const used = sent.flatMap(({ modelId }) => (input ? findModel : findOffered)(modelId) ?? []);
  const models = orDefault(used, offered);
  const aspectRatios = images.flatMap(({ aspectRatio }) => aspectRatio ?? []);
  const prompts = images.flatMap((image) => (image.prompt ? { prompt: image.prompt, title: image.title ?? '' } : []));
  return {
    ...asked,
    workspaceId,
    threadTs: threadIn(batch, asked.channelId),
    prompt,
    negativePrompt: settings.negativePrompt ?? '',
    aspectRatio: input ? settings.aspectRatio : fitAspectRatio(settings.aspectRatio, models),
    style: settings.styleId ? findStyle(settings.styleId) : undefined,
    seed: undefined,
    models,
    count: images.length,
    ...(input ? { input, parent: batch.parent } : { parent: { id: batch.id, ...(link && { link }) } }),
    ...(aspectRatios.length > 0 && { aspectRatios }),
    ...(prompts.length > 0 && { prompts }),
    ...(original && { original }),
  };
}

/** The thread that the batch was asked for in; none in a channel it was brought to later. */
export function threadIn(batch: Batch, channelId: string): string | undefined {
  const { threadTs } = messageOf(batch) ?? batch;
  return channelId === batch.channelId ? threadTs : undefined;
}

function fitAspectRatio(wanted: AspectRatio, models: Models): AspectRatio {
  const unfit = models.find(({ aspectRatios }) => !sameAspectRatio(wanted, aspectRatios));
  return unfit ? nearestAspectRatio(wanted, unfit.aspectRatios) : wanted;
}
