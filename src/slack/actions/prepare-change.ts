import type { types } from '@slack/bolt';
import { type Batch, findImage, promptOf } from '../../core/batch/batch.js';
import { threadIn } from '../../core/batch/plan-batch.js';
import type { OperationName } from '../../core/image-model.js';
import { findModel, services } from '../../core/model-catalog.js';
import type { Draft, DraftIdeas, DraftImage } from '../../core/prompt/draft.js';
import type { SlackDeps } from '../deps.js';
import { usesOfImage } from '../form/image-fields.js';
import { prepareForm } from '../form/open-form.js';
import { findLink } from '../message/permalink.js';
import type { Origin } from './handle-click.js';
import { prepareOperationAgain, visibilityOf } from './operate.js';

/** Once an image is picked, with its seed and its model. */
export async function prepareChange(
  deps: SlackDeps,
  batch: Batch,
  draft: Draft,
  origin: Pick<Origin, 'isPrivate' | 'draftId'>,
): Promise<types.ModalView> {
  const { isPrivate } = origin;
  const again = await prepareOperationAgain(deps, batch, draft, origin);
  if (again) return again;
  const { settings, sent, images, pick } = batch;
  const [link, visibility] = await Promise.all([
    findLink(deps, batch),
    visibilityOf(deps, draft.userId, batch, isPrivate),
  ]);
  const parent = { id: batch.id, ...(link && { link }) };
  const where = { threadTs: threadIn(batch, draft.channelId), replaces: isPrivate, visibility };
  const picked = pick && findImage(batch, pick.number);
  const prompt = promptOf(batch, picked);
  const used = (picked ? [picked] : sent).flatMap(({ modelId }) => findModel(modelId) ?? []);
  const models = used.filter((modelInfo) => !services.includes(modelInfo));
  const seed = picked && models[0]?.takesSeed && !batch.input ? picked.seed : settings.seed;
  const kept = keepImage(deps, batch, draft.userId);
  const ideas = picked ? undefined : ideasOf(batch);
  const values = {
    prompt: ideas ? '' : prompt,
    ...settings,
    seed,
    styleId: settings.styleId ?? '',
    models,
    imageUse: kept?.use,
  };
  const image = kept && { image: kept.image };
  const count = kept || !batch.input ? images.length : undefined; // a new prompt is worth the usual number
  const changes = { ...where, ...image, parent, ...(count && { count }), ...(ideas && { ideas }) };
  return prepareForm(deps, { ...draft, ...changes }, values);
}

/** The prompts of a batch that was drawn from several, to be chosen from again. */
function ideasOf({ images }: Batch): DraftIdeas | undefined {
  const prompts = images.flatMap(({ prompt, title = '' }) => (prompt ? [{ title, prompt }] : []));
  const proposals = prompts.filter((one, index) => prompts.findIndex(({ prompt }) => prompt === one.prompt) === index);
  return proposals.length > 1 ? { round: 1, proposals } : undefined;
}

/** The image that a batch works from, unless it is another user's own: variations are drawn from it with a new prompt. */
function keepImage(
  deps: SlackDeps,
  { input, requesterId }: Batch,
  userId: string,
): { image: DraftImage; use: OperationName } | undefined {
  if (!input || (input.source.number === 0 && requesterId !== userId)) return undefined;
  const use = /^vary_/.test(input.operation) ? 'image_to_image' : input.operation;
  const isOffered = usesOfImage(deps).some(({ name }) => name === use);
  return isOffered ? { image: input.source, use } : undefined;
}
