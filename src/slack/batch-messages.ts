import { type Batch, messageOf } from '../core/batch.js';
import { type ClickPlace, isOwnMessage } from '../core/click.js';
import type { Observe } from '../core/observation.js';
import type { BatchFollower } from '../core/run-batch.js';
import type { SlackMessage } from './blocks/elements.js';
import { createPacer, type Pacer } from './pacer.js';
import { promoteClicked, replaceClicked } from './replace-clicked.js';
import { postToResponseUrl, ResponseUrlError } from './response-url.js';
import { type SendBatchOptions, type SendMessage, sendBatch } from './send-batch.js';
import { tellRefusedBlocks, type WebClients } from './web-clients.js';

export interface BatchMessagesOptions extends SendBatchOptions {
  clients: WebClients;
  observe: Observe;
  /** Milliseconds. */
  now(): number;
}

export interface BatchMessages {
  follow(batch: Batch): BatchFollower;
  /** Shows where the record says a batch that waits to be drawn again. */
  showWaiting(batch: Batch): Promise<void>;
  /** Shows a batch as it now stands in the message that was clicked, whichever of its messages that is. */
  showClicked(batch: Batch, place: ClickPlace): Promise<void>;
  /**
   * The batch's own message becomes the picked picture, and so does the one that was clicked; where only the clicker saw
   * that, it becomes one for all. False where the batch's own message could not be changed.
   */
  showPicked(batch: Batch, place?: ClickPlace): Promise<boolean>;
}

/** chat.update takes about 50 calls a minute for the whole workspace: https://docs.slack.dev/apis/web-api/rate-limits */
const gapMilliseconds = 3000;

/** Every message of a batch; its own is kept up to date by one pacer, whoever asks. */
export function createBatchMessages(options: BatchMessagesOptions): BatchMessages {
  const { log } = options;
  const pacers = createPacers(options);

  async function showOwn(batch: Batch): Promise<void> {
    const { pacer, release } = pacers.hold(batch);
    await pacer.showNow(batch).finally(release);
  }

  /** False where it cannot be changed: it is gone, or the bot no longer may. */
  async function triedOwn(batch: Batch): Promise<boolean> {
    if (!messageOf(batch)) return false;
    try {
      await showOwn(batch);
      return true;
    } catch (error) {
      log.warn('message not updated', { batch: batch.id, error });
      return false;
    }
  }

  return {
    follow(batch) {
      const { pacer, release } = pacers.hold(batch);
      const isPosted = messageOf(batch) !== undefined;
      return {
        update: (state) => {
          if (isPosted) pacer.showSoon(state); // a response_url has five uses: only the end is worth one
        },
        finish: (state) => pacer.showNow(state).finally(release),
      };
    },
    showWaiting: showOwn,
    async showClicked(batch, place) {
      if (isOwnMessage(batch, place) && (await triedOwn(batch))) return;
      await sendBatch(options, batch, (message) => replaceClicked(place, message), { showsFiles: false });
    },
    async showPicked(batch, place) {
      const isShown = await triedOwn(batch);
      if (!place || (isShown && isOwnMessage(batch, place))) return isShown;
      await sendBatch(options, batch, (message) => promoteClicked(place, message), { showsFiles: false });
      return isShown;
    },
  };
}

/** One pacer a batch, there as long as anybody holds it. */
function createPacers(options: BatchMessagesOptions) {
  const held = new Map<string, { pacer: Pacer<Batch>; holders: number }>();
  return {
    hold(batch: Batch) {
      const entry = held.get(batch.id) ?? { pacer: createBatchPacer(options, batch), holders: 0 };
      held.set(batch.id, entry);
      entry.holders += 1;
      const release = () => {
        entry.holders -= 1;
        if (entry.holders === 0) held.delete(batch.id);
      };
      return { pacer: entry.pacer, release };
    },
  };
}

function createBatchPacer(options: BatchMessagesOptions, { id }: Batch): Pacer<Batch> {
  let { layout } = options;
  return createPacer<Batch>({
    send: async (batch) => {
      const send: SendMessage = (message) => sendToDestination(options, batch, message);
      const began = options.now();
      layout = await sendBatch(options, batch, send, { layout, showsFiles: true });
      options.observe({ kind: 'step ended', step: 'showing', milliseconds: options.now() - began });
    },
    isOld: (state, sent) => state.revision < sent.revision,
    onError: (error) => options.log.warn('message not updated', { batch: id, error }),
    gapMilliseconds,
    now: options.now,
  });
}

async function sendToDestination(
  { clients, log }: BatchMessagesOptions,
  batch: Batch,
  message: SlackMessage,
): Promise<void> {
  const { destination, threadTs } = batch;
  const own = messageOf(batch);
  if (own) {
    await tellRefusedBlocks(clients.retrying.chat.update({ channel: own.channelId, ts: own.ts, ...message }));
  } else if (destination?.kind === 'response_url' && destination.url) {
    const { url, replaces = false } = destination;
    if (batch.pick && !replaces) return; // whoever picked has been shown it, and a command's address only posts more
    const answer = { ...message, response_type: 'in_channel', replace_original: replaces } as const;
    if (!threadTs || replaces) return postToResponseUrl(url, answer);
    await postToResponseUrl(url, { ...answer, thread_ts: threadTs }).catch((error: unknown) => {
      if (!(error instanceof ResponseUrlError)) throw error;
      log.info('cannot answer in the thread, answering in the channel', { batch: batch.id, error });
      return postToResponseUrl(url, answer);
    });
  }
}
