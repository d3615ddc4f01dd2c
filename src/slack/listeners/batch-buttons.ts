import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { type Click, discardClick, lookClick, pickClick, refreshClick, retryClick } from '../../core/click.js';
import { UserInputError } from '../../core/errors.js';
import { requestAgain } from '../../core/follow-up.js';
import { chooseSeeds } from '../../core/seeds.js';
import { pickNotShown } from '../../core/sentences/failures.js';
import { limitSentence } from '../../core/sentences/limits.js';
import { findLink } from '../find-link.js';
import type { ListenerServices } from '../listener-services.js';
import { removeMessage } from '../remove-message.js';
import { createBatchButton } from './batch-button.js';

export type BatchButton = (
  pressed: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs,
) => Promise<void>;

/** "Use this one" */
export function createPickImage(services: ListenerServices): BatchButton {
  const { whoMayPick, now, keepPick, log } = services;
  return createBatchButton(
    services,
    'pick',
    (number, userId, place) => pickClick(number, { userId, whoMayPick }, place, now()),
    async ({ batch, place, work }) => {
      try {
        await work?.carryOut(() => keepPick(batch, place));
      } catch (error) {
        log.error('pick not shown yet', { batch: batch.id, error });
        throw new UserInputError(pickNotShown);
      }
    },
  );
}

/** "Try again" under a picture that failed. */
export function createRetryImage(services: ListenerServices): BatchButton {
  const { whoMayPick, offered, random, now, showWaiting, enqueue, log } = services;
  return createBatchButton(
    services,
    'retry',
    (number, userId, place) =>
      gated(
        services,
        userId,
        retryClick(number, { userId, whoMayPick }, newSeed(offered[0].seedRange, random), place, now()),
      ),
    async ({ batch, work }) => {
      if (work) enqueue(work);
      await showWaiting(batch).catch((error: unknown) => log.warn('waiting not shown', { batch: batch.id, error }));
    },
  );
}

/** Whoever may not ask for pictures here may not ask for them again either. What is drawn is a picture granted before. */
function gated({ gate, now }: ListenerServices, requesterId: string, click: Click): Click {
  return {
    ...click,
    judge(batch) {
      const refusal = gate.judgePlace({ requesterId, channelId: batch.channelId });
      if (refusal) throw new UserInputError(limitSentence(refusal, now()));
      return click.judge(batch);
    },
  };
}

function newSeed(range: { min: number; max: number }, random: () => number): number {
  const [seed = range.max] = chooseSeeds(1, range, random);
  return seed;
}

/** "Re-roll": four new pictures of the same words, for whoever clicks. */
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
