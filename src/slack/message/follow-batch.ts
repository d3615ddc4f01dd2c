import { type Batch, messageOf } from '../../core/batch/batch.js';
import type { BatchFollower } from '../../core/batch/deps.js';
import { isDeleted, isFinal } from '../api/slack-refusals.js';
import type { BatchPacers, BatchPacersOptions } from './batch-pacers.js';
import { notifyOfDeletion, notifyRequester } from './notify-requester.js';

/** Keeps the batch's own message up to date while it is drawn. */
export function createFollowBatch(options: BatchPacersOptions, pacers: BatchPacers) {
  return (batch: Batch): BatchFollower => {
    const { pacer, release } = pacers.hold(batch);
    const isPosted = messageOf(batch) !== undefined;
    return {
      update(state) {
        if (isPosted) pacer.showSoon(state); // a response_url has five uses: only the end is worth one
      },
      async finish(state, responseUrl) {
        try {
          await pacer.showNow(state);
          await showLatePick(state);
        } catch (error) {
          if (!isDeleted(error) && !isFinal(error)) throw error;
          options.log.warn('end not shown, telling the requester', { batch: state.id, error });
          await tellOtherwise(state, isDeleted(error), responseUrl);
        }
      },
      tell: (state, responseUrl) => notifyRequester(options, state, responseUrl),
      close: release,
    };

    /** Another process may have shown a pick while Slack took its time with the end, which then stands over it. */
    async function showLatePick(state: Batch): Promise<void> {
      if (state.pick) return;
      const latest = await options.reload(state);
      if (latest.pick) await pacer.showNow(latest);
    }
  };

  async function tellOtherwise(batch: Batch, isGone: boolean, responseUrl: string | undefined): Promise<void> {
    if ((await options.reload(batch)).discardedAt) return;
    const url = messageOf(batch) ? responseUrl : undefined; // else it is the one that has just failed
    await (isGone ? notifyOfDeletion : notifyRequester)(options, batch, url);
  }
}
