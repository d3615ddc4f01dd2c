import type { types } from '@slack/bolt';
import {
  type Batch,
  type BatchImage,
  findImage,
  isStored,
  promptOf,
  reasonsForNothing,
} from '../../core/batch/batch.js';
import { isForOperator, isWorthRetrying } from '../../core/errors.js';
import { shorten } from '../../core/shorten.js';
import { modelsByNumber, titlesByNumber, words } from '../../text/batch.js';
import { missingImage } from '../../text/user-message.js';
import { escapeText } from '../api/mrkdwn.js';
import type { SlackMessage } from '../api/response-url.js';

/** chat.update takes at most 4,000 escaped characters; a notification shows far fewer. */
const notificationLimit = 300;
/** Slack takes 2,000 characters; screen readers are better served by fewer. */
const altTextLimit = 500;

export function slackMessage(text: string, blocks: types.KnownBlock[]): SlackMessage {
  return { text: escapeText(shorten(text, notificationLimit)), blocks };
}

export function plainText(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

export function context(text: string): types.ContextBlock {
  return { type: 'context', elements: [plainText(text)] };
}

export function section(text: string): types.SectionBlock {
  return { type: 'section', text: plainText(text) };
}

export const richText = (text: string): types.RichTextText => ({ type: 'text', text });

export const richUser = (userId: string): types.RichTextUserMention => ({ type: 'user', user_id: userId });

/** `@Ana asked for 4 images of` and the quoted prompt. Rich text never formats the prompt or notifies users named in it. */
export function personAndPrompt(
  userId: string,
  sentence: string,
  prompt: string,
  below: types.RichTextElement[] = [],
): types.RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [richUser(userId), richText(sentence)] },
      { type: 'rich_text_quote', elements: [richText(prompt)] },
      ...(below.length > 0 ? [{ type: 'rich_text_section' as const, elements: below }] : []),
    ],
  };
}

export function imageAltText(number: number, batch: Batch): string {
  return shorten(words.numbered(number, promptOf(batch, findImage(batch, number))), altTextLimit);
}

/** Numbered as on the sheet, for those who cannot see it: which model drew which in a comparison, and why an image is missing. */
export function sheetAltText({ images, prompt, sent }: Batch): string {
  const models = sent.length > 1 ? [modelsByNumber(images)] : [];
  const titles = titlesByNumber(images);
  const missing = images.flatMap(({ number, ...image }) =>
    image.state === 'failed' ? words.numbered(number, missingImage[image.reason]) : [],
  );
  return shorten(
    [
      shorten(words.sheetOf(images.length, prompt), altTextLimit),
      ...models,
      ...(titles ? [titles] : []),
      ...missing,
    ].join('\n'),
    2 * altTextLimit,
  );
}

export function actions(...elements: types.ActionsBlock['elements']): types.ActionsBlock {
  return { type: 'actions', elements };
}

/** A button carries the batch ID and the image number, nothing else: what a click may do is decided from the record. */
export function buttonValue(batch: { id: string }, number = 0): string {
  return `${batch.id}:${number}`;
}

/** A value that is not from one of our buttons has no batch ID. The number 0 means the whole batch. */
export function readButtonValue(value: string | undefined): { batchId: string; number: number } {
  const [, batchId = '', number = 0] = /^([0-7][0-9A-HJKMNP-TV-Z]{25}):(\d{1,2})$/.exec(value ?? '') ?? [];
  return { batchId, number: Number(number) };
}

/** @param spoken must contain `label`: https://www.w3.org/WAI/WCAG22/Understanding/label-in-name */
export function pickButton(batch: Batch, number: number, label: string, spoken = label): types.Button {
  return button(`pick_image_${number}`, label, { value: buttonValue(batch, number), accessibility_label: spoken });
}

export function fullSizeButton(number: number, url: string): types.Button {
  return button(`open_image_${number}`, words.fullSize, { url, accessibility_label: `${words.fullSize}: ${number}` });
}

/** Only for a failed image, once the batch has finished. */
export function retryButton(batch: Batch, image: BatchImage): types.Button | undefined {
  const { number } = image;
  if (!batch.finishedAt || image.state !== 'failed' || !isWorthRetrying(image.reason)) return undefined;
  const more = { value: buttonValue(batch, number), accessibility_label: `${words.tryAgain}: ${number}` };
  return button(`retry_image_${number}`, words.tryAgain, more);
}

