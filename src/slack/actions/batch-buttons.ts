import type { BlockAction, OverflowAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import * as clicks from '../../core/batch/actions.js';
import { type Batch, type ClickedMessage, isOwnMessage, messageOf } from '../../core/batch/batch.js';
import { keepPick, shareBatch } from '../../core/batch/keep-pick.js';
import { chooseRetrySeed, requestAgain } from '../../core/batch/plan-batch.js';
import { startBatch } from '../../core/batch/start-batch.js';
import { RequestError } from '../../core/errors.js';
import type { Stored } from '../../core/records.js';
import { words } from '../../text/batch.js';
import { postToResponseUrl } from '../api/response-url.js';
import { isDeleted } from '../api/slack-errors.js';
import type { SlackDeps } from '../deps.js';
import { moreChoices, noteBlockId, readButtonValue, readChoice } from '../message/elements.js';
import { findLink } from '../message/permalink.js';
import { buildDetails, buildFullSize } from './batch-modals.js';
import { type Button, handleClick, openBatchModal, type PressedButton, readClickedMessage } from './handle-click.js';
import { visibilityOf } from './operate.js';
import { prepareChange } from './prepare-change.js';

export type ChosenOption = SlackActionMiddlewareArgs<BlockAction<OverflowAction>>;

/** "1" on the sheet, "Use this one" on a card: in a private message, the choice is shown before it is made. */
export function pickImage(deps: SlackDeps, { body }: PressedButton): Button {
  return readClickedMessage(body).isPrivate ? previewChoice(deps) : recordPick(deps, false);
}

/** "Share" and "Keep private" below a choice, and the choice in a message that everyone sees. */
export function recordPick(deps: SlackDeps, keepsPrivate: boolean): Button {
  const { whoMayPick, newId, now, messages, log } = deps;
  return {
    event: 'pick',
    want: (number, userId, clicked) =>
      clicks.withImage(
        deps,
        number,
        clicks.pickClick(number, { userId, whoMayPick }, clicked, { clickId: newId(), now: now(), keepsPrivate }),
      ),
    async act({ stored, clicked, job }) {
      const { value: batch } = stored;
      let refusal: RequestError | undefined; // of the post for everyone, which is not tried again unasked
      try {
        await job?.run(async () => {
          await keepPick(deps, stored, clicked, keepsPrivate).catch((error: unknown) => {
            if (!(error instanceof RequestError)) throw error;
            refusal = error;
          });
        });
      } catch (error) {
        log.error('pick not shown yet', { batch: batch.id, error });
        throw new RequestError({ kind: 'pick_delayed' });
      }
      if (!refusal) return;
      const onError = (error: unknown) => log.warn('pick not shown', { batch: batch.id, error });
      await messages.showClicked(batch, clicked).catch(onError); // with a button that shares it
      throw refusal;
    },
  };
}

function previewChoice(deps: SlackDeps): Button {
  const { whoMayPick, now, messages } = deps;
  return {
    event: 'preview',
    want: (number, userId) => clicks.withImage(deps, number, clicks.previewClick(number, { userId, whoMayPick })),
    act: ({ stored, number, userId, clicked }) =>
      messages.showChoice(stored.value, { number, pickedBy: userId, pickedAt: now().toISOString() }, clicked),
  };
}

/** "Back" from a choice to all images, or from those to the one that is chosen. */
export function showImages({ messages }: SlackDeps): Button {
  return {
    event: 'back',
    want: () => clicks.lookClick,
    act: ({ stored, clicked }) => messages.showClicked(stored.value, clicked),
  };
}

/** "Share" or "Share all". */
export function shareImages(deps: SlackDeps): Button {
  return {
    event: 'share',
    want: (_, _userId, clicked) => clicks.shareClick(clicked, deps.now()),
    act: ({ stored, clicked }) => pressOnce(deps, stored, () => shareBatch(deps, stored, clicked)),
  };
}

/** If it fails, the button may be pressed again at once. */
async function pressOnce({ batches }: SlackDeps, stored: Stored<Batch>, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await batches.change(stored, clicks.releasePress);
    throw error;
  }
}

/** "Retry failed", or "Try again" under one image that failed. */
export function retryImages({ whoMayPick, random, now, newId, messages, enqueue, log }: SlackDeps): Button {
  return {
    event: 'retry',
    want(number, userId, clicked) {
      const retry = { id: newId(), requesterId: userId, requestedAt: now().toISOString() };
      const newSeed = () => chooseRetrySeed(random);
      return clicks.retryClick({ userId, whoMayPick }, clicked, { ...retry, number, newSeed });
    },
    async act({ stored, clicked, job }) {
      if (job) enqueue(job, stored);
      const onError = (error: unknown) => log.warn('waiting not shown', { batch: stored.value.id, error });
      await messages.showNow(stored.value).catch(onError);
      const isCopy = clicked.isPrivate && messageOf(stored.value);
      if (isCopy) await messages.showClicked(stored.value, clicked).catch(onError);
    },
  };
}

