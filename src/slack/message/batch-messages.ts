import { type Batch, type ClickedMessage, isOwnMessage, isStored, messageOf } from '../../core/batch/batch.js';
import type { BatchRecords } from '../../core/batch/deps.js';
import type { Observe } from '../../core/log.js';
import { imagesKept, messageDeleted } from '../../text/batch.js';
import { notifyUser } from '../api/notify-user.js';
import { BlocksRefusedError, isDeleted, isFinal } from '../api/slack-errors.js';
import type { SlackMessages } from '../deps.js';
import type { PreviewLayout } from './batch-message.js';
import { type DeliverBatchDeps, deliverBatch } from './deliver-batch.js';
import { createPacer, type Pacer } from './pacer.js';
import { announceBatch, repost } from './post-batch.js';
import {
  clickedTarget,
  ownTarget,
  publicClickedTarget,
  removePrivateCopy,
  requesterOf,
  requesterTarget,
  type TargetDeps,
} from './targets.js';
import { type UploadPickDeps, uploadPick } from './upload-pick.js';

export interface BatchMessagesDeps extends DeliverBatchDeps, TargetDeps, UploadPickDeps {
  batches: Pick<BatchRecords, 'load'>;
  observe: Observe;
  /** Milliseconds. */
  now(): number;
}

interface Shown {
  isShown: boolean;
  /** Set if a later attempt may succeed. */
  error?: unknown;
}

/** Every message of a batch. Its own message is updated by one pacer. */
export function createBatchMessages(deps: BatchMessagesDeps): SlackMessages {
  const { batches, log, observe, now } = deps;
  const pacers = new Map<string, { pacer: Pacer; users: number }>();

  function holdPacer(batch: Batch) {
    const entry = pacers.get(batch.id) ?? { pacer: createBatchPacer(batch), users: 0 };
    pacers.set(batch.id, entry);
    entry.users += 1;
    const release = () => {
      entry.users -= 1;
      if (entry.users === 0) pacers.delete(batch.id);
    };
    return { pacer: entry.pacer, release };
  }

  function createBatchPacer({ id }: Batch): Pacer {
    let layout: PreviewLayout | undefined; // that Slack took last time
    return createPacer({
      async send(batch) {
        const target = ownTarget(deps, batch);
        if (!target) return;
        const began = now();
        layout = await deliverBatch(deps, batch, layout ? { ...target, layout } : target);
        if (!batch.pick) observe({ kind: 'step ended', step: 'showing', milliseconds: now() - began });
      },
      onError: (error) => log.warn('message not updated', { batch: id, error }),
      now,
    });
  }

  /** False if the batch has no message of its own, or it was deleted. */
  async function showOwn(batch: Batch): Promise<boolean> {
    const { pacer, release } = holdPacer(batch);
    try {
      await pacer.showNow(batch);
      return messageOf(batch) !== undefined;
    } catch (error) {
      if (!isDeleted(error)) throw error;
      log.info('message was deleted', { batch: batch.id });
      return false;
    } finally {
      release();
    }
  }

  /** The same, if another message can be shown instead. */
  async function tryShowOwn(batch: Batch): Promise<Shown> {
    if (!messageOf(batch)) return { isShown: false };
    try {
      return { isShown: await showOwn(batch) };
    } catch (error) {
      log.warn('message not updated', { batch: batch.id, error });
      return isFinal(error) ? { isShown: false } : { isShown: false, error };
    }
  }

  /** The batch as the record has it now, or the given one if it cannot be read. */
  async function reload(batch: Batch): Promise<Batch> {
    try {
      return (await batches.load(batch))?.value ?? batch;
    } catch (error) {
      log.warn('record not read again', { batch: batch.id, error });
      return batch;
    }
  }

  /** Another process may have recorded a pick of an image shown earlier, or a discard, after this state was written. */
  async function showEnd(pacer: Pacer, before: Batch, batch: Batch, responseUrl: string | undefined): Promise<void> {
    const wasPickable = (pacer.lastSent() ?? before).images.some(isStored);
    try {
      await pacer.showNow(batch);
    } catch (error) {
      if (!isDeleted(error) && !isFinal(error)) throw error;
      log.warn('end not shown, notifying the requester', { batch: batch.id, error });
      if (!(await reload(batch)).discardedAt) await notifyOfEnd(deps, batch, isDeleted(error), responseUrl);
      return;
    }
    if (batch.pick || !wasPickable) return;
    const latest = await reload(batch);
    if (latest.pick) await pacer.showNow(latest);
  }

  return {
    announce: (...of) => announceBatch(deps, ...of),
    repost: (...of) => repost(deps, ...of),
    uploadPick: (batch) => uploadPick(deps, batch),
    notifyRequester: (...of) => notifyRequester(deps, ...of),

    follow(batch) {
      const { pacer, release } = holdPacer(batch);
      const isPosted = messageOf(batch) !== undefined;
      return {
        update(state) {
          if (isPosted) pacer.showSoon(state); // a response_url has five uses, so only the end is worth one
        },
        finish: (state, responseUrl) => showEnd(pacer, batch, state, responseUrl),
        close: release,
      };
    },

    async showWaiting(batch) {
      await showOwn(batch);
    },

    async showClicked(batch, clicked) {
      if (isOwnMessage(batch, clicked) && (await tryShowOwn(batch)).isShown) return;
      await deliverBatch(deps, batch, clickedTarget(clicked));
    },

    async showPicked(batch, clicked) {
      if (!clicked) return messageOf(batch) !== undefined && showOwn(batch);
      const own = await tryShowOwn(batch);
      if (own.isShown && isOwnMessage(batch, clicked)) return true;
      await showPickedWhereClicked(deps, batch, clicked, own);
      if (own.error) throw own.error; // a later attempt shows it there, and uploads it
      return own.isShown;
    },
  };
}

/** In a private copy beside the batch's own message, which everyone there sees now or soon, it need not be shown. */
async function showPickedWhereClicked(
  deps: BatchMessagesDeps,
  batch: Batch,
  clicked: ClickedMessage,
  own: Shown,
): Promise<void> {
  const isCopyBesideOwn = clicked.isPrivate && messageOf(batch)?.channelId === clicked.channelId;
  if (isCopyBesideOwn && own.isShown) return removePrivateCopy(deps, clicked);
  if (isCopyBesideOwn && own.error) return;
  await deliverBatch(deps, batch, publicClickedTarget(deps, clicked));
}

async function notifyRequester(deps: BatchMessagesDeps, batch: Batch, responseUrl: string | undefined): Promise<void> {
  try {
    await deliverBatch(deps, batch, requesterTarget(deps, batch, responseUrl));
  } catch (error) {
    if (!(error instanceof BlocksRefusedError)) throw error;
    deps.log.warn('Slack takes no form of the batch', { batch: batch.id, error });
    await notifyUser(deps, requesterOf(batch, responseUrl))(imagesKept(batch, deps.command));
  }
}

/** If the end could not be shown in the batch's message. Images that a user deleted are not shown again unasked. */
async function notifyOfEnd(
  deps: BatchMessagesDeps,
  batch: Batch,
  wasDeleted: boolean,
  responseUrl: string | undefined,
): Promise<void> {
  const url = messageOf(batch) ? responseUrl : undefined; // otherwise it is the address that has just failed
  if (!wasDeleted || !batch.images.some(isStored)) return notifyRequester(deps, batch, url);
  await notifyUser(deps, requesterOf(batch, url))(messageDeleted(batch, deps.command));
}
