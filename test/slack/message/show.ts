import { expect } from 'vitest';
import { stringify } from 'yaml';
import type { BatchView } from '../../../src/slack/message/batch-message.js';
import type { SlackMessage } from '../../../src/slack/message/elements.js';
import type { Preview } from '../../../src/slack/message/previews.js';
import { messageSchema } from './block-kit.js';

export function view(layout: BatchView['layout'], ...previews: [number, Preview][]): BatchView {
  return { layout, previews: new Map(previews) };
}

/** A message as YAML, which reads well in a snapshot; fails where Slack would refuse it. */
export function show(message: SlackMessage): string {
  expect(messageSchema.safeParse(message).error?.issues ?? []).toEqual([]);
  return stringify(message, { lineWidth: 0 });
}

/** The same without the first block, which says who asked for what. */
export function showBelowHeader(message: SlackMessage): string {
  const [header, ...blocks] = message.blocks;
  expect(header?.type).toBe('rich_text');
  return show({ ...message, blocks });
}
