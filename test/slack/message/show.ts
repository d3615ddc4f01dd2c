import type { types } from '@slack/bolt';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { messageBlock } from '../../../sandbox/workspace/block-kit/blocks.js';
import { duplicateIds } from '../../../sandbox/workspace/block-kit/walk.js';
import type { BatchImage } from '../../../src/core/batch/batch.js';
import type { SlackMessage } from '../../../src/slack/api/response-url.js';

/** What Slack takes, by the stand-in's limits: https://docs.slack.dev/reference/methods/chat.update */
const messageSchema = z.strictObject({
  text: z.string().min(1).max(4000),
  blocks: z.array(messageBlock).min(1).max(50),
});

export function expectSlackTakes(message: SlackMessage): void {
  expect(messageSchema.safeParse(message).error?.issues ?? []).toEqual([]);
  expect(duplicateIds(message.blocks, '/blocks')).toEqual([]);
}

/** A message as YAML, which reads well in a snapshot, with the usual texts as strings. Fails if Slack would refuse it. */
export function show(message: SlackMessage): string {
  expectSlackTakes(message);
  return stringify(message, shorten, { lineWidth: 0 });
}

function shorten(_key: unknown, value: unknown): unknown {
  const { type, text, emoji, verbatim } = z.record(z.string(), z.unknown()).catch({}).parse(value);
  if (type === 'plain_text' && emoji === false) return text;
  return type === 'mrkdwn' && verbatim === true ? `mrkdwn ${text}` : value;
}

/** Some of its blocks in the same way. */
export function showBlocks(blocks: types.KnownBlock[]): string {
  return show({ text: 'a red fox', blocks }).replace(/^text: .*\nblocks:\n/, '');
}

export function savingImage(number: number): BatchImage {
  return { number, modelId: 'stability.stable-image-core-v1:1', seed: 41 + number, state: 'pending', isSaving: true };
}

/** Every value in a message with this key, at any depth. */
export function valuesOf(value: unknown, key: string): unknown[] {
  return objectsIn(value).flatMap((object) => (key in object ? [object[key]] : []));
}

/** Every object in a message, at any depth. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [{ ...value }, ...inner];
}
