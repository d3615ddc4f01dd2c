import type { types } from '@slack/bolt';
import { type Batch, type BatchImage, isStored, reasonsForNothing } from '../../core/batch/batch.js';
import { isForOperator, isWorthRetrying } from '../../core/errors.js';
import { shorten } from '../../core/shorten.js';
import { words } from '../../text/batch.js';
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

export function imageAltText(number: number, { prompt }: Batch): string {
  return shorten(words.numbered(number, prompt), altTextLimit);
}

export function actions(...elements: types.Button[]): types.ActionsBlock {
  return { type: 'actions', elements };
}

/** A button carries the batch ID and the image number, nothing else: what a click may do is decided from the record. */
export function buttonValue(batch: Batch, number = 0): string {
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

/** For a finished batch as a whole. No Re-roll if it could only fail again. */
export function batchButtons(batch: Batch): types.ActionsBlock {
  const value = buttonValue(batch);
  const reasons = reasonsForNothing(batch);
  const isHopeless = reasons.length > 0 && !reasons.some(isWorthRetrying);
  const needsNewPrompt = isHopeless && !reasons.some(isForOperator);
  return actions(
    ...(isHopeless ? [] : [button('reroll', words.reroll, { value })]),
    button('edit_prompt', words.editPrompt, { value, ...(needsNewPrompt && { style: 'primary' }) }),
    ...(batch.images.some(isStored) ? [showAgainButton(batch)] : []),
    button('discard', words.discard, { value, style: 'danger', confirm: confirmDiscard }),
  );
}

const confirmDiscard: types.ConfirmationDialog = {
  title: plainText(words.discardTitle),
  text: plainText(words.discardText),
  confirm: plainText(words.discard),
  deny: plainText(words.keep),
  style: 'danger',
};

export function button(action_id: string, label: string, more?: Partial<types.Button>): types.Button {
  return { type: 'button', action_id, text: plainText(label), ...more };
}
