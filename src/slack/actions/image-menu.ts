import type { BlockAction, SlackActionMiddlewareArgs, StaticSelectAction, ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { clickBy, lookClick, withImage } from '../../core/batch/actions.js';
import { type Batch, type ClickedMessage, messageOf } from '../../core/batch/batch.js';
import { deleteClick, othersClick, switchClick } from '../../core/batch/change-pick.js';
import { deleteOldFiles, keepPick, markPicked } from '../../core/batch/keep-pick.js';
import { RequestError } from '../../core/errors.js';
import { operationNames } from '../../core/image-model.js';
import { postToResponseUrl } from '../api/response-url.js';
import { BlocksRefusedError } from '../api/slack-errors.js';
import type { SlackDeps } from '../deps.js';
import { readMetadata } from '../form/build-form.js';
import { showModal } from '../form/open-form.js';
import { signSheet } from '../message/deliver-batch.js';
import { readChoice } from '../message/elements.js';
import { buildOtherImages, imageChoices } from '../message/image-menu.js';
import { removeMessage } from './batch-buttons.js';
import { buildDetails, showFullSize } from './batch-modals.js';
import {
  type BatchClick,
  type Button,
  decide,
  handleClick,
  openBatchModal,
  readClickedMessage,
} from './handle-click.js';
import { beginOperation } from './operate.js';
import { prepareChange } from './prepare-change.js';

export type ChosenInMenu = SlackActionMiddlewareArgs<BlockAction<StaticSelectAction>>;

/** Null once a choice was cleared. */
const choiceSchema = z.object({ selected_option: z.object({ value: z.string() }).nullish() });

/** The menu of an image. A value that is not ours does nothing. */
export async function chooseInMenu(deps: SlackDeps, { ack, body, action }: ChosenInMenu): Promise<void> {
  await ack();
  const value = choiceSchema.safeParse(action).data?.selected_option?.value;
  const operation = readChoice(operationNames, value);
  if (operation) {
    const { choice, ...image } = operation;
    await beginOperation(deps, { body, ...image }, choice);
    return body.view
      ? resetFullSize(deps, body.view, { userId: body.user.id, ...image })
      : resetMenu(deps, { body, ...image });
  }
  const chosen = readChoice(imageChoices, value);
  if (!chosen) return;
  const click = { body, batchId: chosen.batchId, number: 0 };
  switch (chosen.choice) {
    case 'other_images':
      await handleClick(deps, click, showOthers(deps));
      if (readClickedMessage(body).isPrivate) return; // the other images took its place
      break;
    case 'change':
      await openBatchModal(deps, click, 'edit', prepareChange);
      break;
    case 'details':
      await openBatchModal(deps, click, 'details', async (_, batch) => buildDetails(batch));
      break;
    case 'delete':
      await handleClick(deps, click, deleteImage(deps));
      break;
  }
  await resetMenu(deps, click);
}

/** Shows the message with a menu in which nothing is chosen, so that the same can be chosen again. */
async function resetMenu(deps: SlackDeps, { body, batchId }: BatchClick): Promise<void> {
  const clicked = readClickedMessage(body);
  try {
    const outcome = await decide(deps, clicked.channelId, batchId, clickBy(body.user.id, lookClick));
    if (outcome.kind !== 'done' || outcome.stored.value.discardedAt) return; // deleted
    await deps.messages.showClicked(outcome.stored.value, clicked);
  } catch (error) {
    deps.log.warn('menu not reset', { batch: batchId, error });
  }
}

/** The same for the menus of Full size, below the form that one of them opened. */
async function resetFullSize(
  deps: SlackDeps,
  { id: view_id, private_metadata }: Pick<ViewOutput, 'id' | 'private_metadata'>,
  { userId, batchId }: { userId: string; batchId: string },
): Promise<void> {
  const { clients, workspaceId, log } = deps;
  const { channelId, draftId: id, visibility } = readMetadata(private_metadata);
  try {
    const outcome = await decide(deps, channelId, batchId, clickBy(userId, lookClick));
    if (outcome.kind !== 'done') return;
    const draft = { version: 1, workspaceId, userId, id, channelId, visibility } as const;
    const full = await showFullSize(deps, outcome.stored.value, draft);
    await showModal(full, (view) => clients.retrying.views.update({ view_id, view }));
  } catch (error) {
    log.info('menus not reset', { batch: batchId, error }); // the modal may be closed by now
  }
}

function showOthers(deps: SlackDeps): Button {
  return {
    event: 'other images',
    want: (_, userId, clicked) => othersClick(userId, clicked, deps.now()),
    act: ({ stored, clicked }) => postOthers(deps, stored.value, clicked),
  };
}

/** Below the picked image, for this user alone, or in its place if that is private too. */
async function postOthers(deps: SlackDeps, batch: Batch, { responseUrl, isPrivate }: ClickedMessage): Promise<void> {
  const post = (sheet: string | undefined) =>
    postToResponseUrl(responseUrl, {
      ...buildOtherImages(batch, sheet, isPrivate),
      response_type: 'ephemeral',
      replace_original: isPrivate,
    });
  const sheet = await signSheet(deps, { ...batch, refreshedAt: deps.now().toISOString() });
  await post(sheet).catch((error: unknown) => {
    if (!sheet || !(error instanceof BlocksRefusedError)) throw error;
    deps.log.warn('other images shown without their sheet', { batch: batch.id, error });
    return post(undefined);
  });
}

/** One of the other images takes the place of the picked one. */
export function switchImage(deps: SlackDeps): Button {
  const { messages, newId, now, log } = deps;
  return {
    event: 'switch',
    want: (number, userId, clicked) =>
      withImage(deps, number, switchClick(number, userId, clicked, { clickId: newId(), now: now() })),
    async act({ stored, clicked, job }) {
      const { task, responseUrl } = job ?? {};
      const menu = task?.kind === 'pick' && task.clicked && responseUrl && { ...task.clicked, responseUrl };
      // without a message for everyone, the image was picked in private
      const isShared = menu || (stored.value.visibility !== 'private' && messageOf(stored.value));
      try {
        await job?.run(async () => {
          if (isShared) await keepPick(deps, stored, menu ? { ...menu, isPrivate: false } : clicked);
          else await Promise.all([messages.showClicked(stored.value, clicked), markPicked(deps, stored.value)]);
        });
      } catch (error) {
        log.error('pick not shown yet', { batch: stored.value.id, error });
        throw error instanceof RequestError ? error : new RequestError({ kind: 'pick_delayed' });
      }
      if (menu) await messages.removePrivateCopy(clicked);
    },
  };
}

/** The file first: its post in the thread would keep a trace of the message. */
function deleteImage(deps: SlackDeps): Button {
  return {
    event: 'delete',
    want: (_, userId) => deleteClick(userId, deps.now()),
    async act({ stored, clicked }) {
      const { messages, log } = deps;
      const { oldFileIds } = stored.value.pick ?? {};
      const { value: batch } = oldFileIds ? await deleteOldFiles(deps, stored, oldFileIds) : stored;
      try {
        await removeMessage(deps, batch, clicked);
      } catch (error) {
        const onError = (cause: unknown) => log.warn('menu not reset', { batch: batch.id, error: cause });
        await messages.showClicked(batch, clicked).catch(onError);
        throw error;
      }
    },
  };
}
