import type { types } from '@slack/bolt';
import type { Batch, BatchImage, BatchPick } from '../../core/batch/batch.js';
import { isSeenByOthers, isStored, reasonsForNothing, wasStoppedAtOnce } from '../../core/batch/batch.js';
import type { QueuePosition, SheetCell } from '../../core/batch/deps.js';
import { isKeptAtOnce } from '../../core/batch/operate.js';
import { findWarnings } from '../../core/batch/plan-batch.js';
import type { FailureReason } from '../../core/errors.js';
import type { Operation } from '../../core/model-catalog.js';
import { shorten } from '../../core/shorten.js';
import { imageLabel, modelLabels, progressLine, settingsLine, warningSentence, words } from '../../text/batch.js';
import { askedFor, madeOf } from '../../text/operations.js';
import { missingImage } from '../../text/user-message.js';
import { escapeText, readersTime } from '../api/mrkdwn.js';
import type { SlackMessage } from '../api/response-url.js';
import {
  actions,
  backButton,
  batchControls,
  button,
  buttonValue,
  context,
  fullSizeButton,
  imageAltText,
  type PrivateView,
  personAndPrompt,
  pickButton,
  retryButton,
  richText,
  richUser,
  section,
  shareButton,
  sheetAltText,
  showAgainButton,
  slackMessage,
} from './elements.js';
import { imageMenu } from './image-menu.js';

/** A stored image as a message can show it. */
export type Preview =
  /** isSecondTry: Slack has failed to download it once. */
  | { kind: 'shown'; url: string; isSecondTry?: boolean }
  | { kind: 'refused'; url: string }
  /** Its link is longer than Slack allows. */
  | { kind: 'too_long' }
  /** The bucket does not have it any more. */
  | { kind: 'gone' };

/** The links of every stored image, or only of the picked one, by the images' numbers. */
export type Previews = ReadonlyMap<number, Preview>;

/** How a batch is shown until one of its images is picked: all in one image, or a card each. */
export type PreviewLayout = 'sheet' | 'carousel';

export interface BatchView {
  /** `text`: Slack took no form with images. */
  layout: PreviewLayout | 'text';
  /** Of the carousel. */
  previews: Previews;
  /** The link to the contact sheet. */
  sheet?: string | undefined;
  /** Slack has failed to download the sheet once. */
  isSecondTry?: boolean;
  /** Of a picked image that is shown by nothing but its link. */
  expiresAt?: Date | undefined;
  /** Left out: everyone there sees it. */
  privately?: PrivateView | undefined;
  /** Of a batch that waits for its model. */
  position?: QueuePosition | undefined;
  /** How long drawing takes, by estimate. */
  drawingMilliseconds?: number | undefined;
  /** What may be made of a picked image. */
  operations?: readonly Operation[];
}

/** The whole prompt is in the record; 10,000 characters would fill the screen. */
const shownPromptLimit = 600;

/** The batch while its images arrive, and until one of them is picked. At most seven controls. */
export function buildBatchMessage(batch: Batch, view: BatchView): SlackMessage {
  const { finishedAt } = batch;
  const prompt = shorten(batch.prompt, shownPromptLimit);
  const reasons = reasonsForNothing(batch);
  const settings = settingsLine(batch);
  const controls = batchControls(batch, view.layout !== 'carousel', view.privately);
  const back = finishedAt ? backToParent(batch, view.privately) : [];
  return slackMessage(notification(batch, prompt), [
    personAndPrompt(batch.requesterId, askedFor(batch), prompt, back.length > 0 ? [] : lineage(batch)),
    ...(settings ? [context(settings)] : []),
    ...(reasons.length === 1 ? [] : buildImages(batch, view)), // one reason is said once below
    ...notes(batch, reasons),
    ...(finishedAt ? [] : [context(progressLine(batch, view.position, view.drawingMilliseconds))]),
    ...(finishedAt && batch.images.filter(isStored).some(({ aspectRatio }) => aspectRatio)
      ? [context(words.eachToDownload)]
      : []),
    ...back,
    ...(view.privately && finishedAt && batch.images.some(isStored) ? [context(words.chooseInPrivate)] : []),
    ...(controls.length > 0 ? [actions(...controls)] : []),
  ]);
}

function notification(batch: Batch, prompt: string): string {
  if (wasStoppedAtOnce(batch)) return words.stoppedNotification(prompt);
  if (reasonsForNothing(batch).length > 0) return words.nothingDrawnNotification(prompt);
  return words.notification(prompt, batch.images.filter(isStored).length, batch.images.length);
}