/** "Stop". The end may be shown, here or by another process, before this state of the batch: then it is shown again. */
export function stopBatch({ batches, queues, messages, now }: SlackDeps, { action }: PressedButton): Button {
  const isNote = action.block_id === noteBlockId;
  return {
    event: 'stop',
    want: (_, userId) => clicks.stopClick(userId, now()),
    async act({ stored: { value: batch }, clicked }) {
      queues.stop(batch);
      if (isNote) return replaceNote(clicked, `${words.stopping}.`);
      await messages.showClicked(batch, clicked);
      const latest = (await batches.load(batch))?.value;
      if (latest?.finishedAt && !latest.discardedAt) await messages.showClicked(latest, clicked);
    },
    async onRefusal(refused, clicked) {
      if (refused.kind === 'nothing_to_stop' && clicked.isPrivate && !isNote)
        await messages.showClicked(refused.batch, clicked);
    },
  };
}

function replaceNote({ responseUrl }: ClickedMessage, text: string): Promise<void> {
  return postToResponseUrl(responseUrl, { text, response_type: 'ephemeral', replace_original: true });
}

/** "Again": new images of the same prompt, for the user who clicks. */
export function rerollBatch(deps: SlackDeps): Button {
  return {
    event: 'reroll',
    want: (_, _userId, clicked) => clicks.againClick(clicked, deps.now()),
    async act({ stored, userId, clicked }) {
      const { value: batch } = stored;
      const { channelId, responseUrl, isPrivate } = clicked;
      const [link, visibility] = await Promise.all([
        findLink(deps, batch),
        visibilityOf(deps, userId, batch, isPrivate),
      ]);
      const asker = { requesterId: userId, channelId, responseUrl, replaces: isPrivate, visibility, link };
      await pressOnce(deps, stored, () => startBatch(deps, requestAgain(batch, asker, deps.offered)));
    },
  };
}

/** "Refresh", or "Show again": the same images with new links. */
export function showAgain({ now, messages }: SlackDeps): Button {
  return {
    event: 'show again',
    want: () => clicks.refreshClick(now()),
    act: ({ stored, clicked }) => messages.showClicked(stored.value, clicked),
  };
}

/** "Discard": deletes the message. */
export function discardBatch(deps: SlackDeps): Button {
  return {
    event: 'discard',
    want: (_, userId) => clicks.discardClick(userId, deps.now()),
    act: ({ stored, clicked }) => removeMessage(deps, stored.value, clicked),
  };
}

/**
 * Deletes the batch's own message, and the one that was clicked if that is another. If the bot cannot delete its
 * message, the response_url of a click on it can.
 * @throws RequestError if the batch's own message remains
 */
export async function removeMessage({ clients, log }: SlackDeps, batch: Batch, clicked: ClickedMessage): Promise<void> {
  const own = messageOf(batch);
  const isOwn = isOwnMessage(batch, clicked);
  const removeClicked = () => postToResponseUrl(clicked.responseUrl, { delete_original: true });
  if (!isOwn) await removeClicked();
  if (!own) return;
  try {
    await clients.retrying.chat.delete({ channel: own.channelId, ts: own.ts });
  } catch (error) {
    if (isDeleted(error)) return;
    log.warn('message not deleted', { batch: batch.id, error });
    if (!isOwn) throw new RequestError({ kind: 'message_not_deleted' });
    await removeClicked().catch((cause: unknown) => {
      throw new RequestError({ kind: 'message_not_deleted' }, { cause });
    });
  }
}

/** "⋯". A value that is not ours does nothing. */
export async function chooseMore(deps: SlackDeps, { ack, body, action }: ChosenOption): Promise<void> {
  await ack();
  const chosen = readChoice(moreChoices, action.selected_option.value);
  if (!chosen) return;
  const click = { body, batchId: chosen.batchId, number: 0 };
  switch (chosen.choice) {
    case 'full_size':
      return openBatchModal(deps, click, 'full size', buildFullSize);
    case 'details':
      return openBatchModal(deps, click, 'details', async (_, batch) => buildDetails(batch));
    case 'retry_failed':
      return handleClick(deps, click, retryImages(deps));
    case 'refresh':
      return handleClick(deps, click, showAgain(deps));
    case 'share':
      return handleClick(deps, click, shareImages(deps));
    case 'discard':
      return handleClick(deps, click, discardBatch(deps));
  }
}

/** "Change": the form with the batch's prompt and settings, for a batch of the user's own. */
export async function editPrompt(deps: SlackDeps, { ack, body, action }: PressedButton): Promise<void> {
  await ack();
  await openBatchModal(deps, { body, ...readButtonValue(action.value) }, 'edit', prepareChange);
}
