import { type Batch, findImage, isOwnMessage, isStored, isWithdrawn, messageOf } from '../../core/batch/batch.js';
import type { OwnMessage } from '../../core/batch/deps.js';
import { shorten } from '../../core/shorten.js';
import { words } from '../../text/batch.js';
import { notifyUser } from '../api/notify-user.js';
import { postToResponseUrl } from '../api/response-url.js';
import { BlocksRefusedError, isDeleted, isFinal, refusalCode } from '../api/slack-errors.js';
import { waitOutRateLimit } from '../api/web-clients.js';
import type { SlackMessages } from '../deps.js';
import type { PreviewLayout } from './batch-message.js';
import type { MessageDeps } from './deliver-batch.js';
import { clickedTarget, deliverBatch, ownTarget, privateTarget, requesterOf } from './deliver-batch.js';
import { imageAltText, section, slackMessage } from './elements.js';
import { createPacer, type Pacer } from './pacer.js';
import { announceBatch, shareMessage } from './post-batch.js';

/** Every message of a batch. Its own message is updated by one pacer. */
export function createBatchMessages(deps: MessageDeps): SlackMessages {
  const { log } = deps;
  const pacers = new Map<string, { pacer: Pacer; users: number }>();

  function holdPacer(batch: Batch) {
    const held = pacers.get(batch.id) ?? { pacer: createBatchPacer(deps, batch), users: 0 };
    pacers.set(batch.id, held);
    held.users += 1;
    const release = () => {
      held.users -= 1;
      if (held.users === 0) pacers.delete(batch.id);
    };
    return { pacer: held.pacer, release };
  }

  async function showNow(batch: Batch): Promise<void> {
    const { pacer, release } = holdPacer(batch);
    await pacer.showNow(batch).finally(release);
  }

  async function updateOwn(batch: Batch): Promise<OwnMessage> {
    if (!messageOf(batch)) return 'gone';
    try {
      await showNow(batch);
      return 'shown';
    } catch (error) {
      log.warn('message not updated', { batch: batch.id, error });
      return isFinal(error) ? 'gone' : 'late';
    }
  }

  return {
    announce: (...of) => announceBatch(deps, ...of),
    share: (...of) => shareMessage(deps, ...of),
    notifyRequester: (...of) => notifyRequester(deps, ...of),
    showNow,
    updateOwn,
    uploadPick: (batch) => uploadPick(deps, batch),
    deleteFiles: (fileIds) => deleteFiles(deps, fileIds),

    follow(batch) {
      const { pacer, release } = holdPacer(batch);
      const isPosted = messageOf(batch) !== undefined;
      return {
        update(state) {
          if (isPosted) pacer.showSoon(state); // a response_url has five uses, so only the end is worth one
        },
        finish: (state, responseUrl) => showEnd(deps, pacer, batch, state, responseUrl),
        close: release,
      };
    },

    async showClicked(batch, clicked) {
      if (isOwnMessage(batch, clicked) && (await updateOwn(batch)) === 'shown') return;
      const privately = batch.visibility === 'private' ? 'requested' : 'recalled';
      const showsFiles = clicked.fileId !== undefined && clicked.fileId === batch.pick?.slackFileId;
      await deliverBatch(deps, batch, { ...clickedTarget(clicked, privately), showsFiles });
    },

    async showPick(batch, clicked) {
      await deliverBatch(deps, batch, clickedTarget(clicked));
    },

    async showPrivately(batch, asker) {
      await deliverBatch(deps, batch, privateTarget(deps, batch, { ...asker, batchId: batch.id }, 'recalled'));
    },

    async showChoice(batch, pick, clicked) {
      await deliverBatch(deps, { ...batch, pick }, clickedTarget(clicked, 'choosing'));
    },

    async removePrivateCopy({ responseUrl }) {
      await postToResponseUrl(responseUrl, { delete_original: true }).catch((error: unknown) =>
        log.warn('private copy not removed', { error }),
      );
    },
  };
}

function createBatchPacer(deps: MessageDeps, { id }: Batch): Pacer {
  const { observe, now, log } = deps;
  let layout: PreviewLayout | undefined; // that Slack took last time
  const onError = (error: unknown) => log.warn('message not updated', { batch: id, error });
  return createPacer(onError, now, async (batch) => {
    if (isWithdrawn(batch)) return withdraw(deps, batch);
    const target = ownTarget(deps, batch);
    if (!target) return;
    const began = now();
    layout = await deliverBatch(deps, batch, layout ? { ...target, layout } : target);
    if (!batch.pick) observe({ kind: 'step ended', step: 'showing', milliseconds: now() - began });
  });
}