/** Signs the links again once they have expired. */
export function showAgainButton(batch: Batch): types.Button {
  return button('refresh_previews', words.showAgain, { value: buttonValue(batch) });
}

/**
 * What one user alone sees of a batch: what they asked for, an earlier batch that they asked to see again, or an image
 * that they are about to choose.
 */
export type PrivateView = 'requested' | 'recalled' | 'choosing';

/** Shows a batch to everyone that only one user sees. */
export function shareButton(batch: Batch): types.Button {
  return button('share_batch', words.share, { value: buttonValue(batch) });
}

/** Values of the overflow menu, which messages carry for ever. */
export const moreChoices = ['full_size', 'details', 'retry_failed', 'refresh', 'share', 'discard'] as const;
export type MoreChoice = (typeof moreChoices)[number];

/**
 * A button for each image that can be picked, unless the carousel has them, and those for the batch as a whole. No "Again" if it could only
 * fail again.
 */
export function batchControls(
  batch: Batch,
  hasPicks: boolean,
  privately: PrivateView | undefined,
): (types.Button | types.Overflow)[] {
  const value = buttonValue(batch);
  const stored = batch.images.filter(isStored);
  const picks = hasPicks ? stored.map(({ number }) => sheetPickButton(batch, number)) : [];
  if (!batch.finishedAt) return batch.stoppedAt ? picks : [...picks, stopButton(batch)];
  const reasons = reasonsForNothing(batch);
  const isHopeless = reasons.length > 0 && !reasons.some(isWorthRetrying);
  const needsNewPrompt = isHopeless && !reasons.some(isForOperator);
  const isRecalled = privately === 'recalled' && stored.length > 0;
  const again = isRecalled ? shareButton(batch) : button('reroll', words.again, { value });
  return [
    ...picks,
    ...(isHopeless ? [] : [again]),
    button('edit_prompt', words.change, { value, ...(needsNewPrompt && { style: 'primary' }) }),
    moreMenu(batch, privately),
  ];
}

/** From a choice to the images, or from the other images to the one that is chosen. */
export function backButton(batch: Batch): types.Button {
  return button('back_to_images', words.back, { value: buttonValue(batch) });
}

/** Of the button below a short note that the images come elsewhere. */
export const noteBlockId = 'note';

export function stopButton(batch: Batch): types.Button {
  return button('stop', words.stop, { value: buttonValue(batch) });
}

function sheetPickButton(batch: Batch, number: number): types.Button {
  return { ...pickButton(batch, number, `${number}`, words.useNumber(number)), style: 'primary' };
}

/** At most five: https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
function moreMenu(batch: Batch, privately: PrivateView | undefined): types.Overflow {
  const hasImages = batch.images.some(isStored);
  const canRetry = batch.images.some((image) => image.state === 'failed' && isWorthRetrying(image.reason));
  const isOffered: Record<MoreChoice, boolean> = {
    full_size: hasImages,
    details: true,
    retry_failed: canRetry && !batch.pick,
    refresh: hasImages && !privately, // links outlive a private message
    share: hasImages && privately === 'requested',
    discard: true,
  };
  const choices = moreChoices.filter((choice) => isOffered[choice]);
  return { type: 'overflow', action_id: 'more', options: menuOptions(batch, choices, words.more) };
}

/** The choices of a menu for this batch. A value, like a button's, only says which batch is meant. */
export function menuOptions<Choice extends string>(
  { id }: Batch,
  choices: readonly Choice[],
  labels: Readonly<Record<Choice, string>>,
): types.PlainTextOption[] {
  return choices.map((choice) => ({ text: plainText(labels[choice]), value: `${choice}:${id}` }));
}

/** undefined for a value that is not from this menu. The number is an image's, or 0. */
export function readChoice<Choice extends string>(
  choices: readonly Choice[],
  value: string | undefined,
): { choice: Choice; batchId: string; number: number } | undefined {
  const [name, batchId = '', number = '0'] = (value ?? '').split(':');
  const choice = choices.find((known) => known === name);
  return choice && { choice, batchId, number: /^\d{1,2}$/.test(number) ? Number(number) : 0 };
}

export function button(action_id: string, label: string, more?: Partial<types.Button>): types.Button {
  return { type: 'button', action_id, text: plainText(label), ...more };
}