function buildImages(batch: Batch, { layout, previews, sheet }: BatchView): types.KnownBlock[] {
  if (layout === 'carousel') return buildCarousel(batch, previews);
  if (sheet) return [{ type: 'image', image_url: sheet, alt_text: sheetAltText(batch) }];
  const failed = batch.images.flatMap((image) =>
    image.state === 'failed' ? words.numbered(image.number, missingImage[image.reason]) : [],
  );
  return [
    ...(batch.images.some(isStored) ? [section(batch.finishedAt ? words.sheetNotShown : words.sheetNotShownHere)] : []),
    ...(failed.length > 0 ? [context(failed.join('\n'))] : []), // the sheet would have said it
  ];
}

/** For a place in which no button of a batch works. */
export function withoutControls({ text, blocks }: SlackMessage): SlackMessage {
  const isNotice = (block: types.KnownBlock) => block.type === 'section' && block.text?.text === words.sheetNotShown;
  const rest = blocks.filter(({ type }) => type !== 'actions');
  return { text, blocks: rest.map((block) => (isNotice(block) ? section(words.sheetNotShownHere) : block)) };
}

/** What the contact sheet says of each image. */
export function sheetCells(batch: Batch, position?: QueuePosition): SheetCell[] {
  const isComparison = batch.sent.length > 1;
  return batch.images.map((image) => ({
    number: image.number,
    text: cellText(image, position),
    ...(isComparison && { label: modelLabels([image]) }),
    ...(image.aspectRatio && { label: image.aspectRatio }),
    ...(image.title && { label: image.title }),
  }));
}

function cellText(image: BatchImage, position: QueuePosition | undefined): string {
  if (image.state === 'stored') return words.notShown;
  if (image.state === 'failed') return missingImage[image.reason];
  if (position) return words.waiting;
  return image.isSaving ? words.saving : words.drawing;
}

/** Why nothing was drawn, unless each image says it, or the settings that a model ignores. */
function notes(batch: Batch, [reason, ...others]: readonly FailureReason[]): types.KnownBlock[] {
  if (others.length > 0) return [section(words.nothingDrawn)];
  if (reason === 'stopped') return [section(words.stoppedAtOnce)];
  if (reason) return [section(`${words.nothingDrawn} ${missingImage[reason]}`)];
  const warnings = findWarnings(batch).map(warningSentence);
  return warnings.length > 0 ? [context(warnings.join(' '))] : [];
}

/** What the batch goes on from: a link, if that has a message that everyone sees. */
function lineage({ parent }: Batch, from: string = words.from): types.RichTextElement[] {
  if (!parent) return [];
  const text = words.parentName(parent);
  return [richText(from), parent.link ? { type: 'link', url: parent.link, text } : richText(text)];
}

type Card = types.CarouselBlock['elements'][number];

/** One card per image. https://docs.slack.dev/reference/block-kit/blocks/carousel-block */
export function buildCarousel(batch: Batch, previews: Previews): types.KnownBlock[] {
  const elements = batch.images.map((image) => buildCard(batch, image, previews.get(image.number)));
  return [{ type: 'carousel', elements }];
}

function buildCard(batch: Batch, image: BatchImage, preview: Preview | undefined): Card {
  const { number } = image;
  const title = cardText(`*${number}*`);
  const { text, button } = placeholder(batch, image, preview);
  const body = cardText(text);
  if (!isStored(image)) return { type: 'card', title, body, ...(button && { actions: [button] }) };
  const pick = pickButton(batch, number, words.useThisOne, `${words.useThisOne}: ${number}`);
  const subtitle = cardText(imageLabel(batch, image));
  if (preview?.kind !== 'shown')
    return { type: 'card', title, subtitle, body, actions: button ? [pick, button] : [pick] };
  const alt_text = imageAltText(number, batch);
  const hero_image: Card['hero_image'] = { type: 'image', image_url: preview.url, alt_text };
  return { type: 'card', title, subtitle, hero_image, actions: [pick, fullSizeButton(number, preview.url)] };
}

/** Card texts take only mrkdwn; `verbatim` stops Slack from turning parts of them into links. */
function cardText(text: string): types.MrkdwnElement {
  return { type: 'mrkdwn', text: escapeText(text), verbatim: true };
}

