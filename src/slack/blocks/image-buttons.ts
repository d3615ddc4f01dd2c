import type { types } from '@slack/bolt';
import type { Batch, BatchImage } from '../../core/batch.js';
import { words } from '../../core/sentences.js';
import { plainText } from './elements.js';

/** A button carries the batch and the picture's number and nothing else: what it may do is decided from the record. */
export function buttonValue(batch: Batch, image: BatchImage): string {
  return `${batch.id}:${image.number}`;
}

export function pickButton(batch: Batch, image: BatchImage, label: string): types.Button {
  return {
    type: 'button',
    action_id: `pick_image_${image.number}`,
    value: buttonValue(batch, image),
    text: plainText(label),
    accessibility_label: `${words.useThisOne}: ${image.number}`,
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

/** The other way round; undefined for what no button of ours carries. */
export function readButtonValue(value: string | undefined): { batchId: string; number: number } | undefined {
  const [, batchId, number] = /^([0-9A-Z]{26}):(\d{1,2})$/.exec(value ?? '') ?? [];
  return batchId && number ? { batchId, number: Number(number) } : undefined;
}
