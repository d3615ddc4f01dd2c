import type { Batch } from '../../core/batch/batch.js';
import type { Observe } from '../../core/observation.js';
import { isDeleted } from '../api/slack-refusals.js';
import type { PreviewLayout } from './batch-message.js';
import { createDestinationSender } from './destination-sender.js';
import { type NotifyRequesterOptions, privateLayout } from './notify-requester.js';
import { createPacer, type Pacer } from './pacer.js';
import { type SendBatchOptions, sendBatch } from './send-batch.js';

export interface BatchPacersOptions extends SendBatchOptions, NotifyRequesterOptions {
  /** The batch as its record has it now, whoever wrote it; itself where that cannot be read. Never fails. */
  reload(batch: Batch): Promise<Batch>;
  observe: Observe;
  /** Milliseconds. */
  now(): number;
}

/** chat.update takes about 50 calls a minute for the whole workspace: https://docs.slack.dev/apis/web-api/rate-limits */
const gapMilliseconds = 3000;

export type BatchPacers = ReturnType<typeof createBatchPacers>;

/** One pacer a batch, there as long as anybody holds it. */
export function createBatchPacers(options: BatchPacersOptions) {
  const held = new Map<string, { pacer: Pacer<Batch>; holders: number }>();
  return {
    hold(batch: Batch) {
      const entry = held.get(batch.id) ?? { pacer: createBatchPacer(options, batch), holders: 0 };
      held.set(batch.id, entry);
      entry.holders += 1;
      let isHeld = true;
      const release = () => {
        if (!isHeld) return;
        isHeld = false;
        entry.holders -= 1;
        if (entry.holders === 0) held.delete(batch.id);
      };
      return { pacer: entry.pacer, release };
    },
  };
}

/** Shows states of one batch, remembering what Slack refused. */
function createBatchPacer(options: BatchPacersOptions, { id }: Batch): Pacer<Batch> {
  const { log, observe, now } = options;
  let layout: PreviewLayout | undefined;
  return createPacer<Batch>({
    send: async (state) => {
      const batch = await withPersistedPick(options, state);
      const wanted = layout ?? firstLayout(options, batch);
      const began = now();
      layout = await sendBatch(options, batch, createDestinationSender(options, batch), {
        layout: wanted,
        showsFiles: true,
      });
      if (!batch.pick) observe({ kind: 'step ended', step: 'showing', milliseconds: now() - began });
    },
    isOld: (state, sent) => state.revision < sent.revision,
    onError: (error) => {
      if (isDeleted(error)) log.info('message was deleted', { batch: id });
      else log.warn('message not updated', { batch: id, error });
    },
    gapMilliseconds,
    now,
  });
}

/** Another process may have shown a pick since: progress that knows nothing of it must not take its place. */
async function withPersistedPick({ reload }: BatchPacersOptions, batch: Batch): Promise<Batch> {
  if (batch.pick || batch.finishedAt) return batch; // the end looks for itself, once Slack has it
  const latest = await reload(batch);
  return latest.pick ? latest : batch;
}

function firstLayout({ layout }: BatchPacersOptions, { destination }: Batch): PreviewLayout {
  return destination?.kind === 'response_url' && destination.isPrivate ? privateLayout : layout;
}
