import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { discardClick, lookClick, pickClick, refreshClick, retryClick } from '../../core/click.js';
import { requestAgain } from '../../core/follow-up.js';
import { chooseSeeds } from '../../core/seeds.js';
import { findLink } from '../find-link.js';
import type { ListenerServices } from '../listener-services.js';
import { removeMessage } from '../remove-message.js';
import { createBatchButton } from './batch-button.js';

export type BatchButton = (
  pressed: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs,
) => Promise<void>;

/** "Use this one" */
export function createPickImage(services: ListenerServices): BatchButton {
  const { whoMayPick, now, keepPick } = services;
  return createBatchButton(
    services,
    'pick',
    (number, userId) => pickClick(number, { userId, whoMayPick }, now()),
    ({ batch, place }) => keepPick(batch, place),
  );
}

/** "Try again" under a picture that failed. */
export function createRetryImage(services: ListenerServices): BatchButton {
  const { whoMayPick, offered, random, now, showWaiting, enqueue } = services;
  return createBatchButton(
    services,
    'retry',
    (number, userId, place) =>
      retryClick(number, { userId, whoMayPick }, newSeed(offered[0].seedRange, random), place, now()),
    async ({ batch }) => {
      await showWaiting(batch);
      enqueue(batch);
    },
  );
}

function newSeed(range: { min: number; max: number }, random: () => number): number {
  const [seed = range.max] = chooseSeeds(1, range, random);
  return seed;
}

/** "Re-roll": four new pictures of the same words, for whoever clicks. */
export function createReroll(services: ListenerServices): BatchButton {
  const { findFacts, offered, startBatch } = services;
  return createBatchButton(
    services,
    'reroll',
    () => lookClick,
    async ({ batch, userId, place: { channelId, responseUrl } }) => {
      const asker = { requesterId: userId, channelId, responseUrl, link: await findLink(services, batch) };
      await startBatch(requestAgain(batch, asker, findFacts, offered[0]));
    },
  );
}

/** "Show again": the same pictures by links that live from now on. */
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