/** Why an image is not shown, and the button that helps, if any. */
function placeholder(batch: Batch, image: BatchImage, preview: Preview | undefined) {
  if (image.state === 'failed') return { text: missingImage[image.reason], button: retryButton(batch, image) };
  if (image.state === 'pending') return { text: image.isSaving ? words.saving : words.drawing };
  if (preview?.kind === 'gone') return { text: words.imageGone };
  if (preview?.kind !== 'refused') return { text: words.linkTooLong };
  return { text: words.previewNotShown, button: fullSizeButton(image.number, preview.url) };
}

/** The picked image: a file that Slack keeps, or a link that expires after days. */
export type ImageSource = { kind: 'slack_file'; id: string } | Preview;

/** @param menuId another one each time */
export function buildPickedMessage(
  batch: Batch,
  { number, pickedBy }: BatchPick,
  source: ImageSource,
  menuId: string,
  { expiresAt, privately, operations = [] }: Pick<BatchView, 'expiresAt' | 'privately' | 'operations'> = {},
): SlackMessage {
  const { requesterId } = batch;
  const prompt = shorten(batch.prompt, shownPromptLimit);
  const settings = settingsLine(batch);
  const asked = pickedBy === requesterId ? [] : [richText(words.askedBy), richUser(requesterId)];
  const back = privately === 'choosing' ? [] : backToParent(batch, privately);
  const made = batch.input && !isKeptAtOnce(batch) ? `${madeOf(batch.input)}, from ` : undefined;
  const from = batch.input && back.length === 0 ? lineage(batch, made) : [];
  const below = asked.length > 0 && from.length > 0 ? [...from, richText(', '), ...asked] : [...from, ...asked];
  return slackMessage(words.pickedNotification(prompt), [
    personAndPrompt(pickedBy, isKeptAtOnce(batch) ? askedFor(batch) : words.pickedThis, prompt, below),
    ...(settings ? [context(settings)] : []),
    buildImage(source, number, imageAltText(number, batch)),
    ...(expiresAt ? [linkNote(expiresAt)] : []),
    ...(privately && privately !== 'choosing' ? [context(words.onlyYouSee)] : []),
    ...back,
    ...pickedControls(batch, number, source, imageMenu(batch, operations, menuId), privately),
  ]);
}

function linkNote(expiresAt: Date): types.ContextBlock {
  const text = words.linkUntil(readersTime(expiresAt));
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

function pickedControls(
  batch: Batch,
  number: number,
  { kind }: ImageSource,
  menu: types.ActionsBlock,
  privately: PrivateView | undefined,
): types.KnownBlock[] {
  if (privately === 'choosing') return choiceControls(batch, number);
  if (privately) return [actions(shareButton(batch)), menu];
  return kind === 'slack_file' ? [menu] : [actions(showAgainButton(batch)), menu];
}

/**
 * In place of a link, for the batch that this one goes on from if that was private, or is in no message of the bot's own.
 * Other users may see the latter only, and in a conversation where the bot posts by answers alone.
 */
function backToParent({ parent, destination }: Batch, privately: PrivateView | undefined): types.KnownBlock[] {
  if (!parent || parent.link || !(privately || destination?.kind === 'response_url')) return [];
  const show = button('show_parent', words.showParent, { value: buttonValue(parent) });
  return [{ ...section(`${words.from}${words.parentName(parent)}`), accessory: show }];
}

/** Below an image that a user is about to choose in a private message, as everyone would see it. */
function choiceControls(batch: Batch, number: number): types.KnownBlock[] {
  const value = buttonValue(batch, number);
  const keep = button('keep_private', words.keepPrivate, { value });
  return [
    context(words.onlyYouSee),
    actions(
      button(`share_image_${number}`, words.share, { value, style: 'primary' }),
      ...(isSeenByOthers(batch) ? [] : [keep]),
      backButton(batch),
    ),
  ];
}

function buildImage(source: ImageSource, number: number, alt_text: string): types.KnownBlock {
  switch (source.kind) {
    case 'slack_file':
      return { type: 'image', slack_file: { id: source.id }, alt_text };
    case 'shown':
      return { type: 'image', image_url: source.url, alt_text };
    case 'refused':
      return { ...section(words.pickedNotShown), accessory: fullSizeButton(number, source.url) };
    case 'too_long':
      return section(words.pickedLinkTooLong);
    case 'gone':
      return section(words.imageGone);
  }
}
