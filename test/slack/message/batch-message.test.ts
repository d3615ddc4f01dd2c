import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { FailureReason } from '../../../src/core/errors.js';
import { buildBatchMessage } from '../../../src/slack/message/batch-message.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../../core/example-batch.js';
import { objectsIn } from './block-kit.js';
import { savingImage, show, showBlocks, view } from './show.js';

const finishedAt = '2026-11-20T10:00:11.000Z';
const typesOf = (batch: Batch) => buildBatchMessage(batch, view('carousel')).blocks.map(({ type }) => type);

test('a batch that has just begun', () => {
  const batch = exampleBatch({ prompt: 'a *red* fox & <!channel>' });
  expect(show(buildBatchMessage(batch, view('carousel')))).toMatchInlineSnapshot(`
    "text: Drawing 2 images of a *red* fox &amp; &lt;!channel&gt;
    blocks:
      - type: rich_text
        elements:
          - type: rich_text_section
            elements:
              - type: user
                user_id: U0ASKER
              - type: text
                text: " asked for 2 images of"
          - type: rich_text_quote
            elements:
              - type: text
                text: a *red* fox & <!channel>
      - type: context
        elements:
          - type: plain_text
            text: Drawing 2 images · 1:1 · Stable Image Core · about $0.08
            emoji: false
    "
  `);
});

test('a finished batch has its images, its recipe and its buttons', () => {
  const batch = exampleBatch({ images: [storedImage(1), storedImage(2)], finishedAt });
  const { text, blocks } = buildBatchMessage(batch, view('carousel'));
  expect(text).toBe('2 of 2 ready: a red fox');
  expect(blocks.map(({ type }) => type)).toEqual(['rich_text', 'carousel', 'context', 'actions']);
  expect(showBlocks(blocks.slice(2))).toMatchInlineSnapshot(`
    "  - type: context
        elements:
          - type: plain_text
            text: 1:1 · seeds 42–43 · Stable Image Core · 11 s · about $0.08 · batch 7f3a2c
            emoji: false
      - type: actions
        elements:
          - type: button
            action_id: reroll
            text:
              type: plain_text
              text: Re-roll
              emoji: false
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
          - type: button
            action_id: edit_prompt
            text:
              type: plain_text
              text: Edit prompt
              emoji: false
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
          - type: button
            action_id: refresh_previews
            text:
              type: plain_text
              text: Show again
              emoji: false
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
          - type: button
            action_id: discard
            text:
              type: plain_text
              text: Discard
              emoji: false
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            style: danger
            confirm:
              title:
                type: plain_text
                text: Discard these images?
                emoji: false
              text:
                type: plain_text
                text: This deletes the message for everyone. The images stay in storage.
                emoji: false
              confirm:
                type: plain_text
                text: Discard
                emoji: false
              deny:
                type: plain_text
                text: Keep
                emoji: false
              style: danger
    "
  `);
});

test.each<[what: string, batch: Batch, text: string, line: string]>([
  [
    'runs',
    exampleBatch({ images: [storedImage(1), pendingImage(2)] }),
    '1 of 2 ready: a red fox',
    '1 of 2 ready · 1:1 · Stable Image Core · about $0.08',
  ],
  [
    'has no image yet and one that failed',
    exampleBatch({ images: [failedImage(1), pendingImage(2)] }),
    'Drawing 2 images of a red fox',
    'Drawing 2 images · 1:1 · Stable Image Core · about $0.08',
  ],
  [
    'is being saved',
    exampleBatch({ images: [storedImage(1), savingImage(2)] }),
    '1 of 2 ready: a red fox',
    '1 of 2 ready, saving 1 · 1:1 · Stable Image Core · about $0.08',
  ],
])('a batch that %s', (_what, batch, text, line) => {
  const message = buildBatchMessage(batch, view('carousel'));
  expect(message.text).toBe(text);
  expect(message.blocks.map(({ type }) => type)).toEqual(['rich_text', 'carousel', 'context']);
  expect(show(message)).toContain(`text: ${line}\n`);
});

test('a batch that waits for its model shows its position', () => {
  const position = { ahead: 6, milliseconds: 36_000 };
  const { blocks } = buildBatchMessage(exampleBatch(), { ...view('carousel'), position });
  expect(showBlocks(blocks.slice(1))).toContain('Waiting: 6 images ahead of yours, about 40 s · 1:1');
});

test.each([
  [
    'https://slack.test/archives/C1/p1',
    [{ type: 'link', url: 'https://slack.test/archives/C1/p1', text: 'batch 7f3a2b' }],
  ],
  [undefined, [{ type: 'text', text: 'batch 7f3a2b' }]],
])('a batch names the one that it was made from, whose link is %s', (link, named) => {
  const parent = { id: '01JCZZZZZZZZZZZZZZZZ7F3A2B', ...(link && { link }) };
  const [header] = buildBatchMessage(exampleBatch({ parent }), view('carousel')).blocks;
  expect(header).toMatchObject({ elements: [{}, {}, { elements: [{ type: 'text', text: 'From ' }, ...named] }] });
});

test('a prompt of 10,000 characters is shown in part', () => {
  const { text, blocks } = buildBatchMessage(exampleBatch({ prompt: 'fox '.repeat(2500) }), view('carousel'));
  expect(text).toMatch(/^Drawing 2 images of (fox )+.*…$/);
  expect(text.length).toBeLessThanOrEqual(300);
  expect(JSON.stringify(blocks)).toContain('fox…');
  expect(JSON.stringify(blocks).length).toBeLessThan(1500);
});

describe('a batch of which no image could be drawn', () => {
  const failedFor = (...reasons: FailureReason[]) =>
    exampleBatch({ images: reasons.map((reason, index) => failedImage(index + 1, reason)), finishedAt });

  test('says a single reason once', () => {
    const batch = failedFor('filtered_prompt', 'filtered_prompt');
    expect(typesOf(batch)).toEqual(['rich_text', 'section', 'context', 'actions']);
    const { text, blocks } = buildBatchMessage(batch, view('images'));
    expect(text).toBe('No image could be drawn: a red fox');
    expect(showBlocks(blocks)).toContain(
      "text: No image could be drawn. The model's content filter blocked this prompt. Try simpler wording,",
    );
  });

  test('says different reasons with their images', () => {
    const batch = failedFor('throttled', 'timed_out');
    expect(typesOf(batch)).toEqual(['rich_text', 'carousel', 'section', 'context', 'actions']);
    expect(showBlocks(buildBatchMessage(batch, view('carousel')).blocks)).toContain('text: No image could be drawn.\n');
  });

  test.each<[what: string, reasons: FailureReason[], buttons: string[]]>([
    ['another prompt', ['filtered_prompt', 'filtered_prompt'], ['edit_prompt primary', 'discard danger']],
    ['another prompt or other settings', ['filtered_prompt', 'rejected'], ['edit_prompt primary', 'discard danger']],
    ['only the administrator', ['denied', 'denied'], ['edit_prompt', 'discard danger']],
    ['another try', ['throttled', 'throttled'], ['reroll', 'edit_prompt', 'discard danger']],
    ['another try of some', ['filtered_prompt', 'throttled'], ['reroll', 'edit_prompt', 'discard danger']],
  ])('offers what helps: %s', (_what, reasons, buttons) => {
    const actions = buildBatchMessage(failedFor(...reasons), view('images')).blocks.at(-1);
    const offered = objectsIn(actions).filter(({ type }) => type === 'button');
    expect(offered.map(({ action_id, style }) => [action_id, style].filter(Boolean).join(' '))).toEqual(buttons);
  });
});
