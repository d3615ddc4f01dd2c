import type { types } from '@slack/bolt';
import {
  aspectRatioOf,
  type Batch,
  findImage,
  isHiddenFrom,
  isStored,
  isWithdrawn,
  type StoredImage,
} from '../../core/batch/batch.js';
import { operateClick, releaseOperation, requestOperation, type Wanted } from '../../core/batch/operate.js';
import { startBatch } from '../../core/batch/start-batch.js';
import { RequestError } from '../../core/errors.js';
import type { BatchReference } from '../../core/ids.js';
import type { OperationName } from '../../core/image-model.js';
import type { Operation } from '../../core/model-catalog.js';
import type { Draft } from '../../core/prompt/draft.js';
import type { Visibility } from '../../core/prompt/preferences.js';
import { notifyUser } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { readMetadata } from '../form/build-form.js';
import type { Submitted } from '../form/handle-form.js';
import { chooseVisibility, loadPreferences, removeDraft } from '../form/open-form.js';
import {
  buildOperationForm,
  findEmptyFields,
  type OperationValues,
  readOperationForm,
} from '../form/operation-form.js';
import { signPreview } from '../message/deliver-batch.js';
import { imageAltText } from '../message/elements.js';
import { findLink } from '../message/permalink.js';
import { type BatchClick, type Button, handleClick, openBatchModal } from './handle-click.js';

/** In US dollars: what costs more, or asks for words, opens a form that says so. */
const maxUnasked = 0.1;

function isAsked({ fields, count, model: { pricePerImage = 0 } }: Operation): boolean {
  return fields.length > 0 || count * pricePerImage > maxUnasked;
}

/** @throws RequestError if it is offered no more */
function findOffered({ operations }: SlackDeps, name: OperationName): Operation {
  const operation = operations.list().find((offered) => offered.name === name);
  if (!operation) throw new RequestError({ kind: 'operation_not_offered' });
  return operation;
}

/** An operation chosen in the menu of an image. In a modal it always opens a form, which says what will happen. */
export async function beginOperation(deps: SlackDeps, click: BatchClick, name: OperationName): Promise<void> {
  const operation = deps.operations.list().find((offered) => offered.name === name);
  if (operation && !click.body.view && !isAsked(operation))
    return handleClick(deps, click, startAtOnce(deps, operation));
  await openBatchModal(deps, click, name, async (_, batch, draft, isPrivate) =>
    prepareOperation(
      deps,
      batch,
      { ...draft, ...(isPrivate && { visibility: 'private' }) },
      {
        operation: findOffered(deps, name),
        number: click.number || (batch.pick?.number ?? 0),
      },
    ),
  );
}

function startAtOnce(deps: SlackDeps, operation: Operation): Button {
  return {
    event: operation.name,
    want: (number, userId) => operateClick({ operation, number }, userId, deps.now()),
    async act({ stored, number, userId, clicked }) {
      const { value: batch } = stored;
      const { channelId, responseUrl, isPrivate } = clicked;
      const wanted = { operation, number: number || (batch.pick?.number ?? 0) };
      try {
        await start(deps, batch, wanted, { userId, channelId, responseUrl, isPrivate });
      } catch (error) {
        await deps.batches.change(stored, releaseOperation);
        throw error;
      }
    },
  };
}

interface Asker {
  userId: string;
  channelId: string;
  responseUrl: string | undefined;
  isPrivate: boolean;
}

async function start(deps: SlackDeps, batch: Batch, wanted: Wanted, { userId, isPrivate, ...where }: Asker) {
  const [link, visibility] = await Promise.all([
    batch.visibility === 'private' ? undefined : findLink(deps, batch),
    visibilityOf(deps, userId, batch, isPrivate),
  ]);
  await startBatch(deps, requestOperation(batch, wanted, { ...where, requesterId: userId, visibility, link }));
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

/** Keeps the draft, then makes the form for it. */
async function prepareOperation(
  deps: SlackDeps,
  batch: Batch,
  draft: Draft,
  { operation, number, ...values }: Pick<Wanted, 'operation' | 'number'> & OperationValues,
): Promise<types.ModalView> {
  const image = findImage(batch, number);
  if (batch.discardedAt) throw new RequestError({ kind: 'input_discarded' });
  if (!image || !isStored(image)) throw new RequestError({ kind: 'input_gone' });
  const { workspaceId, channelId, id } = batch;
  const kept = { ...draft, operation: { name: operation.name, batch: { workspaceId, channelId, id }, number } };
  const [shown] = await Promise.all([showImage(deps, batch, image), deps.drafts.save(kept)]);
  return buildOperationForm(kept, operation, { image: shown, aspectRatio: aspectRatioOf(batch, image), values });
}

async function showImage(deps: SlackDeps, batch: Batch, image: StoredImage): Promise<types.ImageBlock> {
  const image_url = await signPreview(deps, { ...batch, refreshedAt: deps.now().toISOString() }, image);
  return { type: 'image', image_url, alt_text: imageAltText(image.number, batch) };
}

/** "Draw" in the form for an operation. The modal below it, if there is one, closes too. */
export async function submitOperation(deps: SlackDeps, { ack, body, view }: Submitted): Promise<void> {
  const errors = findEmptyFields(view.state.values);
  if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
  await ack({ response_action: 'clear' });
  const { drafts, workspaceId, listen } = deps;
  const { draftId } = readMetadata(view.private_metadata);
  const reference = { workspaceId, userId: body.user.id, id: draftId };
  let responseUrl: string | undefined;
  const tell = (sentence: string) => notifyUser(deps, { userId: body.user.id, responseUrl })(sentence);
  await listen('operation', tell, async () => {
    const draft = await drafts.load(reference);
    responseUrl = draft?.responseUrl;
    if (!draft?.operation) throw new RequestError({ kind: 'form_unknown' });
    const { name, number } = draft.operation;
    const batch = await loadSource(deps, draft.operation.batch, draft.userId);
    const wanted = { operation: findOffered(deps, name), number, ...readOperationForm(view.state.values) };
    const { userId, channelId, visibility } = draft;
    await start(deps, batch, wanted, { userId, channelId, responseUrl, isPrivate: visibility === 'private' });
  });
  await removeDraft(deps, reference);
}

/** As it is by now. @throws RequestError if this user may not work from its images, or it is gone */
async function loadSource({ batches }: SlackDeps, reference: BatchReference, userId: string): Promise<Batch> {
  const batch = (await batches.load(reference))?.value;
  if (!batch || isHiddenFrom(batch, userId)) throw new RequestError({ kind: 'input_gone' });
  return batch;
}

/** "Change" for a batch whose operation asks for words: its form again. Undefined if that is not possible any more. */
export async function prepareOperationAgain(
  deps: SlackDeps,
  { input, images, settings, workspaceId }: Batch,
  draft: Draft,
): Promise<types.ModalView | undefined> {
  const operation = input && deps.operations.list().find(({ name }) => name === input.operation);
  if (!input || !operation || operation.fields.length === 0) return undefined;
  const { source, target, text } = input;
  const batch = await loadSource(deps, { workspaceId, channelId: source.channelId, id: source.id }, draft.userId);
  const aspectRatios = images.map(({ aspectRatio = settings.aspectRatio }) => aspectRatio);
  return prepareOperation(deps, batch, draft, { operation, number: source.number, target, text, aspectRatios });
}
