import type { Batch } from '../../core/batch/batch.js';
import type { Log } from '../../core/log.js';
import type { SlackMessage } from '../api/response-url.js';
import { BlocksRefusedError, valueAt } from '../api/slack-errors.js';
import { type BatchView, buildBatchMessage, buildPickedMessage, type PreviewLayout } from './batch-message.js';
import { type Preview, type SignLink, signPreviews } from './previews.js';

export interface DeliverBatchDeps {
  layout: PreviewLayout;
  signLink: SignLink;
  pause(milliseconds: number): Promise<void>;
  log: Log;
}

/** Where a batch is sent. */
export interface Target {
  /** @throws BlocksRefusedError if Slack will not show the message in this form */
  send(message: SlackMessage): Promise<unknown>;
  /** Defaults to the setting. */
  layout?: PreviewLayout | undefined;
  /** Slack's own copy of a picked image can be seen there. */
  showsFiles?: boolean;
}

/** Slack refuses blocks with a file that it is still processing; that takes a second or two, seldom longer. */
const fileAttempts = 8;
const fileWaitMilliseconds = 1000;
/** Between two tries of an image that Slack failed to download. */
const downloadWaitMilliseconds = 1000;

/**
 * Sends a batch in the best form that Slack takes: the images to choose from, or the picked one.
 * @returns the layout that Slack took
 */
export async function deliverBatch(deps: DeliverBatchDeps, batch: Batch, target: Target): Promise<PreviewLayout> {
  const { layout = deps.layout, showsFiles = false, send } = target;
  if (showsFiles && (await deliverFile(deps, batch, send))) return layout;
  const view: BatchView = { layout: batch.pick ? 'images' : layout, previews: await signPreviews(deps, batch) };
  const taken = await deliverView(deps, batch, view, send);
  const images = [...taken.previews].flatMap(([number, { kind }]) => (kind === 'refused' ? [number] : []));
  if (taken.layout !== view.layout || images.length > 0) {
    deps.log.warn('message shown in a simpler form', { batch: batch.id, layout: taken.layout, images });
  }
  return taken.layout;
}

/** False if there is no file of the picked image, or Slack does not show it. */
async function deliverFile({ pause }: DeliverBatchDeps, batch: Batch, send: Target['send']): Promise<boolean> {
  const { pick } = batch;
  if (!pick?.slackFileId) return false;
  const message = buildPickedMessage(batch, pick, { kind: 'slack_file', id: pick.slackFileId });
  for (let attempt = 1; attempt <= fileAttempts; attempt += 1) {
    try {
      await send(message);
      return true;
    } catch (error) {
      if (!(error instanceof BlocksRefusedError)) throw error;
      await pause(fileWaitMilliseconds);
    }
  }
  return false;
}

/** @returns the view that Slack took: this one, or a simpler one */
async function deliverView(
  deps: DeliverBatchDeps,
  batch: Batch,
  view: BatchView,
  send: Target['send'],
): Promise<BatchView> {
  const { pick } = batch;
  const message = pick
    ? buildPickedMessage(batch, pick, view.previews.get(pick.number) ?? { kind: 'too_long' })
    : buildBatchMessage(batch, view);
  try {
    await send(message);
    return view;
  } catch (error) {
    const simpler = error instanceof BlocksRefusedError && simplify(view, message, error);
    if (!simpler) throw error;
    if (error.isDownloadFailure) await deps.pause(downloadWaitMilliseconds);
    return deliverView(deps, batch, simpler, send);
  }
}

/**
 * An image that Slack failed to download gets a second try. Refused images become text with a link, a refused carousel
 * becomes a stack, and in the end all previews are text. Undefined if there is nothing left to leave out.
 */
function simplify(view: BatchView, message: SlackMessage, refusal: BlocksRefusedError): BatchView | undefined {
  const { layout, previews } = view;
  // Slack points at the address itself, or at the block that has it
  const pointedAt = refusal.pointers.flatMap((pointer) => [pointer, `${pointer}/image_url`]);
  const urls = pointedAt.map((pointer) => valueAt(message, pointer));
  const shown = [...previews].flatMap(([number, preview]) =>
    preview.kind === 'shown' ? [{ number, ...preview }] : [],
  );
  const blamed = shown.filter(({ url }) => urls.includes(url));
  if (blamed.length === 0 && layout === 'carousel') return { layout: 'images', previews };
  const refused = blamed.length > 0 ? blamed : shown;
  if (refused.length === 0) return undefined;
  const changed = refused.map(({ number, url, isSecondTry }): [number, Preview] =>
    refusal.isDownloadFailure && blamed.length > 0 && !isSecondTry
      ? [number, { kind: 'shown', url, isSecondTry: true }]
      : [number, { kind: 'refused', url }],
  );
  return { layout, previews: new Map([...previews, ...changed]) };
}