/** Another process may have recorded a pick of an image shown earlier, or a discard, after this state was written. */
async function showEnd(
  deps: MessageDeps,
  pacer: Pacer,
  before: Batch,
  batch: Batch,
  responseUrl?: string,
): Promise<void> {
  const wasPickable = (pacer.lastSent() ?? before).images.some(isStored);
  try {
    await pacer.showNow(batch);
  } catch (error) {
    if (!isFinal(error)) throw error;
    deps.log.warn('end not shown, notifying the requester', { batch: batch.id, error });
    if (!(await reload(deps, batch)).discardedAt) await notifyOfEnd(deps, batch, isDeleted(error), responseUrl);
    return;
  }
  if (isWithdrawn(batch)) return notifyRequester(deps, batch, responseUrl);
  if (batch.pick || !wasPickable) return;
  const latest = await reload(deps, batch);
  if (latest.pick) await pacer.showNow(latest);
}

/** Takes a refused prompt out of the conversation: the requester alone is told, privately. */
async function withdraw({ clients, log }: MessageDeps, batch: Batch): Promise<void> {
  const { destination } = batch;
  const own = messageOf(batch);
  if (!own) {
    const url = destination?.kind === 'response_url' && destination.replaces && destination.url;
    return url ? postToResponseUrl(url, { delete_original: true }) : undefined;
  }
  const { channelId: channel, ts } = own;
  try {
    await clients.retrying.chat.delete({ channel, ts });
  } catch (error) {
    if (isDeleted(error)) return;
    log.warn('message not deleted', { batch: batch.id, error });
    await clients.retrying.chat.update({
      channel,
      ts,
      ...slackMessage(words.promptRefused, [section(words.promptRefused)]),
    });
  }
}

/** The batch as the record has it now, or the given one if it cannot be read. */
async function reload({ batches, log }: MessageDeps, batch: Batch): Promise<Batch> {
  const onError = (error: unknown) => void log.warn('record not read again', { batch: batch.id, error });
  return (await batches.load(batch).catch(onError))?.value ?? batch;
}

async function notifyRequester(deps: MessageDeps, batch: Batch, responseUrl: string | undefined): Promise<void> {
  try {
    await deliverBatch(deps, batch, privateTarget(deps, batch, requesterOf(batch, responseUrl), 'requested'));
  } catch (error) {
    if (!(error instanceof BlocksRefusedError)) throw error;
    deps.log.warn('Slack takes no form of the batch', { batch: batch.id, error });
    await notifyUser(deps, requesterOf(batch, responseUrl))(words.imagesKept(batch, deps.command));
  }
}

/** If the end could not be shown in the batch's message. Images that a user deleted are not shown again unasked. */
async function notifyOfEnd(deps: MessageDeps, batch: Batch, wasDeleted: boolean, responseUrl?: string): Promise<void> {
  const url = messageOf(batch) ? responseUrl : undefined; // otherwise it is the address that has just failed
  if (!wasDeleted || !batch.images.some(isStored)) return notifyRequester(deps, batch, url);
  await notifyUser(deps, requesterOf(batch, url))(words.messageDeleted(batch, deps.command));
}

/**
 * Uploads the picked image into the thread of its message. A file must be shared in the channel first: otherwise Slack
 * shows "file not found" once chat.update puts it into a message.
 * @returns the file ID, or undefined if the bot may not upload here; the link remains then
 */
async function uploadPick({ clients, loadImage, log }: MessageDeps, batch: Batch): Promise<string | undefined> {
  const own = messageOf(batch);
  const image = batch.pick && findImage(batch, batch.pick.number);
  if (image?.state !== 'stored' || !own) return undefined;
  const { number, mediaType } = image;
  try {
    const file = Buffer.from(await loadImage(batch, image));
    const uploaded = await waitOutRateLimit(() =>
      clients.once.filesUploadV2({
        channel_id: own.channelId,
        thread_ts: own.threadTs ?? own.ts,
        file,
        filename: `${batch.id}-${number}.${mediaType === 'image/png' ? 'png' : 'jpg'}`,
        title: shorten(imageAltText(number, batch), 200),
        alt_text: imageAltText(number, batch),
      }),
    );
    return uploaded.files[0]?.files?.[0]?.id;
  } catch (error) {
    log.warn('picked image not uploaded, its link remains', { batch: batch.id, error });
    return undefined;
  }
}

/** https://docs.slack.dev/reference/methods/files.delete#errors */
const isGone = new Set(['file_deleted', 'file_not_found']);

async function deleteFiles({ clients, log }: MessageDeps, fileIds: readonly string[]): Promise<void> {
  for (const file of fileIds) {
    await clients.retrying.files.delete({ file }).catch((error: unknown) => {
      if (!isGone.has(refusalCode(error))) log.warn('file not deleted', { file, error });
    });
  }
}
