import type { types } from '@slack/bolt';
import { aspectRatioOf, type Batch, isHiddenFrom, isWithdrawn, type StoredImage } from '../../core/batch/batch.js';
import { checkInput } from '../../core/batch/check-input.js';
import { requireOffered } from '../../core/batch/offered-operations.js';
import {
  findSource,
  numberOf,
  operateClick,
  releaseOperation,
  requestOperation,
  type Wanted,
} from '../../core/batch/operate.js';
import type { ImageRequest } from '../../core/batch/plan-batch.js';
import { startBatch } from '../../core/batch/start-batch.js';
import { RequestError } from '../../core/errors.js';
import type { BatchReference } from '../../core/ids.js';
import type { OperationName } from '../../core/image-model.js';
import type { Operation } from '../../core/model-catalog.js';
import type { Draft } from '../../core/prompt/draft.js';
import type { Visibility } from '../../core/prompt/preferences.js';
import type { Stored } from '../../core/records.js';
import type { SlackDeps } from '../deps.js';
import { chooseVisibility, loadPreferences } from '../form/open-form.js';
import { buildOperationForm, type OperationValues } from '../form/operation-form.js';
import { signPreview } from '../message/deliver-batch.js';
import { imageAltText } from '../message/elements.js';
import { findLink } from '../message/permalink.js';
import { type BatchClick, type Button, handleClick, type Origin, openBatchModal } from './handle-click.js';

/** In US dollars: what costs more, or asks for words, opens a form that says so. */
const maxWithoutConfirmation = 0.1;

function needsForm({ fields, count, model: { pricePerImage = 0 } }: Operation): boolean {
  return fields.length > 0 || count * pricePerImage > maxWithoutConfirmation;
}

/** An operation chosen in the menu of an image. In a modal it always opens a form, which says what will happen. */
export async function beginOperation(deps: SlackDeps, click: BatchClick, name: OperationName): Promise<void> {
  const operation = deps.operations.list().find((offered) => offered.name === name);
  if (operation && !click.body.view && !needsForm(operation))
    return handleClick(deps, click, startAtOnce(deps, operation));
  await openBatchModal(deps, click, name, async (_, batch, draft, origin) =>
    prepareOperation(deps, batch, draft, origin, {
      operation: requireOffered(deps.operations, name),
      number: numberOf(batch, click.number),
    }),
  );
}

function startAtOnce(deps: SlackDeps, operation: Operation): Button {
  return {
    event: operation.name,
    want: (number, userId) => operateClick({ operation, number }, userId, { clickId: deps.newId(), now: deps.now() }),
    async act({ stored, number, userId, clicked: { channelId, responseUrl, isPrivate } }) {
      const wanted = { operation, number: numberOf(stored.value, number) };
      try {
        const visibility = await visibilityOf(deps, userId, stored.value, isPrivate);
        await startOperation(deps, stored.value, wanted, { requesterId: userId, channelId, responseUrl, visibility });
      } catch (error) {
        await release(deps, stored, wanted, userId, error);
        throw error;
      }
    },
  };
}

/** Unless its images come all the same. */
async function release(
  { batches, log }: SlackDeps,
  stored: Stored<Batch>,
  wanted: Wanted,
  userId: string,
  why: unknown,
) {
  if (why instanceof RequestError && why.problem.kind === 'images_delayed') return;
  await batches
    .change(stored, (batch) => releaseOperation(batch, wanted, userId))
    .catch((error: unknown) => log.warn('operation not released', { batch: stored.value.id, error }));
}

type Asked = Pick<ImageRequest, 'requesterId' | 'channelId' | 'responseUrl' | 'visibility'>;

/** @throws RequestError */
export async function startOperation(deps: SlackDeps, batch: Batch, wanted: Wanted, asked: Asked): Promise<void> {
  const link = batch.visibility === 'private' ? undefined : await findLink(deps, batch);
  await startBatch(deps, requestOperation(batch, wanted, { ...asked, link }));
}

/** What is asked for from a private message is private too, unless that is private only because a prompt was refused. */
export async function visibilityOf(
  deps: SlackDeps,
  userId: string,
  batch: Batch,
  isPrivate: boolean,
): Promise<Visibility> {
  return isPrivate && !isWithdrawn(batch) ? 'private' : chooseVisibility(deps, await loadPreferences(deps, userId));
}

type FormOrigin = Pick<Origin, 'isPrivate' | 'draftId'>;

/** Keeps the draft, then makes the form for it. @throws RequestError if this is not possible with this image */
async function prepareOperation(
  deps: SlackDeps,
  batch: Batch,
  draft: Draft,
  { isPrivate, draftId: below }: FormOrigin,
  { operation, number, ...values }: Pick<Wanted, 'operation' | 'number'> & OperationValues,
): Promise<types.ModalView> {
  const image = findSource(batch, number);
  const { workspaceId, channelId, id } = batch;
  const source = { channelId, id, number, mediaType: image.mediaType };
  const [visibility, shown] = await Promise.all([
    draft.visibility ?? visibilityOf(deps, draft.userId, batch, isPrivate),
    showImage(deps, batch, image),
    checkInput(deps, { workspaceId, requesterId: draft.userId }, { operation: operation.name, source }),
  ]);
  const asked = { name: operation.name, batch: { workspaceId, channelId, id }, number, ...(below && { below }) };
  const kept: Draft = { ...draft, visibility, operation: asked };
  await deps.drafts.save(kept);
  return buildOperationForm(kept, operation, { image: shown, aspectRatio: aspectRatioOf(batch, image), values });
}

async function showImage(deps: SlackDeps, batch: Batch, image: StoredImage): Promise<types.ImageBlock> {
  const image_url = await signPreview(deps, { ...batch, refreshedAt: deps.now().toISOString() }, image);
  if (image_url === undefined) throw new RequestError({ kind: 'input_gone' });
  return { type: 'image', image_url, alt_text: imageAltText(image.number, batch) };
}

/** As it is by now. @throws RequestError if this user may not work from its images, or it is gone */
export async function loadSource({ batches }: SlackDeps, reference: BatchReference, userId: string): Promise<Batch> {
  const batch = (await batches.load(reference))?.value;
  if (!batch) throw new RequestError({ kind: 'input_gone' });
  if (isHiddenFrom(batch, userId)) throw new RequestError({ kind: 'input_private' });
  return batch;
}

/** "Change" for a batch whose operation asks for words: its form again. Undefined if that is not possible any more. */
export async function prepareOperationAgain(
  deps: SlackDeps,
  shown: Batch,
  draft: Draft,
  origin: FormOrigin,
): Promise<types.ModalView | undefined> {
  const { input, images, settings, workspaceId } = shown;
  const operation = input && deps.operations.list().find(({ name }) => name === input.operation);
  if (!input || !operation || operation.fields.length === 0) return undefined;
  const { source, target, text } = input;
  const aspectRatios = images.map(({ aspectRatio = settings.aspectRatio }) => aspectRatio);
  const values = { operation, number: source.number, target, text, aspectRatios };
  try {
    const batch = await loadSource(deps, { workspaceId, channelId: source.channelId, id: source.id }, draft.userId);
    const visibility = await visibilityOf(deps, draft.userId, shown, origin.isPrivate);
    return await prepareOperation(deps, batch, { ...draft, visibility }, origin, values);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return undefined; // its prompt can still be changed
  }
}
