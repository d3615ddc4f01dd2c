import type { Batch, ClickedMessage, StoredImage } from '../../core/batch/batch.js';
import { isStored, messageOf, reasonsForNothing } from '../../core/batch/batch.js';
import type { BatchRecords, OfferedOperations, QueuePosition, SheetCell } from '../../core/batch/deps.js';
import { isKeptAtOnce } from '../../core/batch/operate.js';
import { InputError } from '../../core/errors.js';
import type { BatchReference } from '../../core/ids.js';
import type { Log, Observe } from '../../core/log.js';
import { words } from '../../text/batch.js';
import { type Recipient, sendToUser } from '../api/notify-user.js';
import { answerPrivately, postToResponseUrl, type SlackMessage } from '../api/response-url.js';
import { BlocksRefusedError, ResponseUrlError, valueAt } from '../api/slack-errors.js';
import { type WebClients, withBlockErrors } from '../api/web-clients.js';
import type { BatchView, Preview, PreviewLayout, Previews } from './batch-message.js';
import { buildBatchMessage, buildPickedMessage, sheetCells, withoutControls } from './batch-message.js';
import { context, type PrivateView } from './elements.js';
import { offeredFor } from './image-menu.js';

export interface MessageDeps {
  clients: WebClients;
  /** The slash command's name, with its slash. */
  command: string;
  layout: PreviewLayout;
  links: BatchLinks;
  /** How long the images of a batch usually take, in milliseconds; undefined if that is not known. */
  drawingTime(batch: Batch): number | undefined;
  loadImage(reference: BatchReference, image: StoredImage): Promise<Uint8Array>;
  batches: Pick<BatchRecords, 'load'>;
  operations: Pick<OfferedOperations, 'list'>;
  pause(milliseconds: number): Promise<void>;
  /** A ULID. */
  newId(): string;
  observe: Observe;
  /** Milliseconds. */
  now(): number;
  log: Log;
}

/** Signed links, the same for the same state, so that Slack downloads each image once. That of a picked image lives longest. */
export interface BatchLinks {
  /** Every image in one. */
  sheet(batch: Batch, cells: readonly SheetCell[]): Promise<string>;
  /** Of the picked image, or of the sheet, if the bucket has it: nothing is drawn for this link. */
  existing(batch: Batch, cells: readonly SheetCell[]): Promise<string | undefined>;
  /** A JPEG of at most 400 KB. */
  preview(batch: Batch, image: StoredImage): Promise<string>;
  original(batch: Batch, image: StoredImage): Promise<string>;
  /** undefined if a link does not say. */
  expiryOf(link: string): Date | undefined;
}

export type DeliverDeps = Pick<
  MessageDeps,
  'layout' | 'links' | 'drawingTime' | 'operations' | 'pause' | 'newId' | 'log'
>;

export interface Target {
  /** @throws BlocksRefusedError if Slack will not show the message in this form */
  send(message: SlackMessage): Promise<unknown>;
  /** Defaults to the setting. */
  layout?: PreviewLayout | undefined;
  /** Slack's own copy of a picked image can be seen there. */
  showsFiles?: boolean;
  /** A message that is about to become the batch's own. */
  isNew?: boolean;
  /** Left out: everyone there sees it. */
  privately?: PrivateView | undefined;
  /** Of a batch that waits for its model. */
  position?: QueuePosition | undefined;
}

/** Slack refuses blocks with a file that it is still processing; that takes a second or two, seldom longer. */
const maxFileTries = 8;
/** Before the same file or image is tried again. */
const waitMilliseconds = 1000;

/** Sends a batch in the best form that Slack takes. Resolves to the layout that it took. */
export async function deliverBatch(deps: DeliverDeps, batch: Batch, target: Target): Promise<PreviewLayout> {
  const { layout = deps.layout, showsFiles = false, isNew = false, privately, position, send } = target;
  const { id, pick } = batch;
  if (showsFiles && (await deliverFile(deps, batch, send))) return layout;
  const isCarousel = layout === 'carousel' && !pick;
  const previews = isCarousel || pick ? await signPreviews(deps, batch) : new Map();
  const hasSheet = !isCarousel && !pick && reasonsForNothing(batch).length !== 1; // a reason that all share is said instead
  const sheet = hasSheet ? await signSheet(deps, batch, position) : undefined;
  const mayBecomeFile = showsFiles && (isNew || messageOf(batch)) && !pick?.uploadStartedAt; // the link is there until then
  const expiresAt = pick && !privately && !mayBecomeFile ? expiryOf(deps, previews.get(pick.number)) : undefined;
  const drawingMilliseconds = deps.drawingTime(batch);
  const best: BatchView = {
    layout: isCarousel ? 'carousel' : 'sheet',
    previews,
    sheet,
    expiresAt,
    drawingMilliseconds,
    privately,
    position,
    operations: offeredFor(batch, deps.operations),
  };
  const taken = await deliverView(deps, batch, best, send);
  const images = [...taken.previews].flatMap(([number, { kind }]) => (kind === 'refused' ? [number] : []));
  if (taken.layout !== best.layout || images.length > 0) {
    deps.log.warn('message shown in a simpler form', { batch: id, layout: taken.layout, images });
  }
  return taken.layout === 'carousel' ? 'carousel' : 'sheet';
}

