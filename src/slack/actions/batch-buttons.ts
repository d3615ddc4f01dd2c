import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { discardClick, lookClick, pickClick, refreshClick, retryClick } from '../../core/batch/actions.js';
import { keepPick } from '../../core/batch/keep-pick.js';
import { chooseSeeds, requestAgain } from '../../core/batch/plan-batch.js';
import { startBatch } from '../../core/batch/start-batch.js';
import { RequestError } from '../../core/errors.js';
import { findLink } from '../api/find-link.js';
import type { SlackDeps } from '../deps.js';
import { removeMessage } from '../message/remove-message.js';
import { createBatchButton } from './batch-button.js';

export type BatchButton = (
  pressed: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs,
) => Promise<void>;

/** "Use this one" */
export function createPickImage(deps: SlackDeps): BatchButton {
  const { whoMayPick, newId, now, log } = deps;
  return createBatchButton(
    deps,
    'pick',
    (number, userId, place) => pickClick(number, { userId, whoMayPick }, place, { clickId: newId(), now: now() }),
    async ({ stored, place, job }) => {
      try {
        await job?.run(async () => void (await keepPick(deps, stored, place)));
      } catch (error) {
        log.error('pick not shown yet', { batch: stored.value.id, error });
        throw new RequestError({ kind: 'pick_delayed' });
      }
    },
  );
}

/** "Try again" under an image that failed. */
export function createRetryImage(deps: SlackDeps): BatchButton {
  const { whoMayPick, offered, random, now, newId, messages, enqueue, log } = deps;
  return createBatchButton(
    deps,
    'retry',
    (number, userId, place) =>
      retryClick({ userId, whoMayPick }, place, newSeed(offered[0].seedRange, random), {
        id: newId(),
        number,
        requesterId: userId,
        requestedAt: now().toISOString(),
      }),
    async ({ stored, job }) => {
      if (job) enqueue(job, stored);
      const { value: batch } = stored;
      await messages
        .showWaiting(batch)
        .catch((error: unknown) => log.warn('waiting not shown', { batch: batch.id, error }));
    },
  );
}

function newSeed(range: { min: number; max: number }, random: () => number): number {
  const [seed = range.max] = chooseSeeds(1, range, random);
  return seed;
}

/** "Re-roll": four new images of the same words, for whoever clicks. */
export function createReroll(deps: SlackDeps): BatchButton {
  const { offered } = deps;
  return createBatchButton(
    deps,
    'reroll',
    () => lookClick,
    async ({ stored: { value: batch }, userId, place: { channelId, responseUrl } }) => {
      const asker = { requesterId: userId, channelId, responseUrl, link: await findLink(deps, batch) };
      await startBatch(deps, requestAgain(batch, asker, offered));
    },
  );
}

/** "Show again": the same images by links that live from now on. */
export function createShowAgain(deps: SlackDeps): BatchButton {
  const { now, messages } = deps;
  return createBatchButton(
    deps,
    'show again',
    () => refreshClick(now()),
    ({ stored, place }) => messages.showClicked(stored.value, place),
  );
}

/** "Discard": the message goes for good. */
export function createDiscard(deps: SlackDeps): BatchButton {
  return createBatchButton(
    deps,
    'discard',
    (_, userId) => discardClick(userId, deps.now()),
    ({ stored, place }) => removeMessage(deps, stored.value, place),
  );
}
