import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Batch } from '../../core/batch.js';
import { discardClick, lookClick, pickClick, retryClick } from '../../core/click.js';
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
    (number, userId, responseUrl) => pickClick(number, { userId, whoMayPick }, now(), responseUrl),
    async ({ batch, responseUrl, work }) => work?.carryOut(() => keepPick(batch, responseUrl)),
  );
}

/** "Try again" under a picture that failed. */
export function createRetryImage(services: ListenerServices): BatchButton {
  const { whoMayPick, offered, random, showBatch, enqueue } = services;
  return createBatchButton(
    services,
    'retry',
    (number, userId, responseUrl) =>
      retryClick(number, { userId, whoMayPick }, newSeed(offered[0].seedRange, random), responseUrl),
    async ({ batch, work }) => {
      if (work) enqueue(work);
      await showBatch(batch);
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
    async ({ batch, userId, responseUrl }) => {
      const asker = { requesterId: userId, responseUrl, link: await findLink(services, batch) };
      await startBatch(requestAgain(batch, asker, findFacts, offered[0]));
    },
  );
}

/** "Discard": the message goes for good. */
export function createDiscard(services: ListenerServices): BatchButton {
  return createBatchButton(
    services,
    'discard',
    (_, userId) => discardClick(userId, services.now()),
    ({ batch, responseUrl }: { batch: Batch; responseUrl: string }) => removeMessage(services, batch, responseUrl),
  );
}