/** undefined if there can be none: the message then has everything but its image. */
export async function signSheet(
  { links, log }: Pick<DeliverDeps, 'links' | 'log'>,
  batch: Batch,
  position?: QueuePosition,
): Promise<string | undefined> {
  try {
    const url = await links.sheet(batch, sheetCells(batch, position));
    if (url.length <= linkLimit) return url;
    log.warn('preview link is too long for Slack', { batch: batch.id });
  } catch (error) {
    log.warn('no contact sheet', { batch: batch.id, error });
  }
  return undefined;
}

function expiryOf({ links }: Pick<DeliverDeps, 'links'>, preview: Preview | undefined): Date | undefined {
  return preview?.kind === 'shown' ? links.expiryOf(preview.url) : undefined;
}

/** Whether Slack shows its own copy of the picked image: no link is signed then. */
async function deliverFile(
  { operations, pause, newId }: DeliverDeps,
  batch: Batch,
  send: Target['send'],
): Promise<boolean> {
  const { pick } = batch;
  if (!pick?.slackFileId) return false;
  const file = { kind: 'slack_file', id: pick.slackFileId } as const;
  const message = buildPickedMessage(batch, pick, file, newId(), { operations: offeredFor(batch, operations) });
  for (let triesLeft = maxFileTries; triesLeft > 0; triesLeft -= 1) {
    try {
      await send(message);
      return true;
    } catch (error) {
      if (!(error instanceof BlocksRefusedError)) throw error;
      await pause(waitMilliseconds);
    }
  }
  return false;
}

async function deliverView(deps: DeliverDeps, batch: Batch, view: BatchView, send: Target['send']): Promise<BatchView> {
  const { pick } = batch;
  const message = pick
    ? buildPickedMessage(batch, pick, view.previews.get(pick.number) ?? { kind: 'too_long' }, deps.newId(), view)
    : buildBatchMessage(batch, view);
  try {
    await send(message);
    return view;
  } catch (error) {
    if (!(error instanceof BlocksRefusedError)) throw error;
    const simpler =
      view.layout === 'carousel' || pick
        ? simplify(view, message, error)
        : simplifySheet(view, error.isDownloadFailure);
    if (!simpler) throw error;
    if (error.isDownloadFailure) await deps.pause(waitMilliseconds);
    const needsSheet = simpler.layout === 'sheet' && view.layout === 'carousel';
    const next = needsSheet ? { ...simpler, sheet: await signSheet(deps, batch) } : simpler;
    return deliverView(deps, batch, next, send);
  }
}

/** Most characters of a link that an image is shown or opened by: https://docs.slack.dev/reference/block-kit/blocks/image-block */
export const linkLimit = 3000;

async function signPreviews(deps: DeliverDeps, batch: Batch): Promise<Previews> {
  const { links, log } = deps;
  const images = batch.images.filter(isStored).filter(({ number }) => !batch.pick || batch.pick.number === number);
  const signed = await Promise.all(
    images.map(async (image): Promise<[number, Preview]> => {
      const url = await (batch.pick ? signPreview(deps, batch, image) : links.original(batch, image));
      if (url === undefined) return [image.number, { kind: 'gone' }];
      if (url.length <= linkLimit) return [image.number, { kind: 'shown', url }];
      log.warn('preview link is too long for Slack', { batch: batch.id });
      return [image.number, { kind: 'too_long' }];
    }),
  );
  return new Map(signed);
}

export interface ImageLinks {
  links: Pick<BatchLinks, 'preview' | 'original'>;
  log: Log;
}

/** A JPEG of one image, or the original if none can be made of it; undefined if the bucket has neither. */
export async function signPreview(
  { links, log }: ImageLinks,
  batch: Batch,
  image: StoredImage,
): Promise<string | undefined> {
  try {
    return await links.preview(batch, image);
  } catch (error) {
    if (error instanceof InputError && error.problem === 'gone') return undefined;
    log.warn('no preview of an image, showing the original', { batch: batch.id, error });
    return links.original(batch, image);
  }
}

