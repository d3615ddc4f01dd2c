import { checkInput, refuseInput } from '../../core/batch/check-input.js';
import { requireOffered } from '../../core/batch/offered-operations.js';
import type { ImageRequest } from '../../core/batch/plan-batch.js';
import { RequestError } from '../../core/errors.js';
import type { Operation } from '../../core/model-catalog.js';
import { aspectRatioNear } from '../../core/prompt/aspect-ratio.js';
import type { Draft } from '../../core/prompt/draft.js';
import type { SlackDeps } from '../deps.js';
import { imageOfDraft } from './image-fields.js';

/**
 * The image that a user gave, as a request has it: downloaded and stored in the folder of the batch to come, unless an
 * earlier batch has it.
 * @param image as in the metadata of the form
 * @throws RequestError
 */
export async function takeImage(
  deps: SlackDeps,
  { channelId, userId, image: kept }: Draft,
  image: string,
  { name: operation }: Operation,
): Promise<Pick<ImageRequest, 'id' | 'input' | 'aspectRatio'>> {
  const { downloadFile, inputs, operations, workspaceId, newId } = deps;
  if (!downloadFile) throw new RequestError({ kind: 'operation_not_offered' });
  requireOffered(operations, operation); // before a download
  const given = image === imageOfDraft ? kept : { fileId: image };
  if (!given) throw new RequestError({ kind: 'form_unknown' });
  const id = newId();
  const isFile = 'fileId' in given;
  const source = isFile
    ? await refuseInput(inputs.keep({ workspaceId, channelId, id }, await downloadFile(given.fileId), operation))
    : given;
  const input = { operation, source };
  const { width, height } = await checkInput(deps, { workspaceId, requesterId: userId }, input);
  return { ...(isFile && { id }), input, aspectRatio: aspectRatioNear(width, height) };
}

/** A refused request leaves nothing behind: the image of a batch without a record is removed. Never rejects. */
export async function forgetImage(
  { batches, images, log, workspaceId }: SlackDeps,
  { id, input }: Pick<ImageRequest, 'id' | 'input'>,
): Promise<void> {
  if (!id || !input) return;
  const batch = { workspaceId, channelId: input.source.channelId, id };
  try {
    if (!(await batches.load(batch))) await images.removeInput(batch, input.source.mediaType);
  } catch (error) {
    log.warn('image of a refused request not removed', { batch: id, error });
  }
}
