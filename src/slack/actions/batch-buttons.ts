import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { discardClick, lookClick, pickClick, refreshClick, retryClick } from '../../core/batch/click.js';
import { requestAgain } from '../../core/batch/follow-up.js';
import { chooseSeeds } from '../../core/batch/seeds.js';
import { RequestError } from '../../core/errors.js';
import { findLink } from '../api/find-link.js';
import type { ListenerServices } from '../app/listener-services.js';
import { removeMessage } from '../message/remove-message.js';
import { createBatchButton } from './batch-button.js';

export type BatchButton = (
  pressed: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs,
) => Promise<void>;

/** "Use this one" */
export function createPickImage(services: ListenerServices): BatchButton {
  const { whoMayPick, newId, now, keepPick, log } = services;
  return createBatchButton(
    services,
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
export function createRetryImage(services: ListenerServices): BatchButton {
  const { whoMayPick, offered, random, now, newId, countDrawAgain, showWaiting, enqueue, log } = services;
  return createBatchButton(
    services,
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
export function createReroll(services: ListenerServices): BatchButton {
  const { offered, startBatch } = services;
  return createBatchButton(
    services,
    'reroll',
    () => lookClick,
    async ({ batch, userId, place: { channelId, responseUrl } }) => {
      const asker = { requesterId: userId, channelId, responseUrl, link: await findLink(services, batch) };
      await startBatch(requestAgain(batch, asker, offered));
    },
  );
}

/** "Show again": the same images by links that live from now on. */
export function createShowAgain(services: ListenerServices): BatchButton {
  const { now, showClicked } = services;
  return createBatchButton(
    services,
    'show again',
    () => refreshClick(now()),
    ({ batch, place }) => showClicked(batch, place),
  );
}

/** "Discard": the message goes for good. */
export function createDiscard(services: ListenerServices): BatchButton {
  return createBatchButton(
    services,
    'discard',
    (_, userId) => discardClick(userId, services.now()),
    ({ batch, place }) => removeMessage(services, batch, place),
  );
}
