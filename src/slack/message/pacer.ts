import PQueue from 'p-queue';
import type { Batch } from '../../core/batch/batch.js';

export type Pacer = ReturnType<typeof createPacer>;

/** chat.update takes about 50 calls a minute for the whole workspace: https://docs.slack.dev/apis/web-api/rate-limits */
const gapMilliseconds = 3000;

/**
 * Sends the states of one batch: never two at once, never an older one after a newer one.
 * @param onError is told what fails after `showSoon`
 * @param now in milliseconds
 */
export function createPacer(
  onError: (error: unknown) => void,
  now: () => number,
  send: (batch: Batch) => Promise<void>,
) {
  const queue = new PQueue({ concurrency: 1 });
  let latest: Batch | undefined;
  let lastSent: Batch | undefined;
  let isSent = false;
  let lastSentAt = now();
  let timer: NodeJS.Timeout | undefined;

  function offer(batch: Batch): void {
    if (latest && batch.revision < latest.revision) return;
    latest = batch;
    isSent = false;
  }

  async function sendLatest(): Promise<void> {
    clearTimeout(timer);
    timer = undefined; // only now, so that this turn also covers what came in while it waited for an earlier one
    if (!latest || isSent) return;
    isSent = true;
    lastSentAt = now();
    try {
      lastSent = latest; // Slack may show it long before it answers
      await send(latest);
    } catch (error) {
      isSent = false; // the next turn tries again
      throw error;
    }
  }

  return {
    /** The last state whose sending has begun: it may be on the screen. */
    lastSent: () => lastSent,

    /** Sends this state, or a newer one instead, once the gap since the last sending has passed. */
    showSoon(batch: Batch): void {
      offer(batch);
      const milliseconds = Math.max(0, lastSentAt + gapMilliseconds - now());
      timer ??= setTimeout(() => queue.add(sendLatest).catch(onError), milliseconds);
    },
    /** Sends this state as soon as the current sending has ended. Rejects if that fails. */
    showNow(batch: Batch): Promise<void> {
      offer(batch);
      clearTimeout(timer);
      return queue.add(sendLatest);
    },
  };
}
