import type { types } from '@slack/bolt';
import { type Batch, type BatchPick, isSaving, isStored, reasonsForNothing } from '../../core/batch/batch.js';
import type { QueuePosition } from '../../core/batch/deps.js';
import { findWarnings } from '../../core/batch/plan-batch.js';
import type { FailureReason } from '../../core/errors.js';
import { shorten } from '../../core/shorten.js';
import {
  askedBy,
  askedFor,
  batchName,
  nothingDrawnNotification,
  notification,
  pickedNotification,
  progress,
  warningSentence,
  words,
} from '../../text/batch.js';
import { waitingInLine } from '../../text/limits.js';
import { costOf, modelLabels, recipeLine } from '../../text/recipe.js';
import { missingImage } from '../../text/user-message.js';
import type { SlackMessage } from '../api/response-url.js';
import { context, personAndPrompt, section, slackMessage } from './elements.js';
import { batchButtons, fullSizeButton, showAgainButton } from './image-buttons.js';
import { buildCarousel, buildImageStack } from './layouts.js';
import { imageAltText, type Preview, type Previews } from './previews.js';

const layouts = { carousel: buildCarousel, images: buildImageStack };
export type PreviewLayout = keyof typeof layouts;

export interface BatchView {
  layout: PreviewLayout;
  previews: Previews;
  /** Of a batch that waits for its model. */
  position?: QueuePosition | undefined;
}

/** The whole prompt is in the record; 10,000 characters would fill the screen. */
const shownPromptLimit = 600;

/** The batch while its images arrive, and until one of them is picked. */
export function buildBatchMessage(batch: Batch, { layout, previews, position }: BatchView): SlackMessage {
  const { images, finishedAt } = batch;
  const ready = images.filter(isStored);
  const prompt = shorten(batch.prompt, shownPromptLimit);
  const reasons = reasonsForNothing(batch);
  const isNothingDrawn = reasons.length > 0;
  const hasStarted = images.some((image) => image.state !== 'pending' || isSaving(image));
  const isOneReasonForAll = reasons.length === 1; // said once below instead of under each image
  return slackMessage(
    isNothingDrawn ? nothingDrawnNotification(prompt) : notification(prompt, ready.length, images.length),
    [
      buildHeader(batch, prompt),
      ...(hasStarted && !isOneReasonForAll ? layouts[layout](batch, previews) : []),
      ...(isNothingDrawn ? [section(whyNothing(reasons))] : warningBlocks(batch)),
      context(finishedAt ? recipeLine(batch, ready.length > 0 ? ready : images) : progressLine(batch, position)),
      ...(finishedAt ? [batchButtons(batch)] : []),
    ],
  );
}

/** Who asked for what, and the batch that this one was made from. */
function buildHeader({ requesterId, images, parent }: Batch, prompt: string): types.RichTextBlock {
  const header = personAndPrompt(requesterId, askedFor(images.length), prompt);
  if (!parent) return header;
  const text = batchName(parent);
  header.elements.push({
    type: 'rich_text_section',
    elements: [
      { type: 'text', text: words.from },
      parent.link ? { type: 'link', url: parent.link, text } : { type: 'text', text },
    ],
  });
  return header;
}

/** Different reasons are given with their images. */
function whyNothing([reason, ...others]: readonly FailureReason[]): string {
  return reason && others.length === 0 ? `${words.nothingDrawn} ${missingImage(reason)}` : words.nothingDrawn;
}

/** Settings that a model ignores, in one line. */
function warningBlocks(batch: Batch): types.ContextBlock[] {
  const warnings = findWarnings(batch);
  return warnings.length > 0 ? [context(warnings.map(warningSentence).join(' '))] : [];
}

function progressLine({ images, settings }: Batch, position: QueuePosition | undefined): string {
  const parts = [
    position
      ? waitingInLine(position)
      : progress(images.filter(isStored).length, images.length, images.filter(isSaving).length),
    settings.aspectRatio,
    modelLabels(images),
    costOf(images),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** The picked image: a file that Slack keeps, or a link that expires after days. */
export type ImageSource = { kind: 'slack_file'; id: string } | Preview;

/** What the message becomes once an image is picked. */
export function buildPickedMessage(batch: Batch, pick: BatchPick, source: ImageSource): SlackMessage {
  const { number, pickedBy } = pick;
  const prompt = shorten(batch.prompt, shownPromptLimit);
  const header = personAndPrompt(pickedBy, words.pickedThis, prompt);
  if (pickedBy !== batch.requesterId) {
    header.elements.push({
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: askedBy },
        { type: 'user', user_id: batch.requesterId },
      ],
    });
  }
  return slackMessage(pickedNotification(prompt), [
    header,
    buildImage(source, number, imageAltText(number, batch)),
    context(
      recipeLine(
        batch,
        batch.images.filter((image) => image.number === number),
      ),
    ),
    ...(source.kind === 'slack_file' ? [] : [{ type: 'actions' as const, elements: [showAgainButton(batch)] }]),
  ]);
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
  }
}
