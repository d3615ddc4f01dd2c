import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Batch } from '../../core/batch.js';
import { type Click, discardClick, lookClick, pickClick, retryClick } from '../../core/click.js';
import { UserInputError } from '../../core/errors.js';
import { requestAgain } from '../../core/follow-up.js';
import { chooseSeeds } from '../../core/seeds.js';
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
      gated(
        services,
        userId,
        retryClick(number, { userId, whoMayPick }, newSeed(offered[0].seedRange, random), responseUrl),
      ),
    async ({ batch, work }) => {
      if (work) enqueue(work);
      await showBatch(batch);
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
    async ({ batch, userId, responseUrl }) => {
      const asker = { requesterId: userId, responseUrl, link: await findLink(services, batch) };
      await startBatch(requestAgain(batch, asker, offered));
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
