import type { types } from '@slack/bolt';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import type { BatchImage } from '../../../src/core/batch/batch.js';
import type { SlackMessage } from '../../../src/slack/api/response-url.js';
import type { BatchView } from '../../../src/slack/message/batch-message.js';
import type { Preview } from '../../../src/slack/message/previews.js';
import { messageSchema } from './block-kit.js';

export function view(layout: BatchView['layout'], ...previews: [number, Preview][]): BatchView {
  return { layout, previews: new Map(previews) };
}

/** A message as YAML, which reads well in a snapshot. Fails if Slack would refuse it. */
export function show(message: SlackMessage): string {
  expect(messageSchema.safeParse(message).error?.issues ?? []).toEqual([]);
  return stringify(message, { lineWidth: 0 });
}

/** Some of its blocks in the same way. */
export function showBlocks(blocks: types.KnownBlock[]): string {
  return show({ text: 'a red fox', blocks }).replace(/^text: .*\nblocks:\n/, '');
}

export function savingImage(number: number): BatchImage {
  return { number, modelId: 'stability.stable-image-core-v1:1', seed: 41 + number, state: 'pending', isSaving: true };
}
