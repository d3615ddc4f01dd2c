import type { types } from '@slack/bolt';
import { type Batch, type BatchImage, isStored, reasonsForNothing } from '../../core/batch/batch.js';
import { isForOperator, isWorthRetrying } from '../../core/errors.js';
import { words } from '../../text/batch.js';
import { plainText } from './elements.js';

/** The number in the buttons of a whole batch. */
export const wholeBatch = 0;

/** A button carries the batch and the image's number and nothing else: what it may do is decided from the record. */
export function buttonValue(batch: Batch, number: number): string {
  return `${batch.id}:${number}`;
}

/** @param spoken contains what is written: https://www.w3.org/WAI/WCAG22/Understanding/label-in-name */
export function pickButton(batch: Batch, image: BatchImage, written: string, spoken = written): types.Button {
  return {
    type: 'button',
    action_id: `pick_image_${image.number}`,
    value: buttonValue(batch, image.number),
    text: plainText(written),
    accessibility_label: spoken,
  };
}

export function fullSizeButton(image: BatchImage, url: string): types.Button {
  return {
    type: 'button',
    action_id: `open_image_${image.number}`,
    url,
    text: plainText(words.fullSize),
    accessibility_label: `${words.fullSize}: ${image.number}`,
  };
}

/** While the others are still being drawn, the batch is not to be touched. */
export function mayRetry(batch: Batch, image: BatchImage): boolean {
  return batch.finishedAt !== undefined && image.state === 'failed' && isWorthRetrying(image.reason);
}

export function retryButton(batch: Batch, image: BatchImage): types.Button {
  return {
    type: 'button',
    action_id: `retry_image_${image.number}`,
    value: buttonValue(batch, image.number),
    text: plainText(words.tryAgain),
    accessibility_label: `${words.tryAgain}: ${image.number}`,
  };
}

/** Signs the links anew, for whoever finds the images gone. */
export function showAgainButton(batch: Batch): types.Button {
  const value = buttonValue(batch, wholeBatch);
  return { type: 'button', action_id: 'refresh_previews', value, text: plainText(words.showAgain) };
}

/** What can be done with the batch as a whole, once it is drawn: no Re-roll where it could only fail again. */
export function batchButtons(batch: Batch): types.ActionsBlock {
  const value = buttonValue(batch, wholeBatch);
  const reasons = reasonsForNothing(batch);
  const isHopeless = reasons.length > 0 && !reasons.some(isWorthRetrying);
  const areWordsToMend = isHopeless && !reasons.some(isForOperator);
  const reroll: types.Button = { type: 'button', action_id: 'reroll', value, text: plainText(words.reroll) };
  const edit: types.Button = { type: 'button', action_id: 'edit_prompt', value, text: plainText(words.editPrompt) };
  return {
    type: 'actions',
    elements: [
      ...(isHopeless ? [] : [reroll]),
      areWordsToMend ? { ...edit, style: 'primary' } : edit,
      ...(batch.images.some(isStored) ? [showAgainButton(batch)] : []),
      discardButton(value),
    ],
  };
}

function discardButton(value: string): types.Button {
  return {
    type: 'button',
    action_id: 'discard',
    value,
    text: plainText(words.discard),
    style: 'danger',
    confirm: {
      title: plainText(words.discardTitle),
      text: plainText(words.discardText),
      confirm: plainText(words.discard),
      deny: plainText(words.keep),
      style: 'danger',
    },
  };
}

/** The other way round; undefined for what no button of ours carries. */
export function readButtonValue(value: string | undefined): { batchId: string; number: number } | undefined {
  const [, batchId, number] = /^([0-9A-Z]{26}):(\d{1,2})$/.exec(value ?? '') ?? [];
  return batchId && number ? { batchId, number: Number(number) } : undefined;
}
