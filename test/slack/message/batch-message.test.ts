import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { FailureReason } from '../../../src/core/errors.js';
import { buildBatchMessage, buildPickedMessage, type ImageSource } from '../../../src/slack/message/batch-message.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../../core/example-batch.js';
import { objectsIn, savingImage, show, showBlocks, view } from './show.js';

const finishedAt = '2026-11-20T10:00:11.000Z';
const tricky = 'a *red* fox & <!channel>';
const typesOf = (batch: Batch) => buildBatchMessage(batch, view('carousel')).blocks.map(({ type }) => type);

test('a batch that has just begun', () => {
  expect(show(buildBatchMessage(exampleBatch({ prompt: tricky }), view('carousel')))).toMatchInlineSnapshot(`
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
          - Drawing 2 images · 1:1 · Stable Image Core · about $0.08
    "
  `);
});

test('a finished batch has its images, its recipe and its buttons', () => {
  const batch = exampleBatch({ images: [storedImage(1), storedImage(2)], finishedAt });
  const { text, blocks } = buildBatchMessage(batch, view('carousel'));
  expect(text).toBe('2 of 2 ready: a red fox');
  expect(typesOf(batch)).toEqual(['rich_text', 'carousel', 'context', 'actions']);
  expect(showBlocks(blocks.slice(2))).toMatchInlineSnapshot(`
    "  - type: context
        elements:
          - 1:1 · seeds 42–43 · Stable Image Core · 11 s · about $0.08 · batch 7f3a2c
      - type: actions
        elements:
          - type: button
            action_id: reroll
            text: Re-roll
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
          - type: button
            action_id: edit_prompt
            text: Edit prompt
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
          - type: button
            action_id: refresh_previews
            text: Show again
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
          - type: button
            action_id: discard
            text: Discard
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            style: danger
            confirm:
              title: Discard these images?
              text: This deletes the message for everyone. The images stay in storage.
              confirm: Discard
              deny: Keep
              style: danger
    "
  `);
});

test.each<[what: string, images: Batch['images'], text: string, line: string]>([
  ['runs', [storedImage(1), pendingImage(2)], '1 of 2 ready: a red fox', '1 of 2 ready'],
  [
    'has no image yet and one that failed',
    [failedImage(1), pendingImage(2)],
    'Drawing 2 images of a red fox',
    'Drawing 2 images',
  ],
  ['is being saved', [storedImage(1), savingImage(2)], '1 of 2 ready: a red fox', '1 of 2 ready, saving 1'],
])('a batch that %s', (_what, images, text, line) => {
  const message = buildBatchMessage(exampleBatch({ images }), view('carousel'));
  expect(message.text).toBe(text);
  expect(message.blocks.map(({ type }) => type)).toEqual(['rich_text', 'carousel', 'context']);
  expect(show(message)).toContain(`- ${line} · 1:1 · Stable Image Core · about $0.08\n`);
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
      "No image could be drawn. The model's content filter blocked this prompt. Try",
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

describe('a picked image', () => {
  const images = [storedImage(1), storedImage(2)];
  const batch = exampleBatch({ prompt: tricky, images, finishedAt });
  const picked = (source: ImageSource, pickedBy = 'U0ASKER') =>
    buildPickedMessage(batch, { number: 2, pickedBy, pickedAt: '2026-11-20T10:05:00.000Z' }, source);

  test('is shown by a link to the requester who picked it', () => {
    expect(show(picked({ kind: 'shown', url: 'https://b.s3.test/2.png' }))).toMatchInlineSnapshot(`
      "text: "Picked: a *red* fox &amp; &lt;!channel&gt;"
      blocks:
        - type: rich_text
          elements:
            - type: rich_text_section
              elements:
                - type: user
                  user_id: U0ASKER
                - type: text
                  text: " chose this image of"
            - type: rich_text_quote
              elements:
                - type: text
                  text: a *red* fox & <!channel>
        - type: image
          image_url: https://b.s3.test/2.png
          alt_text: "Image 2: a *red* fox & <!channel>"
        - type: context
          elements:
            - 1:1 · seed 43 · Stable Image Core · 11 s · about $0.08 · batch 7f3a2c
        - type: actions
          elements:
            - type: button
              action_id: refresh_previews
              text: Show again
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
      "
    `);
  });

  test('names both users if another one picked it', () => {
    const [header] = picked({ kind: 'too_long' }, 'W0OTHER').blocks;
    expect(header).toMatchObject({
      elements: [
        { elements: [{ type: 'user', user_id: 'W0OTHER' }, { text: ' chose this image of' }] },
        { type: 'rich_text_quote' },
        { elements: [{ text: 'asked for by ' }, { type: 'user', user_id: 'U0ASKER' }] },
      ],
    });
  });

  test('that Slack keeps is a file, without a button', () => {
    const message = picked({ kind: 'slack_file', id: 'F0FILE1234' });
    expect(show(message)).toContain('slack_file:\n      id: F0FILE1234\n');
    expect(message.blocks.map(({ type }) => type)).toEqual(['rich_text', 'image', 'context']);
  });

  test('that Slack refused has its link as a button', () => {
    expect(picked({ kind: 'refused', url: 'https://b.s3.test/2.png' }).blocks[1]).toMatchObject({
      text: { text: 'Slack could not show the image here. It is saved, and the link opens it.' },
      accessory: { action_id: 'open_image_2', url: 'https://b.s3.test/2.png' },
    });
  });

  test('whose link is too long says so, and does not ask to choose again', () => {
    const [, image] = picked({ kind: 'too_long' }).blocks;
    expect(image).toMatchObject({
      text: { text: expect.stringMatching(/^The link .* is longer .* ask your Imagine/) },
    });
  });
});
