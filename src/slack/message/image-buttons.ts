import type { types } from '@slack/bolt';
import { type Batch, type BatchImage, isStored, reasonsForNothing } from '../../core/batch/batch.js';
import { isForOperator, isWorthRetrying } from '../../core/errors.js';
import { words } from '../../text/batch.js';
import { plainText } from './elements.js';

/** The image number in buttons for the whole batch. */
export const wholeBatch = 0;

/** A button carries the batch ID and the image number, nothing else: what a click may do is decided from the record. */
export function buttonValue(batch: Batch, number: number): string {
  return `${batch.id}:${number}`;
}

/** Undefined if the value is not from one of our buttons. */
export function readButtonValue(value: string | undefined): { batchId: string; number: number } | undefined {
  const [, batchId, number] = /^([0-9A-Z]{26}):(\d{1,2})$/.exec(value ?? '') ?? [];
  return batchId && number ? { batchId, number: Number(number) } : undefined;
}

/** @param spoken must contain `label`: https://www.w3.org/WAI/WCAG22/Understanding/label-in-name */
export function pickButton(batch: Batch, number: number, label: string, spoken = label): types.Button {
  const value = buttonValue(batch, number);
  return button(`pick_image_${number}`, label, { value, accessibility_label: spoken });
}

export function fullSizeButton(number: number, url: string): types.Button {
  return button(`open_image_${number}`, words.fullSize, { url, accessibility_label: `${words.fullSize}: ${number}` });
}

/** Not while other images are still being drawn. */
export function canRetry(batch: Batch, image: BatchImage): boolean {
  return batch.finishedAt !== undefined && image.state === 'failed' && isWorthRetrying(image.reason);
}

export function retryButton(batch: Batch, number: number): types.Button {
  const value = buttonValue(batch, number);
  return button(`retry_image_${number}`, words.tryAgain, {
    value,
    accessibility_label: `${words.tryAgain}: ${number}`,
  });
}

/** Signs the links again once they have expired. */
export function showAgainButton(batch: Batch): types.Button {
  return button('refresh_previews', words.showAgain, { value: buttonValue(batch, wholeBatch) });
}

/** For a finished batch as a whole. No Re-roll if it could only fail again. */
export function batchButtons(batch: Batch): types.ActionsBlock {
  const value = buttonValue(batch, wholeBatch);
  const reasons = reasonsForNothing(batch);
  const isHopeless = reasons.length > 0 && !reasons.some(isWorthRetrying);
  const needsNewPrompt = isHopeless && !reasons.some(isForOperator);
  return {
    type: 'actions',
    elements: [
      ...(isHopeless ? [] : [button('reroll', words.reroll, { value })]),
      button('edit_prompt', words.editPrompt, { value, ...(needsNewPrompt && { style: 'primary' }) }),
      ...(batch.images.some(isStored) ? [showAgainButton(batch)] : []),
      button('discard', words.discard, { value, style: 'danger', confirm: confirmDiscard }),
    ],
  };
}

const confirmDiscard: types.ConfirmationDialog = {
  title: plainText(words.discardTitle),
  text: plainText(words.discardText),
  confirm: plainText(words.discard),
  deny: plainText(words.keep),
  style: 'danger',
};

function button(
  action_id: string,
  label: string,
  more: Pick<types.Button, 'value' | 'url' | 'style' | 'confirm' | 'accessibility_label'>,
): types.Button {
  return { type: 'button', action_id, text: plainText(label), ...more };
}
