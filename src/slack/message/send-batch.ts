import { type Batch, isStored } from '../../core/batch/batch.js';
import type { Log } from '../../core/log.js';
import { type BatchView, buildBatchMessage, type PreviewLayout } from './batch-message.js';
import type { SlackMessage } from './elements.js';
import { type Preview, previewOf, type SignPreview } from './previews.js';
import { sendPicked } from './send-picked.js';
import { type Pause, showView } from './show-view.js';

export interface SendBatchOptions {
  layout: PreviewLayout;
  /** Lives as long as the setting says; the same link each time, so that Slack downloads an image once. */
  signPreview: SignPreview;
  /** Lives as long as a link can. */
  signPicked: SignPreview;
  pause: Pause;
  log: Log;
}

/** Puts a message where it belongs. Throws `BlocksRefusedError` where Slack will not show it so. */
export type SendMessage = (message: SlackMessage) => Promise<void>;

/** How a batch is told in one place. */
export interface SendOptions {
  /** What Slack took there before; left out, as the setting says. */
  layout?: PreviewLayout;
  /** Whether Slack's own copy of a picked image can be seen there. */
  showsFiles: boolean;
}

/**
 * Sends a batch as it now stands, as well as Slack will take it: its images to choose from, or the picked one.
 * @returns the layout that Slack took
 */
export async function sendBatch(
  options: SendBatchOptions,
  batch: Batch,
  send: SendMessage,
  { layout = options.layout, showsFiles }: SendOptions,
): Promise<PreviewLayout> {
  if (batch.pick) {
    await sendPicked(options, batch, send, showsFiles);
    return layout;
  }
  const view: BatchView = { layout, previews: await signPreviews(options, batch) };
  const build = (simpler: BatchView) => buildBatchMessage(batch, simpler);
  const taken = await showView(view, build, send, options.pause);
  if (taken !== view) {
    const { layout: simpler } = taken;
    options.log.warn('message shown in a simpler form', { batch: batch.id, layout: simpler, ...refusals(taken) });
  }
  return taken.layout;
}

function refusals({ previews }: BatchView): { images: number[] } {
  return { images: [...previews].flatMap(([number, preview]) => (preview.kind === 'shown' ? [] : [number])) };
}

async function signPreviews(
  { signPreview, log }: SendBatchOptions,
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