/** A sheet that Slack failed to download gets a second try, then the message goes without. */
function simplifySheet(view: BatchView, isDownloadFailure: boolean): BatchView | undefined {
  if (view.layout === 'text') return undefined;
  if (isDownloadFailure && !view.isSecondTry) return { ...view, isSecondTry: true };
  return { ...view, layout: 'text', sheet: undefined };
}

/**
 * An image that Slack failed to download gets a second try. Refused images become text with a link, and a refused
 * carousel becomes a sheet. Undefined if there is nothing left to leave out.
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
  if (blamed.length === 0 && layout === 'carousel') return { ...view, layout: 'sheet' };
  const refused = blamed.length > 0 ? blamed : shown;
  if (refused.length === 0) return undefined;
  const changed = refused.map(({ number, url, isSecondTry }): [number, Preview] =>
    refusal.isDownloadFailure && blamed.length > 0 && !isSecondTry
      ? [number, { kind: 'shown', url, isSecondTry: true }]
      : [number, { kind: 'refused', url }],
  );
  return { ...view, previews: new Map([...previews, ...changed]) };
}

/** Where the record says that the batch is shown. Undefined if there is nowhere to send this state. */
export function ownTarget(deps: MessageDeps, batch: Batch): Target | undefined {
  const own = messageOf(batch);
  if (own) {
    const { channelId: channel, ts } = own;
    const { retrying } = deps.clients;
    return { send: (message) => withBlockErrors(retrying.chat.update({ channel, ts, ...message })), showsFiles: true };
  }
  const { destination, pick } = batch;
  if (destination?.kind !== 'response_url') return undefined;
  const { url, replaces = false, isPrivate } = destination;
  const isSeen = pick && !isKeptAtOnce(batch);
  if (isSeen && !replaces) return undefined; // the picker has seen it, and this address only posts more messages
  if (isPrivate) return privateTarget(deps, batch, { ...requesterOf(batch, url), replaces }, 'requested');
  return url === undefined ? undefined : responseUrlTarget(deps, batch, url, replaces);
}

/**
 * If Slack refuses a post in the thread, later ones skip the thread: the address has five uses. If an answer is missing,
 * the post may be in the thread already, and another one would be a second.
 */
export function responseUrlTarget(
  { log }: Pick<MessageDeps, 'log'>,
  batch: Pick<Batch, 'id' | 'threadTs'>,
  url: string,
  replaces: boolean,
): Target {
  let thread_ts = replaces ? undefined : batch.threadTs;
  return {
    showsFiles: true,
    async send(message) {
      const answer = { ...message, response_type: 'in_channel', replace_original: replaces } as const;
      if (!thread_ts) return postToResponseUrl(url, answer);
      try {
        await postToResponseUrl(url, { ...answer, thread_ts });
      } catch (error) {
        if (!(error instanceof ResponseUrlError && error.isRefusal)) throw error;
        log.info('cannot answer in the thread, answering in the channel', { batch: batch.id, error });
        thread_ts = undefined;
        await postToResponseUrl(url, answer);
      }
    },
  };
}

/** The message that was clicked. Slack cannot make a private one public. */
export function clickedTarget(
  { responseUrl, isPrivate }: ClickedMessage,
  privately: PrivateView = 'requested',
): Target {
  if (isPrivate) return { layout: 'sheet', privately, send: (message) => answerPrivately(responseUrl, message, true) };
  const inPlace = { response_type: 'in_channel', replace_original: true } as const;
  return { send: (message) => postToResponseUrl(responseUrl, { ...message, ...inPlace }) };
}

/**
 * One user alone. Buttons do not work in the user's conversation with the app, because they look for the batch in that
 * channel, so the message there says how to choose instead. A sheet keeps buttons apart from the images, so that they can
 * be left out.
 */
export function privateTarget(deps: MessageDeps, batch: Batch, user: Recipient, privately: PrivateView): Target {
  const canChoose = !batch.pick && batch.images.some(isStored);
  return {
    layout: 'sheet',
    privately,
    send(message) {
      const direct = withoutControls(message);
      if (canChoose) direct.blocks.push(context(words.chooseElsewhere(batch, deps.command)));
      return sendToUser(deps, user, message, direct);
    },
  };
}

/** The requester, or the user who picked. */
export function requesterOf({ id, pick, requesterId }: Batch, responseUrl: string | undefined): Recipient {
  return { userId: pick?.pickedBy ?? requesterId, responseUrl, batchId: id };
}
