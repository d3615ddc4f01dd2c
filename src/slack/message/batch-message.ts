import type { types } from '@slack/bolt';
import { type Batch, type BatchImage, isSaving, isStored, reasonsForNothing } from '../../core/batch/batch.js';
import type { QueuePosition } from '../../core/batch/deps.js';
import { findWarnings } from '../../core/batch/plan-batch.js';
import type { FailureReason } from '../../core/errors.js';
import { shorten } from '../../core/shorten.js';
import {
  askedFor,
  batchName,
  nothingDrawnNotification,
  notification,
  progress,
  warningSentence,
  words,
} from '../../text/batch.js';
import { missingImage } from '../../text/failures.js';
import { waitingInLine } from '../../text/limits.js';
import { costOf, modelLabels, recipeLine } from '../../text/recipe.js';
import { buildCarousel } from './carousel.js';
import { context, personAndPrompt, type SlackMessage, section, slackMessage } from './elements.js';
import { batchButtons } from './image-buttons.js';
import { buildImageStack } from './image-stack.js';
import type { Preview } from './previews.js';

export type PreviewLayout = 'carousel' | 'images';

export interface BatchView {
  layout: PreviewLayout;
  previews: ReadonlyMap<number, Preview>;
  /** Of a batch that waits for its model. */
  place?: QueuePosition | undefined;
}

/** A message holds 10,000-character prompts badly; the whole prompt is in the record. */
export const shownPromptLimit = 600;

/** The batch as its images arrive, and as it stands until one is picked. */
export function buildBatchMessage(batch: Batch, view: BatchView): SlackMessage {
  const ready = batch.images.filter(isStored);
  const prompt = shorten(batch.prompt, shownPromptLimit);
  const reasons = reasonsForNothing(batch);
  const announcement =
    reasons.length > 0 ? nothingDrawnNotification(prompt) : notification(prompt, ready.length, batch.images.length);
  return slackMessage(announcement, [
    withParent(personAndPrompt(batch.requesterId, askedFor(batch.images.length), prompt), batch),
    ...imageBlocks(batch, view),
    ...(reasons.length > 0 ? [section(whyNothing(reasons))] : []),
    ...(reasons.length > 0 ? [] : warningBlocks(batch)),
    context(batch.finishedAt ? recipeLine(batch, imagesToTell(batch, ready)) : progressLine(batch, view.place)),
    ...(batch.finishedAt ? [batchButtons(batch)] : []),
  ]);
}

/** None where there is nothing to tell apart: before the first image, and where one sentence holds for all of them. */
function imageBlocks(batch: Batch, view: BatchView): types.KnownBlock[] {
  const hasStarted = batch.images.some((image) => image.state !== 'pending' || isSaving(image));
  if (!hasStarted || reasonsForNothing(batch).length === 1) return [];
  const build = view.layout === 'carousel' ? buildCarousel : buildImageStack;
  return build(batch, view.previews);
}

/** Different reasons stand with their images. */
function whyNothing([reason, ...others]: readonly FailureReason[]): string {
  return reason && others.length === 0 ? `${words.nothingDrawn} ${missingImage(reason)}` : words.nothingDrawn;
}

/** Which batch this one was made from, with a link to it where it has one. */
function withParent(header: types.RichTextBlock, { parent }: Batch): types.RichTextBlock {
  if (!parent) return header;
  const name = batchName(parent);
  const named = parent.link
    ? ({ type: 'link', url: parent.link, text: name } as const)
    : ({ type: 'text', text: name } as const);
  const line: types.RichTextSection = {
    type: 'rich_text_section',
    elements: [{ type: 'text', text: words.from }, named],
  };
  return { ...header, elements: [...header.elements, line] };
}

/** What the models go without, in one line. */
function warningBlocks(batch: Batch): types.ContextBlock[] {
  const warnings = findWarnings(batch);
  return warnings.length > 0 ? [context(warnings.map(warningSentence).join(' '))] : [];
}

function imagesToTell(batch: Batch, ready: BatchImage[]): BatchImage[] {
  return ready.length > 0 ? ready : batch.images;
}

function progressLine(batch: Batch, place: QueuePosition | undefined): string {
  const { images, settings } = batch;
  const parts = [
    place
      ? waitingInLine(place)
      : progress(images.filter(isStored).length, images.length, images.filter(isSaving).length),
    settings.aspectRatio,
    modelLabels(images),
    costOf(images),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
