import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { discardClick, lookClick, pickClick, refreshClick, retryClick } from '../../core/batch/click.js';
import { requestAgain } from '../../core/batch/follow-up.js';
import { chooseSeeds } from '../../core/batch/seeds.js';
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
  const { whoMayPick, newId, now, keepPick, log } = deps;
  return createBatchButton(
    deps,
    'pick',
    (number, userId, place) => pickClick(number, { userId, whoMayPick }, place, { clickId: newId(), now: now() }),
    async ({ batch, place, work }) => {
      try {
        await work?.carryOut(async () => void (await keepPick(batch, place)));
      } catch (error) {
        log.error('pick not shown yet', { batch: batch.id, error });
        throw new RequestError({ kind: 'pick_delayed' });
      }
    },
  );
}

/** "Try again" under an image that failed. */
export function createRetryImage(deps: SlackDeps): BatchButton {
  const { whoMayPick, offered, random, now, newId, countDrawAgain, showWaiting, enqueue, log } = deps;
  return createBatchButton(
    deps,
    'retry',
    (number, userId, place) =>
      countDrawAgain(retryClick(number, { userId, whoMayPick }, newSeed(offered[0].seedRange, random), place, now()), {
        id: newId(),
        number,
        requesterId: userId,
        requestedAt: now().toISOString(),
      }),
    async ({ batch, work }) => {
      if (work) enqueue(work);
      await showWaiting(batch).catch((error: unknown) => log.warn('waiting not shown', { batch: batch.id, error }));
    },
  );
}

function newSeed(range: { min: number; max: number }, random: () => number): number {
  const [seed = range.max] = chooseSeeds(1, range, random);
  return seed;
}

/** "Re-roll": four new images of the same words, for whoever clicks. */
export function createReroll(deps: SlackDeps): BatchButton {
  const { offered, startBatch } = deps;
  return createBatchButton(
    deps,
    'reroll',
    () => lookClick,
    async ({ batch, userId, place: { channelId, responseUrl } }) => {
      const asker = { requesterId: userId, channelId, responseUrl, link: await findLink(deps, batch) };
      await startBatch(requestAgain(batch, asker, offered));
    },
  );
}

/** "Show again": the same images by links that live from now on. */
export function createShowAgain(deps: SlackDeps): BatchButton {
  const { now, showClicked } = deps;
  return createBatchButton(
    deps,
    'show again',
    () => refreshClick(now()),
    ({ batch, place }) => showClicked(batch, place),
  );
}

/** "Discard": the message goes for good. */
export function createDiscard(deps: SlackDeps): BatchButton {
  return createBatchButton(
    deps,
    'discard',
    (_, userId) => discardClick(userId, deps.now()),
    ({ batch, place }) => removeMessage(deps, batch, place),
  );
}
