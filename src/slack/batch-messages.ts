import { type Batch, isStored } from '../core/batch.js';
import type { Observe } from '../core/observation.js';
import type { BatchFollower } from '../core/run-batch.js';
import { type BatchView, buildBatchMessage, type PreviewLayout } from './blocks/batch-message.js';
import { type Preview, previewOf, type SignPreview } from './blocks/previews.js';
import { createPacer, type Pacer } from './pacer.js';
import { sendBatch } from './send-batch.js';
import { type ShowPickedOptions, showPicked } from './show-picked.js';
import { showView } from './show-view.js';

export interface BatchMessagesOptions extends ShowPickedOptions {
  layout: PreviewLayout;
  /** Lives as long as the setting says; the same link each time, so that Slack downloads a picture once. */
  signPreview: SignPreview;
  observe: Observe;
  /** Milliseconds. */
  now(): number;
}

export interface BatchMessages {
  follow(batch: Batch): BatchFollower;
  /** Shows a batch that waits to be drawn again. */
  showAgain(batch: Batch): Promise<void>;
  /** The message becomes the picked picture. `responseUrl` is the click's, for places where the bot may not post. */
  showPicked(batch: Batch, responseUrl: string | undefined): Promise<void>;
  /** Shows a batch to its requester alone, should all else have failed. */
  tellRequester(batch: Batch, responseUrl: string | undefined): Promise<void>;
}

/** chat.update takes about 50 calls a minute for the whole workspace: https://docs.slack.dev/apis/web-api/rate-limits */
const gapMilliseconds = 3000;

/** Every message of a batch, each kept up to date by one pacer, whoever asks. */
export function createBatchMessages(options: BatchMessagesOptions): BatchMessages {
  const { log } = options;
  const pacers = new Map<string, Pacer<Batch>>();

  function pacerOf(batch: Batch): Pacer<Batch> {
    const pacer =
      pacers.get(batch.id) ??
      createPacer<Batch>({
        send: createShow(options, batch),
        isOld: (state, sent) => state.revision < sent.revision,
        onError: (error) => log.warn('message not updated', { batch: batch.id, error }),
        gapMilliseconds,
        now: options.now,
      });
    pacers.set(batch.id, pacer);
    return pacer;
  }

  return {
    follow(batch) {
      const pacer = pacerOf(batch);
      const isPosted = batch.destination?.kind === 'message';
      return {
        update: (state) => {
          if (isPosted) pacer.showSoon(state); // a response_url has five uses: only the end is worth one
        },
        finish: (state) => pacer.showNow(state).finally(() => pacers.delete(batch.id)),
      };
    },
    showAgain: (batch) => pacerOf(batch).showNow(batch),
    async showPicked(batch, responseUrl) {
      const running = pacers.get(batch.id);
      if (running && batch.destination?.kind === 'message') return running.showNow(batch);
      await showPicked(options, batch, responseUrl);
    },
    async tellRequester({ pick: _, ...batch }, url) {
      await createShow(
        options,
        batch,
      )({
        ...batch,
        destination: { kind: 'response_url', isPrivate: true, ...(url && { url }) },
      });
    },
  };
}

/** Shows states of one batch, remembering what Slack refused. */
function createShow(options: BatchMessagesOptions, { id }: Batch): (batch: Batch) => Promise<void> {
  let layout: PreviewLayout | undefined;
  return async (batch) => {
    if (batch.pick) return showPicked(options, batch, undefined);
    const wanted =
      batch.destination?.kind === 'response_url' && batch.destination.isPrivate ? 'images' : options.layout;
    const view: BatchView = { layout: layout ?? wanted, previews: await signPreviews(options, batch) };
    const began = options.now();
    const taken = await showView(
      view,
      (simpler) => buildBatchMessage(batch, simpler, options.findFacts),
      (message) => sendBatch(options, batch, message),
    );
    options.observe({ kind: 'step ended', step: 'showing', milliseconds: options.now() - began });
    layout = taken.layout;
    if (taken !== view) options.log.warn('message shown in a simpler form', { batch: id, layout, ...refusals(taken) });
  };
}

function refusals({ previews }: BatchView): { pictures: number[] } {
  return { pictures: [...previews].flatMap(([number, preview]) => (preview.kind === 'shown' ? [] : [number])) };
}

async function signPreviews(
  { signPreview, log }: BatchMessagesOptions,
  batch: Batch,
): Promise<ReadonlyMap<number, Preview>> {
  const signed = await Promise.all(
    batch.images.filter(isStored).map(async (image): Promise<[number, Preview]> => {
      const preview = previewOf(await signPreview(batch, image));
      if (preview.kind === 'too_long') log.warn('preview link is too long for Slack', { batch: batch.id });
      return [image.number, preview];
    }),
  );
  return new Map(signed);
}
